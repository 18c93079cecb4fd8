#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace cript::http {

/// `Sun, 06 Nov 1994 08:49:37 GMT` (IMF-fixdate, RFC 9110 §5.6.7), whatever the locale.
[[nodiscard]] std::string http_date(std::chrono::sys_seconds instant);

/// The current date, formatted once a second. For one thread.
class DateCache {
  public:
    [[nodiscard]] std::string_view now();

  private:
    std::chrono::sys_seconds second_{};
    std::string text_;
};

}  // namespace cript::http
