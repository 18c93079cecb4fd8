#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace cript::http {

/// A handler is a synchronous function that reads top to bottom.
using Handler = std::function<Response(const Request&)>;

/// A handler that may decline, for work that is mostly quick: nothing means "run `handler` on the pool".
using QuickHandler = std::function<std::optional<Response>(const Request&)>;

struct Route {
    Method method = Method::Get;
    /// Segments between slashes; `{name}` matches one segment. A trailing slash is optional in requests.
    std::string pattern;
    /// Runs on the bounded pool.
    Handler handler;
    /// Runs first, on the I/O thread where the request arrived; microseconds only. May be empty.
    QuickHandler quick;
    /// Runs when the header is complete and before the body is read; an answer ends the request there.
    QuickHandler admit;
    std::size_t body_limit = 0;  ///< bytes; a longer body is answered 413. 0 means a body is refused
    std::chrono::milliseconds deadline{30'000};  ///< from arrival to the start of the handler; then 503
};

/// Finds the route of a request. Built once, then read by all threads.
class Router {
  public:
    void add(Route route);

    struct Match {
        const Route* route = nullptr;  ///< nothing if no pattern fits
        std::vector<std::string> parameters;
        std::vector<Method> allowed;  ///< the methods that the path has, for 405 and OPTIONS
    };
    /// A literal segment wins over `{name}`.
    [[nodiscard]] Match find(Method method, std::string_view path) const;
    [[nodiscard]] const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

  private:
    std::vector<std::unique_ptr<Route>> routes_;
};

}  // namespace cript::http
