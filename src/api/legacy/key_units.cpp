#include "api/legacy/key_units.hpp"

#include <map>

#include "base/json_reader.hpp"
#include "model/problem_codes.hpp"

namespace cript::api::legacy {

namespace {

using model::NodeType;
using Keys = std::map<std::string, KeyUnit, std::less<>>;

void add_terms(Keys& keys, model::Vocabulary vocabulary) {
    for (const auto& term : model::terms(vocabulary)) {
        const auto record = base::JsonDocument::parse(term.json);
        std::string_view text;
        if (!record || record->root().at_key("si_unit").get(text) != simdjson::SUCCESS) continue;
        KeyUnit key{std::string(unit_of_the_time(text)), std::nullopt};
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

}  // namespace cript::api::legacy
