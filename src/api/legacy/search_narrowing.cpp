// What a search can be narrowed by before a record is looked at: names, identifiers and numbers that every
// hit must have.
#include <algorithm>
#include <cmath>
#include <limits>

#include "api/legacy/address.hpp"
#include "api/legacy/search_filter.hpp"
#include "base/encoding.hpp"
#include "service/attribute_difference.hpp"

namespace cript::api::legacy {

namespace {

using model::FieldName;
using Identified = std::vector<std::pair<FieldName, std::string>>;

constexpr std::size_t kMostIdentified = 100;  ///< questions to the index

/// The text that a member must be equal to.
const std::string* text_at(const SearchObject& object, std::string_view key) {
    const auto* condition = object.equality(key);
    if (condition == nullptr || condition->values.size() != 1) return nullptr;
    return condition->values.front().text();
}

/// The node that a member must name, by uid or by a URL of its kind.
std::optional<base::Uuid> node_at(const SearchObject& object, std::string_view key, std::string_view slug) {
    const auto* text = text_at(object, key);
    if (text == nullptr) return std::nullopt;
    if (const auto uuid = base::Uuid::parse(*text)) return uuid;
    const auto named = read_url(*text);
    return named && named->slug == slug ? std::optional(named->uuid) : std::nullopt;
}

/// The texts under which a value stands in the index; nothing if they cannot be told.
std::optional<std::vector<std::string>> indexed_texts(const SearchCondition& condition) {
    std::vector<std::string> texts;
    for (const auto& value : condition.values) {
        const auto* text = value.text();
        const auto* number = value.number();
        if (text == nullptr && number == nullptr) return std::nullopt;
        // A truth is found by its name in any case.
        if (text != nullptr &&
            (base::equals_ignoring_case(*text, "true") || base::equals_ignoring_case(*text, "false")))
            return std::nullopt;
        const auto meant = text != nullptr ? number_of(*text) : std::optional(*number);
        const auto whole = meant ? whole_number_text(*meant) : std::nullopt;
        // A broken number is found by its value, which may have been written in other digits.
        if (meant && !whole) return std::nullopt;
        if (text != nullptr) texts.push_back(*text);
        if (whole && (text == nullptr || *text != *whole)) texts.push_back(*whole);
        if (condition.comparison != Comparison::In) break;  // all are to be met: one will do
    }
    return texts;
}

/// What the index of identifiers has of everything that meets the condition.
std::optional<Identified> identified_by(const SearchCondition& condition,
                                        std::initializer_list<FieldName> fields) {
    const bool is_equality =
        condition.comparison == Comparison::Exact || condition.comparison == Comparison::In;
    if (!is_equality || condition.is_of_objects || condition.values.empty()) return std::nullopt;
    const auto texts = indexed_texts(condition);
    if (!texts || texts->size() * fields.size() > kMostIdentified) return std::nullopt;
    Identified identified;
    for (const auto& text : *texts) {
        for (const auto field : fields) identified.emplace_back(field, text);
    }
    return identified;
}

/// An identifier of a material with a key.
std::optional<Identified> identified_by(const SearchObject& identifier) {
    const auto* key = text_at(identifier, "key");
    if (key == nullptr) return std::nullopt;
    const bool is_structure = *key == "bigsmiles" || *key == "smiles";
    for (const auto& condition : identifier.conditions) {
        if (condition.key != "value" || (is_structure && condition.is_bare)) continue;
        const auto field = identifier_field(*key).value_or(service::kKeptIdentifier);
        if (auto found = identified_by(condition, {field, service::kKeptIdentifier})) return found;
    }
    return std::nullopt;
}

std::optional<Identified> identified_in(const SearchObject& query) {
    for (const auto& condition : query.conditions) {
        const bool is_material = query.type->type == model::NodeType::Material;
        if (is_material && condition.key == "identifiers") {
            for (const auto& object : condition.objects) {
                if (auto found = identified_by(object)) return found;
            }
        }
        std::optional<Identified> found;
        if (query.type->type == model::NodeType::Reference && condition.key == "doi")
            found = identified_by(condition, {FieldName::Doi});
        if (query.type->type == model::NodeType::Reference && condition.key == "title")
            found = identified_by(condition, {FieldName::Title});
        if (query.type->type == model::NodeType::File && condition.key == "checksum")
            found = identified_by(condition, {FieldName::Source});
        if (found) return found;
    }
    return std::nullopt;
}

/// The range of numbers outside of which nothing meets a condition on a value.
struct Range {
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();

    void cut(const SearchCondition& condition) {
        if (condition.values.size() != 1) return;
        const auto* number = condition.values.front().number();
        if (number == nullptr) return;
        const bool is_equality =
            condition.comparison == Comparison::Exact || condition.comparison == Comparison::IExact;
        const bool is_below =
            condition.comparison == Comparison::Less || condition.comparison == Comparison::LessOrEqual;
        const bool is_above =
            condition.comparison == Comparison::Greater || condition.comparison == Comparison::GreaterOrEqual;
        if (is_equality || is_below) most = std::min(most, *number);
        if (is_equality || is_above) least = std::max(least, *number);
    }
    [[nodiscard]] bool is_open() const { return std::isinf(least) && std::isinf(most); }
};

/// Wider than any rounding of a conversion. At 0 K numbers are rounded as those of other scales are.
double slack(double si, const std::string& unit) {
    constexpr double kSlack = 1e-9;
    constexpr double kFarFromZero = 500;  // kelvin: more than any scale's zero
    return kSlack * std::max(std::abs(si), unit == "kelvin" ? kFarFromZero : 0);
}

std::optional<store::MeasuredFilter> measured_by(const SearchObject& object) {
    const auto* key = text_at(object, "key");
    if (key == nullptr || !object.unit || !object.unit->is_definite) return std::nullopt;
    // Each bound is that of a number among several, if the value is a list: one condition only.
    for (const auto& condition : object.conditions) {
        Range range;
        if (condition.key != "value") continue;
        range.cut(condition);
        if (range.is_open()) continue;
        const auto least = object.unit->to_si(range.least);
        const auto most = object.unit->to_si(range.most);
        const auto unit = model::si_unit_of(object.unit->dimension);
        return store::MeasuredFilter{.key = *key,
                                     .unit = unit,
                                     .least = std::isfinite(least) ? least - slack(least, unit) : least,
                                     .most = std::isfinite(most) ? most + slack(most, unit) : most};
    }
    return std::nullopt;
}

/// The first one in the objects of a query, at any depth.
std::optional<store::MeasuredFilter> measured_in(const SearchObject& query) {
    for (const auto& condition : query.conditions) {
        for (const auto& object : condition.objects) {
            if (auto found = measured_by(object)) return found;
            if (auto found = measured_in(object)) return found;
        }
    }
    return std::nullopt;
}

std::optional<std::string> part_of_name(const SearchObject& query) {
    for (const auto& condition : query.conditions) {
        const bool is_part = condition.comparison == Comparison::Contains ||
                             condition.comparison == Comparison::StartsWith ||
                             condition.comparison == Comparison::EndsWith;
        if (condition.key != "name" || !is_part || condition.values.empty()) continue;
        const auto* text = condition.values.front().text();
        if (text != nullptr && !text->empty()) return *text;
    }
    return std::nullopt;
}

}  // namespace

void SearchFilter::narrow(service::RecordQuery& query) const {
    query.uuid = node_at(query_, "uid", query_.type->slug);
    if (!query.uuid) query.uuid = node_at(query_, "url", query_.type->slug);
    if (const auto* name = text_at(query_, "name"); name != nullptr && !name->empty()) query.name = *name;
    if (!query_.type->parent_key.empty())
        query.parent = node_at(query_, query_.type->parent_key, query_.type->parent_key);
    query.name_contains = part_of_name(query_);
    if (auto identified = identified_in(query_)) query.identified = std::move(*identified);
    query.measured = measured_in(query_);
}

bool SearchFilter::needs_a_look() const {
    const auto& conditions = query_.conditions;
    const auto& parent = query_.type->parent_key;
    const bool is_parent_only =
        conditions.size() == 1 && !parent.empty() && node_at(query_, parent, parent).has_value();
    return !conditions.empty() && !is_parent_only;
}

}  // namespace cript::api::legacy
