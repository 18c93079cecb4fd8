#include "model/model.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "model/table_layout.hpp"
#include "model/term_facts.hpp"
#include "model/word_index.hpp"

namespace cript::model {

namespace {

constexpr std::uint8_t kNoField = 0xff;

/// Where a field name stands in the field list of each node type.
using FieldPositions = std::array<std::array<std::uint8_t, kFieldNameCount>, kNodeTypeCount>;

const FieldPositions& field_positions() {
    static const FieldPositions positions = [] {
        FieldPositions filled{};
        for (std::size_t type = 0; type < kNodeTypeCount; ++type) {
            filled[type].fill(kNoField);
            const auto fields = tables::kNodes[type].fields;
            for (std::size_t at = 0; at < fields.size(); ++at) {
                filled[type][static_cast<std::size_t>(fields[at].name)] = static_cast<std::uint8_t>(at);
            }
        }
        return filled;
    }();
    return positions;
}

/// An index of the words that `word_of` finds in a table.
template <class Table, class WordOf>
WordIndex index_of(const Table& table, WordOf word_of) {
    WordIndex index(table.size());
    for (std::size_t at = 0; at < table.size(); ++at) index.add(word_of(table[at]), static_cast<int>(at));
    return index;
}

const WordIndex& terms_of(Vocabulary vocabulary) {
    static const std::vector<WordIndex> indexes = [] {
        std::vector<WordIndex> all;
        for (const auto& table : tables::kVocabularies) {
            WordIndex index(table.terms.size() + 8);
            for (std::size_t at = 0; at < table.terms.size(); ++at) {
                index.add(table.terms[at].name, static_cast<int>(at));
                for (const auto spelling : table.facts[at].spellings)
                    index.add(spelling, static_cast<int>(at));
            }
            all.push_back(std::move(index));
        }
        return all;
    }();
    return indexes[static_cast<std::size_t>(vocabulary)];
}

template <class Enum>
std::optional<Enum> as_optional(int number) {
    if (number == WordIndex::kAbsent) return std::nullopt;
    return static_cast<Enum>(number);
}

}  // namespace

const NodeInfo& info(NodeType type) {
    return tables::kNodes[static_cast<std::size_t>(type)];
}

std::optional<NodeType> node_type_named(std::string_view name) {
    static const auto index = index_of(tables::kNodes, [](const NodeInfo& node) { return node.name; });
    return as_optional<NodeType>(index.find(name));
}

std::optional<NodeType> node_type_with_slug(std::string_view slug) {
    static const auto index = index_of(tables::kNodes, [](const NodeInfo& node) { return node.slug; });
    return as_optional<NodeType>(index.find(slug));
}

std::string_view text(FieldName name) {
    return tables::kFieldNames[static_cast<std::size_t>(name)];
}

std::optional<FieldName> field_named(std::string_view name) {
    static const auto index = index_of(tables::kFieldNames, [](std::string_view word) { return word; });
    return as_optional<FieldName>(index.find(name));
}

const Field* find_field(NodeType type, FieldName name) {
    const auto position = field_positions()[static_cast<std::size_t>(type)][static_cast<std::size_t>(name)];
    return position == kNoField ? nullptr : &info(type).fields[position];
}

const Field* find_field(NodeType type, std::string_view name) {
    const auto known = field_named(name);
    return known ? find_field(type, *known) : nullptr;
}

std::string_view text(Vocabulary vocabulary) {
    return tables::kVocabularies[static_cast<std::size_t>(vocabulary)].name;
}

std::optional<Vocabulary> vocabulary_named(std::string_view name) {
    static const auto index =
        index_of(tables::kVocabularies, [](const tables::VocabularyTable& table) { return table.name; });
    return as_optional<Vocabulary>(index.find(name));
}

std::span<const Term> terms(Vocabulary vocabulary) {
    return tables::kVocabularies[static_cast<std::size_t>(vocabulary)].terms;
}

bool has_term(Vocabulary vocabulary, std::string_view word) {
    return terms_of(vocabulary).find(word) != WordIndex::kAbsent;
}

const tables::TermFacts* find_facts(Vocabulary vocabulary, std::string_view word) {
    const int number = terms_of(vocabulary).find(word);
    if (number == WordIndex::kAbsent) return nullptr;
    return &tables::kVocabularies[static_cast<std::size_t>(vocabulary)]
                .facts[static_cast<std::size_t>(number)];
}

std::string_view json_schema() {
    return tables::kJsonSchema;
}

}  // namespace cript::model
