#pragma once

#include <optional>
#include <span>
#include <unordered_set>
#include <vector>

#include "service/read_node.hpp"

namespace cript::service {

/// A longer list of a hit is told by its number only: a page is something to look through, and the node
/// itself has the list.
inline constexpr std::size_t kLongestShownList = 2'000;

/// How many of these edges are of one field.
[[nodiscard]] std::size_t length_of(std::span<const store::EdgeRow> edges, model::FieldName field);

/// One page of a list or a search: shallow nodes that can be shown, and loaded, on their own (decision C9).
struct NodePage {
    struct Hit {
        store::NodeRow row;
        std::vector<store::EdgeRow> edges{};
        std::optional<double> score{};  ///< of a search by similarity
    };
    std::vector<Hit> hits;                     ///< in the order of the answer
    std::vector<store::NodeRow> children;      ///< what the hits link to, each once, ascending by id
    std::vector<store::EdgeRow> child_edges;   ///< of the children, ascending by parent
    std::vector<store::NodeRow> required;      ///< what the children cannot be loaded without; each once
    std::unordered_set<store::NodeId> hidden;  ///< linked to, but not for the caller's eyes: bare stubs
    std::uint64_t count = 0;                   ///< of all hits, on all pages
    AccountNames accounts;
};

/// Which of these the caller may not see.
[[nodiscard]] base::Result<std::unordered_set<store::NodeId>> hidden_of(
    store::Reader& reader, const account::Caller& caller, const std::vector<store::NodeRow>& rows);

/// Reads what stands around the hits of a page, in a number of statements that does not depend on them.
[[nodiscard]] base::Result<void> gather_around(store::Reader& reader, const account::Caller& caller,
                                               NodePage& page);

/// Takes away what the caller may not see. A query has left it out already; this holds it to that.
[[nodiscard]] base::Result<void> keep_visible(store::Reader& reader, const account::Caller& caller,
                                              std::vector<store::NodeRow>& rows);

/// The query for what a caller may see of one type.
[[nodiscard]] store::ListQuery list_query(const account::Caller& caller, model::NodeType type,
                                          unsigned limit);

}  // namespace cript::service
