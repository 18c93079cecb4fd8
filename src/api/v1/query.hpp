#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/uuid.hpp"
#include "model/model.hpp"

namespace cript::api::v1 {

/// What a search asks for.
struct SearchQuery {
    std::optional<std::string> text;
    std::optional<model::FieldName> field;  ///< to look in; nothing means the name
    std::optional<base::Uuid> after;
    std::optional<double> score;  ///< of `after`, in a search by similarity
    unsigned limit = 10;
    std::uint64_t page = 0;  ///< of children, which are counted in pages
    bool is_whole = false;
    bool is_case_sensitive = false;
};

/// The query string of a search. SDK 2.4.0 leaves `&`, `=`, `?` and `/` of the text raw, so `q` is everything
/// up to the options that end the string (`&after=<uuid>&score=<number>`, `&limit=`, `&field=<name of a
/// field>`); a
/// `+` is a plus. Options may also stand before `q`.
/// Errors: InvalidInput, with a problem per parameter.
[[nodiscard]] base::Result<SearchQuery> read_search_query(std::string_view raw_query);

/// The query string of a list of children: `page` (from 0) and `limit`. Errors: InvalidInput.
[[nodiscard]] base::Result<SearchQuery> read_child_query(std::string_view raw_query);

/// The same as a JSON object, `{"q", "field", "after", "score", "limit", "exact", "case_sensitive"}`, each of
/// which may be null. Errors: InvalidInput with all problems.
[[nodiscard]] base::Result<SearchQuery> read_search_body(std::string_view json);

/// The options of a save.
struct NodeQuery {
    bool dry_run = false;
    bool replace_lists = false;
};

/// The options of a deletion.
struct DeleteQuery {
    bool dry_run = false;
    bool cascade = false;  ///< also what cannot be without it
    bool shared = false;   ///< even a reference or software that everybody may cite
};

/// Errors: InvalidInput; a misspelt option is an error, never ignored.
[[nodiscard]] base::Result<NodeQuery> read_node_query(std::string_view raw_query);

/// Errors: InvalidInput, likewise.
[[nodiscard]] base::Result<DeleteQuery> read_delete_query(std::string_view raw_query);

}  // namespace cript::api::v1
