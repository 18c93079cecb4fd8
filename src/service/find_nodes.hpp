#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "service/read_node.hpp"

namespace cript::service {

/// One page of a list or a search by name.
struct NodePage {
    struct Hit {
        store::NodeRow row;
        std::vector<store::EdgeRow> edges;
    };
    std::vector<Hit> hits;
    std::vector<store::NodeRow> children;  ///< what the hits link to, each once, ascending by id
    std::unordered_set<store::NodeId>
        hidden;               ///< children that are not for the caller's eyes: shown as bare stubs
    std::uint64_t count = 0;  ///< of all hits, on all pages
    AccountNames accounts;
};

struct PageRequest {
    model::NodeType type{};
    std::optional<std::string> name_contains;
    std::optional<base::Uuid> after;
    unsigned limit = 10;
};

/// The next page, ordered by the time of creation. Errors: InvalidInput for an `after` that never was.
[[nodiscard]] base::Result<NodePage> find_page(Context& context, const account::Caller& caller,
                                               const PageRequest& request);

/// The node of exactly that name with its whole graph; the newest if there are several; nothing if there is
/// none.
[[nodiscard]] base::Result<std::optional<NodeGraph>> find_exact(Context& context,
                                                                const account::Caller& caller,
                                                                model::NodeType type, std::string_view name);

}  // namespace cript::service
