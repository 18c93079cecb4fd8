#include "model/node_rules.hpp"

#include <fmt/format.h>

#include "model/attribute_reader.hpp"
#include "model/problem_codes.hpp"
#include "model/term_facts.hpp"

namespace cript::model {

namespace dom = simdjson::dom;
using tables::TermFacts;
using tables::ValueType;

namespace {

/// The facts of the term in `key`, if it is one that we know.
const TermFacts* facts_of_key(const NodeContent& content, NodeType type, std::string_view& key) {
    const auto value = value_of(content, type, FieldName::Key);
    if (!value || value->get(key) != simdjson::SUCCESS) return nullptr;
    const auto* field = find_field(type, FieldName::Key);
    return find_facts(field->vocabularies.front(), key);
}

void check_minimum(std::string_view key, const TermFacts& facts, dom::element value, const Step& step,
                   ProblemList& problems) {
    double number = 0;
    if (!value.is_number() || value.get(number) != simdjson::SUCCESS || number >= facts.minimum) return;
    problems.add(step.field("value"), codes::kOutOfRange, [&] {
        return Finding{fmt::format("{} is below {}, the least value of '{}'", number, facts.minimum, key)};
    });
}

void check_quantity(const NodeContent& content, const Step& step, ProblemList& problems) {
    std::string_view key;
    const auto* facts = facts_of_key(content, NodeType::Quantity, key);
    if (facts == nullptr) return;

    std::string_view unit;
    const auto sent_unit = value_of(content, NodeType::Quantity, FieldName::Unit);
    if (facts->has_fixed_unit && sent_unit && sent_unit->get(unit) == simdjson::SUCCESS &&
        unit != facts->fixed_unit) {
        problems.add(step.field("unit"), codes::kUnitMismatch, [&] {
            return Finding{fmt::format("the unit of '{}' is '{}', not '{}'", key, facts->fixed_unit, unit),
                           std::string(facts->fixed_unit)};
        });
    }
    const auto value = value_of(content, NodeType::Quantity, FieldName::Value);
    if (!value) return;
    if (facts->has_fixed_unit && value->is_string()) {
        problems.add(step.field("value"), codes::kWrongType,
                     [&] { return Finding{fmt::format("expected a number for '{}', found text", key)}; });
    }
    check_minimum(key, *facts, *value, step, problems);
}

bool fits(ValueType type, dom::element value) {
    // A number fits everywhere: some clients turn every value into one when they read a parameter.
    if (value.is_number() || type == ValueType::Any) return true;
    return type == ValueType::Text ? value.is_string() : type == ValueType::Flag && value.is_bool();
}

std::string_view name_of(ValueType type) {
    switch (type) {
        case ValueType::Number:
            return "a number";
        case ValueType::Text:
            return "text";
        case ValueType::Flag:
            return "true or false";
        case ValueType::Any:
            break;
    }
    return "a value";
}

void check_parameter(const NodeContent& content, const Step& step, ProblemList& problems) {
    std::string_view key;
    const auto* facts = facts_of_key(content, NodeType::Parameter, key);
    const auto value = value_of(content, NodeType::Parameter, FieldName::Value);
    if (facts == nullptr || !value) return;
    const bool is_scalar = value->is_number() || value->is_string() || value->is_bool();
    if (!is_scalar) return;  // reported already
    if (!fits(facts->value_type, *value)) {
        problems.add(step.field("value"), codes::kWrongType, [&] {
            return Finding{fmt::format("expected {} for '{}', found {}", name_of(facts->value_type), key,
                                       kind_of(*value))};
        });
    }
    if (facts->value_type == ValueType::Number) check_minimum(key, *facts, *value, step, problems);
}

}  // namespace

void check_rules(const NodeContent& content, NodeType type, const Step& step, ProblemList& problems) {
    const auto& rules = tables::kRules[static_cast<std::size_t>(type)];
    if (rules.unit_fixed_by_key) check_quantity(content, step, problems);
    if (rules.value_kind_by_key) check_parameter(content, step, problems);
}

FieldSet not_needed(const NodeContent& content, NodeType type) {
    if (!tables::kRules[static_cast<std::size_t>(type)].unit_fixed_by_key) return 0;
    std::string_view key;
    const auto* facts = facts_of_key(content, type, key);
    if (facts != nullptr && facts->has_fixed_unit && !facts->fixed_unit.empty()) return 0;
    return bit(static_cast<std::size_t>(find_field(type, FieldName::Unit) - info(type).fields.data()));
}

void warn_without_identifier(const NodeContent& content, NodeType type, const Step& step,
                             ProblemList& warnings) {
    const auto identifiers = field_sets(type).identifiers;
    if (identifiers == 0 || (content.present & identifiers) != 0) return;
    if (value_of(content, type, FieldName::Component)) return;  // a mixture is what it is made of
    warnings.add(step, codes::kNoIdentifier, [] {
        return Finding{
            "nothing but its name identifies this material: give a BigSMILES, SMILES, InChI or CAS number"};
    });
}

}  // namespace cript::model
