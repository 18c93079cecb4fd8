#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "http/message.hpp"

namespace cript::api {

// Every answer is {"code": …, "data": …, "error": …}: SDK 2.4.0 reads the code from there, not from the
// status line.

/// Success with `data`, which is JSON already.
[[nodiscard]] http::Response success(std::string_view data, const std::vector<base::Problem>& warnings = {});

[[nodiscard]] http::Response failure(const base::Error& error);
/// The same with the dialect's own sentence in `error`.
[[nodiscard]] http::Response failure(const base::Error& error, std::string_view sentence);
/// A failure that has no more to say than a status and a sentence.
[[nodiscard]] http::Response failure(unsigned status, std::string_view sentence);

[[nodiscard]] unsigned status_of(const base::Error& error);

/// Appends a list of problems as the value of `errors` or `warnings`.
void append_problems(std::string& out, const std::vector<base::Problem>& problems);

/// What every answer to "no such node or path" says; SDK 2.4.0 compares the text.
inline constexpr std::string_view kNotFoundText =
    "The requested URL was not found on the server. If you entered the URL manually please check your "
    "spelling and try "
    "again.";

}  // namespace cript::api
