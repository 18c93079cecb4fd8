#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/uuid.hpp"
#include "http/message.hpp"

namespace cript::api::v1 {

/// An error in this dialect's words: `error` is the first problem, in the forms that SDK 2.4.0 parses (such
/// as `Bad uuid: … provided`, `duplicate item [{'name': '…'}] for Project`, `… at path: /collection/0`);
/// `errors` has all.
[[nodiscard]] http::Response failure(const base::Error& error);

/// The uuids of the unknown nodes that a document links to, each once, if that is what is wrong with it
/// first.
[[nodiscard]] std::vector<base::Uuid> unknown_nodes(const base::Error& error);

/// Several unknown nodes at once: 409 `duplicate item [{'uuid': '…'}, …] for …`. SDK 2.4.0 saves all of them
/// in one round, where "Bad uuid" makes it send the whole document again for each.
[[nodiscard]] http::Response unknown_nodes_failure(const base::Error& error,
                                                   const std::vector<base::Uuid>& unknown);

/// 404 with the text that the SDK takes for "there is none".
[[nodiscard]] http::Response not_found();

/// A name as it may stand in `duplicate item [{'name': '…'}]`: the SDK turns ' into " and reads it as JSON.
[[nodiscard]] std::string quoted_name(std::string_view name);

}  // namespace cript::api::v1
