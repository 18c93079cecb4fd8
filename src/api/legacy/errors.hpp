#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/message.hpp"

namespace cript::api::legacy {

/// JSON with a status.
[[nodiscard]] http::Response answer(unsigned status, std::string body);

/// An error in this dialect's words. What people must see is never 400: the SDK takes that for success,
/// unless it has `unique`. `{"detail": …}` for what concerns the request, `{"errors": […]}` for what is wrong
/// with its document, 422.
[[nodiscard]] http::Response failure(const base::Error& error);

/// The same for a search, of which the SDK shows every status but 200: 400.
[[nodiscard]] http::Response refused_search(const base::Error& error);

/// The reply to a record of that type (`Material`) of which something must be unique and is not: on creation
/// 400 with the other one's URL, which makes the SDK update that one if it was told to; on a change 409.
[[nodiscard]] http::Response duplicate(const base::Error& error, std::string_view type_name,
                                       std::string_view slug, std::string_view site, bool is_new);

/// Is that what the error says?
[[nodiscard]] bool is_duplicate(const base::Error& error);

/// A request that came to no handler, `{"detail": …}`.
[[nodiscard]] http::Response refusal(unsigned status, std::string_view message);
/// 404, 405 in the words of the server that the SDK was made for.
[[nodiscard]] http::Response not_found();
[[nodiscard]] http::Response not_allowed(std::string_view method);

}  // namespace cript::api::legacy
