#include "api/legacy/key_units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

#include "base/json_reader.hpp"
#include "model/problem_codes.hpp"

namespace cript::api::legacy {

namespace {

namespace dom = simdjson::dom;
using model::NodeType;
using Keys = std::map<std::string, KeyUnit, std::less<>>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double bound_at(dom::element term, const char* pointer, double otherwise) {
    double bound = 0;
    return term.at_pointer(pointer).get(bound) == simdjson::SUCCESS ? bound : otherwise;
}

void add_terms(Keys& keys, model::Vocabulary vocabulary) {
    for (const auto& term : model::terms(vocabulary)) {
        const auto record = base::JsonDocument::parse(term.json);
        std::string_view text;
        if (!record || record->root().at_key("si_unit").get(text) != simdjson::SUCCESS) continue;
        KeyUnit key;
        key.text = unit_of_the_time(text);
        key.has_unit = !text.empty();
        key.minimum = bound_at(record->root(), "/range/0", -kInfinity);
        key.maximum = bound_at(record->root(), "/range/1", kInfinity);
        // The range of Poisson's ratio stands the wrong way round in every source.
        if (key.minimum > key.maximum) {
            key.minimum = -kInfinity;
            key.maximum = kInfinity;
        }
        if (auto unit = model::parse_unit(text); unit && unit->is_definite) key.unit = *unit;
        keys.try_emplace(std::string(term.name), std::move(key));
    }
}

Keys keys_of(std::initializer_list<model::Vocabulary> vocabularies) {
    Keys keys;
    for (const auto vocabulary : vocabularies) add_terms(keys, vocabulary);
    return keys;
}

const Keys* keys_of(NodeType type) {
    using model::Vocabulary;
    static const auto kOfProperties =
        keys_of({Vocabulary::MaterialPropertyKey, Vocabulary::ProcessPropertyKey,
                 Vocabulary::ComputationalProcessPropertyKey});
    static const auto kOfConditions = keys_of({Vocabulary::ConditionKey});
    static const auto kOfQuantities = keys_of({Vocabulary::QuantityKey});
    switch (type) {
        case NodeType::Property:
            return &kOfProperties;
        case NodeType::Condition:
            return &kOfConditions;
        case NodeType::Quantity:
            return &kOfQuantities;
        default:
            return nullptr;
    }
}

base::Problem problem(std::string pointer, std::string message, std::string_view code) {
    return {std::move(pointer), std::move(message), std::string(code), ""};
}

}  // namespace

std::string_view unit_of_the_time(std::string_view unit) {
    return unit == "Rad" ? "rad" : unit;
}

const KeyUnit* key_unit(NodeType type, std::string_view key) {
    const auto* keys = keys_of(type);
    if (keys == nullptr) return nullptr;
    const auto found = keys->find(key);
    return found == keys->end() ? nullptr : &found->second;
}

std::vector<base::Problem> problems_of(const SentMeasure& sent) {
    std::vector<base::Problem> problems;
    std::optional<model::Unit> unit;
    if (sent.is_text && !sent.unit.empty()) {
        problems.push_back(problem("/unit", "A value that is text has no unit.", model::codes::kUnitOfText));
        return problems;
    }
    if (!sent.unit.empty()) {
        auto parsed = model::parse_unit(sent.unit);
        if (!parsed) {
            problems.push_back(problem("/unit", parsed.error().message, "unknown_unit"));
            return problems;
        }
        unit = *parsed;
    }
    const auto* key = key_unit(sent.type, sent.key);
    if (key == nullptr || sent.numbers.empty()) return problems;
    if (key->has_unit && !unit) {
        problems.push_back(problem("/unit", fmt::format("A unit is required for {}.", sent.key), "required"));
        return problems;
    }
    if (!key->unit || (unit && !unit->is_definite)) return problems;
    const auto here = unit.value_or(model::Unit{});
    if (!model::is_same(here.dimension, key->unit->dimension)) {
        problems.push_back(problem(
            "/unit",
            key->has_unit ? fmt::format("{} is not a recognized unit of measure for {}.", sent.unit, sent.key)
                          : fmt::format("A unit is not permitted for {}.", sent.key),
            "unit_mismatch"));
        return problems;
    }
    for (const auto number : sent.numbers) {
        const auto si = model::convert(number, here, *key->unit);
        if (!si || (*si >= key->minimum && *si <= key->maximum)) continue;
        problems.push_back(problem("/value",
                                   fmt::format("{} is out of the range of {}, which is {} to {} {}", number,
                                               sent.key, key->minimum, key->maximum, key->text),
                                   "out_of_range"));
    }
    return problems;
}

}  // namespace cript::api::legacy
