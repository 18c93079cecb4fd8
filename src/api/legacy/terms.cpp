#include "api/legacy/terms.hpp"

#include <algorithm>

#include "base/encoding.hpp"

namespace cript::api::legacy {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::optional<std::string> known_term(std::span<const model::Vocabulary> vocabularies,
                                      std::string_view word) {
    const auto plain = trimmed(word);
    if (plain.size() > 1 && plain.front() == '+') return std::string(plain);
    for (const auto vocabulary : vocabularies) {
        if (model::has_term(vocabulary, plain)) return std::string(plain);
    }
    for (const auto vocabulary : vocabularies) {
        const auto terms = model::terms(vocabulary);
        const auto found = std::ranges::find_if(terms, [&](const model::Term& term) {
            return base::equals_ignoring_case(trimmed(term.name), plain);
        });
        if (found != terms.end()) return std::string(found->name);
    }
    return std::nullopt;
}

std::string category_name(model::Vocabulary vocabulary) {
    std::string name(model::text(vocabulary));
    std::ranges::replace(name, '_', '-');
    return name;
}

}  // namespace cript::api::legacy
