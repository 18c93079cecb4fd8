#include "service/custom_words.hpp"

#include <algorithm>
#include <utility>

#include "base/json_reader.hpp"

namespace cript::service {

namespace {

namespace dom = simdjson::dom;

/// Of one vocabulary. Nobody reads a list of more; and a list of all must stay an answer.
constexpr unsigned kMostRows = 10'000;

class WordsOfNode {
  public:
    explicit WordsOfNode(dom::element attributes) : attributes_(attributes) {}

    void add_field(const model::Field& field) {
        dom::element value;
        if (field.vocabularies.empty() ||
            attributes_.at_key(model::text(field.name)).get(value) != simdjson::SUCCESS)
            return;
        // A key has a unit, other words stand for themselves.
        std::string_view unit;
        if (field.name == model::FieldName::Key && attributes_.at_key("unit").get(unit) != simdjson::SUCCESS)
            unit = {};
        dom::array list;
        if (value.get(list) != simdjson::SUCCESS) return add(field.vocabularies, value, unit);
        for (const auto entry : list) add(field.vocabularies, entry, unit);
    }

    /// The identifiers that only the older dialect knows.
    void add_kept_identifiers() {
        static constexpr model::Vocabulary kOfIdentifiers[] = {model::Vocabulary::MaterialIdentifierKey};
        dom::array list;
        if (attributes_.at_pointer("/legacy/identifiers").get(list) != simdjson::SUCCESS) return;
        for (const auto entry : list) {
            dom::element key;
            if (entry.at_key("key").get(key) == simdjson::SUCCESS) add(kOfIdentifiers, key, {});
        }
    }

    std::vector<store::CustomWord> take() {
        std::ranges::sort(words_);
        words_.erase(std::ranges::unique(words_).begin(), words_.end());
        return std::move(words_);
    }

  private:
    void add(std::span<const model::Vocabulary> vocabularies, dom::element value, std::string_view unit) {
        std::string_view word;
        if (value.get(word) != simdjson::SUCCESS || word.size() < 2 || word.front() != '+') return;
        for (const auto vocabulary : vocabularies)
            words_.push_back({std::string(model::text(vocabulary)), std::string(word), std::string(unit)});
    }

    dom::element attributes_;
    std::vector<store::CustomWord> words_;
};

void add_once(std::vector<std::string>& texts, std::string text) {
    if (std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
}

}  // namespace

std::vector<store::CustomWord> custom_words_of(model::NodeType type, std::string_view attributes) {
    // Most nodes have none, and need not be parsed for it.
    if (attributes.find("\"+") == std::string_view::npos) return {};
    const auto document = base::JsonDocument::parse(attributes);
    if (!document) return {};
    WordsOfNode words(document->root());
    for (const auto& field : model::info(type).fields) words.add_field(field);
    if (type == model::NodeType::Material) words.add_kept_identifiers();
    return words.take();
}

base::Result<WordList> list_custom_words(Context& context, const account::Caller& caller,
                                         std::optional<model::Vocabulary> vocabulary) {
    const auto name = vocabulary ? model::text(*vocabulary) : std::string_view();
    auto rows = read<std::vector<store::UsedWord>>(context.store, [&](store::Reader& reader) {
        return reader.custom_words(caller.account, caller.is_admin, name, kMostRows + 1);
    });
    CRIPT_CHECK(rows);
    WordList list;
    auto& words = list.words;
    std::string last_vocabulary;
    unsigned of_vocabulary = 0;
    for (auto& [row, user] : *rows) {
        if (std::exchange(last_vocabulary, row.vocabulary) != row.vocabulary) of_vocabulary = 0;
        if (++of_vocabulary > kMostRows) {
            list.is_cut = true;
            continue;
        }
        const auto known = model::vocabulary_named(row.vocabulary);
        if (!known || model::has_term(*known, row.word)) continue;
        if (words.empty() || words.back().word != row.word || words.back().vocabulary != row.vocabulary)
            words.push_back({row.vocabulary, row.word, {}, {}});
        if (!row.unit.empty()) add_once(words.back().units, std::move(row.unit));
        add_once(words.back().users, std::move(user));
    }
    return list;
}

}  // namespace cript::service
