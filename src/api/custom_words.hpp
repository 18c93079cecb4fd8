#pragma once

#include <optional>
#include <vector>

#include "api/route_table.hpp"
#include "service/custom_words.hpp"

namespace cript::api {

/// What of the vocabularies is the caller's to see. The standard terms are everyone's, and no credential is
/// asked for (decision 22): a wrong one is no credential.
struct OwnWords {
    bool is_known_caller = false;
    std::vector<service::ListedWord> words;
    bool is_cut = false;
};

/// Errors: those of the store.
[[nodiscard]] base::Result<OwnWords> own_words(const Call& call, std::optional<model::Vocabulary> vocabulary);

/// How long, and by whom, the answer may be kept: with words of the caller, by nobody else. A header tells of
/// words that are not listed.
void allow_keeping(http::Response& response, const OwnWords& own);

}  // namespace cript::api
