#pragma once

#include <string>

#include "base/result.hpp"
#include "http/message.hpp"

namespace cript::api::v1 {

/// An error in this dialect's words: `error` is the first problem, in the forms that SDK 2.4.0 parses (such
/// as `Bad uuid: … provided`, `duplicate item [{'name': '…'}] for Project`, `… at path: /collection/0`);
/// `errors` has all.
[[nodiscard]] http::Response failure(const base::Error& error);

/// 404 with the text that the SDK takes for "there is none".
[[nodiscard]] http::Response not_found();

/// A name as it may stand in `duplicate item [{'name': '…'}]`: the SDK turns ' into " and reads it as JSON.
[[nodiscard]] std::string quoted_name(std::string_view name);

}  // namespace cript::api::v1
