#include "api/legacy/search_filter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/legacy/address.hpp"
#include "api/legacy/comparison.hpp"
#include "api/legacy/key_units.hpp"

namespace cript::api::legacy {

namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kLongestQuery = std::size_t{256} << 10U;
constexpr std::array<std::string_view, 6> kOfEveryRecord{"url",        "uid",        "public",
                                                         "created_at", "updated_at", "group"};

/// Of a list of these, the keys of whose values mean a structure: a part of one is found too.
bool is_structure(dom::element identifier) {
    std::string_view key;
    return identifier.at_key("key").get(key) == simdjson::SUCCESS && (key == "bigsmiles" || key == "smiles");
}

const Field* field_of(const Type& type, std::string_view key) {
    const auto found = std::ranges::find(type.fields, key, &Field::key);
    return found == type.fields.end() ? nullptr : &*found;
}

/// The type of the sub-objects of a field; nothing for other fields.
const Type* sub_object_type(const Type& type, const Field& field) {
    if (field.shape != Shape::Nested && field.shape != Shape::NestedList) return nullptr;
    return &type_of(model::find_field(type.type, field.field)->target);
}

std::string missing_comparison(std::string_view key) {
    return fmt::format("'{}' ends in a comparison that there is not", key);
}

/// Of values that have no type here, such as identifiers, any member may be asked for.
void check_comparisons(dom::element query, const std::string& pointer, std::vector<base::Problem>& problems) {
    dom::array list;
    if (query.get(list) == simdjson::SUCCESS) {
        std::size_t position = 0;
        for (const auto entry : list)
            check_comparisons(entry, fmt::format("{}/{}", pointer, position++), problems);
    }
    dom::object object;
    if (query.get(object) != simdjson::SUCCESS) return;
    for (const auto [key, value] : object) {
        const auto here = fmt::format("{}/{}", pointer, key);
        if (!split_comparison(key).second)
            problems.push_back({here, missing_comparison(key), "unknown_field", ""});
        check_comparisons(value, here, problems);
    }
}

void check(const Type& type, dom::element query, const std::string& pointer,
           std::vector<base::Problem>& problems) {
    dom::object object;
    if (query.get(object) != simdjson::SUCCESS) {
        problems.push_back({pointer, "expected an object", "wrong_type", ""});
        return;
    }
    for (const auto [key, value] : object) {
        const auto here = fmt::format("{}/{}", pointer, key);
        const auto [name, comparison] = split_comparison(key);
        if (!comparison) {
            problems.push_back({here, missing_comparison(key), "unknown_field", ""});
            continue;
        }
        const auto* field = field_of(type, name);
        const bool is_general =
            !type.slug.empty() &&
            (std::ranges::find(kOfEveryRecord, name) != kOfEveryRecord.end() || name == type.parent_key);
        if (field == nullptr && !is_general) {
            problems.push_back(
                {here, fmt::format("'{}' is not a field of {}", name, type.name), "unknown_field", ""});
            continue;
        }
        const auto* below = field == nullptr ? nullptr : sub_object_type(type, *field);
        if (below == nullptr) {
            check_comparisons(value, here, problems);
            continue;
        }
        dom::array list;
        if (value.get(list) != simdjson::SUCCESS) {
            if (value.is_object()) check(*below, value, here, problems);
            continue;
        }
        std::size_t position = 0;
        for (const auto entry : list) check(*below, entry, fmt::format("{}/{}", here, position++), problems);
    }
}

/// The number of a query in the unit in which answers show the values of its key.
std::optional<double> converted(dom::element value, const model::Unit& unit, const KeyUnit* key) {
    double number = 0;
    if (!value.is_number() || value.get(number) != simdjson::SUCCESS || key == nullptr || !key->unit)
        return std::nullopt;
    const auto made = model::convert(number, unit, *key->unit);
    return made ? std::optional(*made) : std::nullopt;
}

bool meets(dom::element record, dom::element query, const Type* type);

/// Does a value, or one of the list that it is, meet what is asked of it?
bool meets_member(dom::element value, dom::element wanted, Comparison comparison, const Type* below) {
    dom::array values;
    const bool is_list = value.get(values) == simdjson::SUCCESS;
    dom::array all;
    const bool wants_all = wanted.get(all) == simdjson::SUCCESS && comparison != Comparison::In;
    if (wants_all && is_list) {
        return std::ranges::all_of(
            all, [&](dom::element one) { return meets_member(value, one, comparison, below); });
    }
    if (is_list && comparison != Comparison::IsNull) {
        return std::ranges::any_of(
            values, [&](dom::element one) { return meets_member(one, wanted, comparison, below); });
    }
    if (wanted.is_object()) return value.is_object() && meets(value, wanted, below);
    return compare(value, wanted, comparison);
}

bool meets(dom::element record, dom::element query, const Type* type) {
    std::string_view unit_text;
    std::string_view key_text;
    const bool has_unit = query.at_key("unit").get(unit_text) == simdjson::SUCCESS;
    if (record.at_key("key").get(key_text) != simdjson::SUCCESS) key_text = {};
    const auto unit = has_unit ? model::parse_unit(unit_text) : base::Result<model::Unit>(base::fail({}));
    bool is_converted = false;
    for (const auto [key, wanted] : dom::object(query)) {
        if (has_unit && key == "unit") continue;
        const auto [name, comparison] = split_comparison(key);
        dom::element value;
        const bool is_there = record.at_key(name).get(value) == simdjson::SUCCESS;
        if (name == "value" && unit && type != nullptr) {
            if (const auto number = converted(wanted, *unit, key_unit(type->type, key_text))) {
                is_converted = true;
                if (!is_there || !compare_number(value, *number, *comparison)) return false;
                continue;
            }
        }
        if (!is_there) {
            if (*comparison == Comparison::IsNull && wanted.is_bool() && bool(wanted)) continue;
            return false;
        }
        const auto* field = type == nullptr ? nullptr : field_of(*type, name);
        const auto* below = field == nullptr ? nullptr : sub_object_type(*type, *field);
        const bool finds_parts = type == nullptr && name == "value" && key == "value" && is_structure(record);
        if (!meets_member(value, wanted, finds_parts ? Comparison::Contains : *comparison, below))
            return false;
    }
    // Beside a number a unit says how to read it; alone it is a condition like any other.
    if (!has_unit || is_converted) return true;
    dom::element stored;
    return record.at_key("unit").get(stored) == simdjson::SUCCESS &&
           compare(stored, query.at_key("unit").value(), Comparison::Exact);
}

}  // namespace

base::Result<SearchFilter> SearchFilter::read(std::string_view body, const Type& type) {
    auto query = base::JsonDocument::parse(body.empty() ? "{}" : body, {.bytes = kLongestQuery});
    CRIPT_CHECK(query);
    std::vector<base::Problem> problems;
    check(type, query->root(), "", problems);
    if (problems.empty()) return SearchFilter(std::move(*query), type);
    auto message = problems.front().message;
    return base::fail({base::ErrorKind::InvalidInput, std::move(message), std::move(problems)});
}

bool SearchFilter::matches(std::string_view record) const {
    const auto document = base::JsonDocument::parse(record);
    return document && meets(document->root(), query_.root(), type_);
}

std::optional<base::Uuid> SearchFilter::uuid_at(std::string_view key) const {
    std::string_view text;
    if (query_.root().at_key(key).get(text) != simdjson::SUCCESS) return std::nullopt;
    if (const auto uuid = base::Uuid::parse(text)) return uuid;
    const auto named = read_url(text);
    return named ? std::optional(named->uuid) : std::nullopt;
}

std::optional<base::Uuid> SearchFilter::uuid() const {
    if (const auto uuid = uuid_at("uid")) return uuid;
    return uuid_at("url");
}

std::optional<std::string> SearchFilter::name() const {
    std::string_view text;
    if (query_.root().at_key("name").get(text) != simdjson::SUCCESS || text.empty()) return std::nullopt;
    return std::string(text);
}

std::optional<base::Uuid> SearchFilter::parent() const {
    return type_->parent_key.empty() ? std::nullopt : uuid_at(type_->parent_key);
}

bool SearchFilter::needs_a_look() const {
    const auto query = dom::object(query_.root());
    return query.size() > 1 || (query.size() == 1 && !parent());
}

}  // namespace cript::api::legacy
