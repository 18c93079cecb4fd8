#pragma once

#include <string>

#include "base/result.hpp"
#include "http/message.hpp"
#include "model/graph.hpp"

namespace cript::api::v1 {

/// An error in this dialect's words: `error` is the first problem, in the forms that SDK 2.4.0 parses (such
/// as `Bad uuid: … provided`, `duplicate item [{'name': '…'}] for Project`, `… at path: /collection/0`);
/// `errors` has all.
[[nodiscard]] http::Response failure(const base::Error& error);

/// The same for a save. Several unknown uuids at once are 409 `duplicate item [{'uuid': '…'}, …] for …`: SDK
/// 2.4.0 saves all of these nodes in one round, where "Bad uuid" makes it send the whole document for each.
/// It repeats them without their `uuid`, so this needs labels that hold it.
[[nodiscard]] http::Response save_failure(const base::Error& error, const model::Graph& graph);

/// 404 with the text that the SDK takes for "there is none".
[[nodiscard]] http::Response not_found();

/// A name as it may stand in `duplicate item [{'name': '…'}]`: the SDK turns ' into " and reads it as JSON.
[[nodiscard]] std::string quoted_name(std::string_view name);

}  // namespace cript::api::v1
