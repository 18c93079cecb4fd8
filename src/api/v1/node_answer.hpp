#pragma once

#include <optional>
#include <string>

#include "api/route_table.hpp"
#include "service/save_graph.hpp"

namespace cript::api::v1 {

/// A node as a path names it.
struct Address {
    model::NodeType type;
    base::Uuid uuid;
};

/// `{type}/{uuid}` at the start of a route's parameters; nothing if it cannot name a node.
[[nodiscard]] std::optional<Address> address_of(const http::Request& request);

/// The entity tag of a revision, `"3"`.
[[nodiscard]] std::string etag_of(std::int64_t revision);

/// The answer to a save: the root as it stands now, without its children, and how much was changed.
[[nodiscard]] http::Response saved_answer(const Call& call, model::NodeType type,
                                          const service::SaveOutcome& outcome);

}  // namespace cript::api::v1
