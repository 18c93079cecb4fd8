#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/uuid.hpp"

namespace cript::api::v1 {

/// The query of a search. SDK 2.4.0 leaves `&`, `=`, `?` and `/` of the text raw, so `q` is everything up to
/// a trailing
/// `&after=<uuid>`, `&limit=<digits>` or `&score=<number>`, or the end; a `+` is a plus. Parameters may also
/// stand in front of `q`.
struct SearchQuery {
    std::optional<std::string> text;
    std::optional<base::Uuid> after;
    unsigned limit = 10;
};

/// Errors: InvalidInput, with a problem per parameter.
[[nodiscard]] base::Result<SearchQuery> read_search_query(std::string_view raw_query);

/// The options of a save or a deletion.
struct NodeQuery {
    bool dry_run = false;
    bool replace_lists = false;
};

/// Errors: InvalidInput; a misspelt option is an error, never ignored.
[[nodiscard]] base::Result<NodeQuery> read_node_query(std::string_view raw_query);

}  // namespace cript::api::v1
