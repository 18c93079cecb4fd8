#include "model/units/measured_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/json_reader.hpp"
#include "model/problem_codes.hpp"
#include "model/term_facts.hpp"

namespace cript::model {

namespace dom = simdjson::dom;
using tables::TermFacts;
using tables::ValueType;

namespace {

/// What the members of a node say, as they stand there.
struct Entry {
    std::string_view key;
    std::string_view unit;
    std::vector<double> values;
    std::optional<double> uncertainty;
    bool has_text = false;  ///< among the values
    bool has_flag = false;
};

std::string_view text_member(dom::object node, std::string_view name) {
    std::string_view text;
    return node.at_key(name).get(text) == simdjson::SUCCESS ? text : std::string_view();
}

void add_value(dom::element value, Entry& entry) {
    double number = 0;
    dom::array list;
    if (value.is_number() && value.get(number) == simdjson::SUCCESS) {
        entry.values.push_back(number);
    } else if (value.get(list) == simdjson::SUCCESS) {
        for (const auto item : list) add_value(item, entry);
    }
    entry.has_text = entry.has_text || value.is_string();
    entry.has_flag = entry.has_flag || value.is_bool();
}

std::optional<Entry> entry_of(dom::element root) {
    dom::object node;
    if (root.get(node) != simdjson::SUCCESS) return std::nullopt;
    Entry entry{text_member(node, "key"), text_member(node, "unit"), {}, std::nullopt};
    if (entry.key.empty()) return std::nullopt;
    dom::element value;
    if (node.at_key("value").get(value) == simdjson::SUCCESS) add_value(value, entry);
    double uncertainty = 0;
    if (node.at_key("uncertainty").get(value) == simdjson::SUCCESS && value.is_number() &&
        value.get(uncertainty) == simdjson::SUCCESS) {
        entry.uncertainty = uncertainty;
    }
    return entry;
}

/// A list that the older dialect keeps as text is none.
bool has_unit_beside_text(dom::element root) {
    dom::object node;
    std::string_view text;
    if (root.get(node) != simdjson::SUCCESS || node.at_key("value").get(text) != simdjson::SUCCESS)
        return false;
    return !text.starts_with('[') && !text_member(node, "unit").empty();
}

/// The facts of a key in each vocabulary of the node type that has it.
std::vector<const TermFacts*> facts_of(NodeType type, std::string_view key) {
    std::vector<const TermFacts*> all;
    const auto* field = find_field(type, FieldName::Key);
    if (field == nullptr) return all;
    for (const auto vocabulary : field->vocabularies) {
        if (const auto* facts = find_facts(vocabulary, key)) all.push_back(facts);
    }
    return all;
}

bool tells_units(const TermFacts& facts) {
    return facts.has_si_unit || !facts.other_units.empty();
}

bool is_unit_of(const Unit& unit, std::string_view text) {
    const auto named = parse_unit(text);
    return named && (!named->is_definite || is_same(named->dimension, unit.dimension));
}

bool takes(const TermFacts& facts, const Unit& unit) {
    if (!tells_units(facts) || !unit.is_definite) return true;
    if (facts.has_si_unit && is_unit_of(unit, facts.si_unit)) return true;
    return std::ranges::any_of(facts.other_units,
                               [&](std::string_view text) { return is_unit_of(unit, text); });
}

/// The unit that people would expect.
std::string_view usual_unit(const TermFacts& facts) {
    return facts.other_units.empty() ? facts.si_unit : facts.other_units.front();
}

bool is_number_only(const TermFacts& facts) {
    return facts.has_si_unit && facts.si_unit.empty();
}

base::Problem wrong_unit(const Entry& entry, const TermFacts& facts) {
    const auto usual = usual_unit(facts);
    if (is_number_only(facts)) {
        return {"/unit", fmt::format("'{}' is a number: it has no unit, '{}' is one", entry.key, entry.unit),
                codes::kUnitMismatch, ""};
    }
    if (entry.unit.empty()) {
        return {"/unit", fmt::format("'{}' needs a unit, such as '{}'", entry.key, usual),
                codes::kUnitMissing, std::string(usual)};
    }
    return {"/unit",
            fmt::format("'{}' does not fit '{}', whose unit is '{}'", entry.unit, entry.key,
                        facts.has_si_unit ? facts.si_unit : usual),
            codes::kUnitMismatch, std::string(usual)};
}

/// The value that lies outside the range of a key, if there is one, in words.
std::optional<base::Problem> out_of_range(const Entry& entry, const Unit& unit, const TermFacts& facts) {
    if (!facts.has_si_unit) return std::nullopt;
    const auto measure = parse_unit(facts.si_unit);
    if (!measure || !is_same(measure->dimension, unit.dimension)) return std::nullopt;
    // Converting leaves a difference in the last digits: 100 % are not more than 1.
    constexpr double kNoise = 1e-9;
    for (const double entered : entry.values) {
        const double value = measure->from_si(unit.to_si(entered));
        const double slack = kNoise * std::max(1.0, std::abs(value));
        const bool is_below = value < facts.minimum - slack;
        if (!is_below && value <= facts.maximum + slack) continue;
        return base::Problem{
            "/value",
            fmt::format("{} is {} {}{}{}, the {} value of '{}'", entered, is_below ? "below" : "above",
                        is_below ? facts.minimum : facts.maximum, facts.si_unit.empty() ? "" : " ",
                        facts.si_unit, is_below ? "least" : "greatest", entry.key),
            codes::kOutOfRange, ""};
    }
    return std::nullopt;
}

/// A value of another kind than the key has. Numbers come one by one or as a list, and the dialect that has
/// no lists stores them as text.
std::optional<base::Problem> wrong_kind(const Entry& entry, const TermFacts& facts) {
    const auto problem = [&](std::string_view kind) {
        return base::Problem{"/value", fmt::format("the value of '{}' is {}", entry.key, kind),
                             codes::kWrongType, ""};
    };
    const bool is_empty = entry.values.empty() && !entry.has_text && !entry.has_flag;
    switch (facts.value_type) {
        case ValueType::Number:
            if (is_empty)
                return base::Problem{"/value", fmt::format("'{}' needs a value", entry.key), codes::kRequired,
                                     ""};
            return entry.has_text || entry.has_flag ? std::optional(problem("a number")) : std::nullopt;
        case ValueType::Text:
            return entry.has_flag || !entry.values.empty() ? std::optional(problem("text")) : std::nullopt;
        case ValueType::Flag:
            return entry.has_text ? std::optional(problem("true or false")) : std::nullopt;
        case ValueType::Any:
            break;
    }
    return std::nullopt;
}

std::optional<base::Problem> problem_of(NodeType type, const Entry& entry, const Unit& unit,
                                        const TermFacts& facts) {
    // The kind of a parameter's value is looked at when it is read: some clients make a number of each.
    if (auto wrong = wrong_kind(entry, facts); wrong && type != NodeType::Parameter) return wrong;
    if (entry.values.empty()) {
        const bool has_none = facts.value_type == ValueType::Text || is_number_only(facts);
        if (entry.unit.empty() || !has_none) return std::nullopt;
        return base::Problem{"/unit", fmt::format("'{}' has no unit, '{}' is one", entry.key, entry.unit),
                             entry.has_text ? codes::kUnitOfText : codes::kUnitMismatch, ""};
    }
    // The unit of a quantity goes without saying.
    if (facts.has_fixed_unit && entry.unit.empty()) return std::nullopt;
    if (!takes(facts, unit)) return wrong_unit(entry, facts);
    return unit.is_definite ? out_of_range(entry, unit, facts) : std::nullopt;
}

/// Judged by the vocabulary that fits best, if several have the key.
std::vector<base::Problem> problems_of(NodeType type, const Entry& entry, const Unit& unit,
                                       const std::vector<const TermFacts*>& all) {
    std::optional<base::Problem> first;
    for (const auto* facts : all) {
        auto problem = problem_of(type, entry, unit, *facts);
        if (!problem) return {};
        if (!first) first = std::move(problem);
    }
    if (!first) return {};
    return {std::move(*first)};
}

/// The list that the text of a value holds: an older dialect stores it so.
std::optional<base::JsonDocument> list_in_text(dom::element root) {
    std::string_view text;
    if (root.at_key("value").get(text) != simdjson::SUCCESS || !text.starts_with('[')) return std::nullopt;
    auto list = base::JsonDocument::parse(text);
    if (!list || !list->root().is_array()) return std::nullopt;
    return std::move(*list);
}

bool is_same_member(dom::object left, dom::object right, std::string_view name) {
    const auto text = [&](dom::object node) {
        std::string out;
        dom::element value;
        if (node.at_key(name).get(value) == simdjson::SUCCESS) base::append_json(out, value);
        return out;
    };
    return text(left) == text(right);
}

}  // namespace

bool can_be_measured(NodeType type) {
    return find_field(type, FieldName::Key) != nullptr && find_field(type, FieldName::Value) != nullptr;
}

std::optional<MeasuredValue> measured_value(NodeType type, std::string_view attributes) {
    if (!can_be_measured(type)) return std::nullopt;
    const auto document = base::JsonDocument::parse(attributes);
    if (!document) return std::nullopt;
    auto entry = entry_of(document->root());
    if (const auto list = list_in_text(document->root()); entry && list) add_value(list->root(), *entry);
    if (!entry || entry->values.empty()) return std::nullopt;
    const auto unit = parse_unit(entry->unit);
    if (!unit || !unit->is_definite) return std::nullopt;
    MeasuredValue measured{std::string(entry->key), {}, std::nullopt, si_unit_of(unit->dimension)};
    for (const double value : entry->values) {
        const double converted = unit->to_si(value);
        if (!std::isfinite(converted)) return std::nullopt;
        measured.values.push_back(converted);
    }
    if (entry->uncertainty) measured.uncertainty = unit->uncertainty_to_si(*entry->uncertainty);
    return measured;
}

std::optional<std::string_view> unit_of_key(NodeType type, std::string_view key) {
    for (const auto* facts : facts_of(type, key)) {
        if (facts->has_si_unit) return facts->si_unit;
    }
    return std::nullopt;
}

bool is_number_key(NodeType type, std::string_view key) {
    const auto all = facts_of(type, key);
    return !all.empty() && std::ranges::all_of(all, [](const TermFacts* facts) {
        return facts->value_type == ValueType::Number;
    });
}

std::vector<base::Problem> problems_of_value(NodeType type, std::string_view attributes) {
    if (!can_be_measured(type)) return {};
    const auto document = base::JsonDocument::parse(attributes);
    if (!document) return {};
    auto entry = entry_of(document->root());
    if (!entry) return {};
    const auto unit = parse_unit(entry->unit);
    if (!unit) return {{"/unit", unit.error().message, codes::kUnknownUnit, ""}};
    const auto facts = facts_of(type, entry->key);
    const bool has_numbers =
        std::ranges::any_of(facts, [](const auto* one) { return one->value_type != ValueType::Text; });
    if (const auto list = list_in_text(document->root()); list && has_numbers) {
        entry->has_text = false;
        add_value(list->root(), *entry);
    }
    auto problems = problems_of(type, *entry, *unit, facts);
    if (problems.empty() && has_unit_beside_text(document->root()))
        problems.push_back({"/unit", "a value that is text has no unit", codes::kUnitOfText, ""});
    return problems;
}

bool has_same_value(std::string_view left, std::string_view right) {
    const auto left_document = base::JsonDocument::parse(left);
    const auto right_document = base::JsonDocument::parse(right);
    dom::object left_node;
    dom::object right_node;
    if (!left_document || left_document->root().get(left_node) != simdjson::SUCCESS) return false;
    if (!right_document || right_document->root().get(right_node) != simdjson::SUCCESS) return false;
    return is_same_member(left_node, right_node, "key") && is_same_member(left_node, right_node, "value") &&
           is_same_member(left_node, right_node, "unit");
}

}  // namespace cript::model
