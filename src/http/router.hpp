#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.hpp"

namespace cript::http {

/// A handler is a synchronous function that reads top to bottom.
using Handler = std::function<Response(const Request&)>;

/// A handler that may decline, for work that is mostly quick: nothing means "run `handler` on the pool".
using QuickHandler = std::function<std::optional<Response>(const Request&)>;

/// Runs on the pool when the header is complete; see Route::receive.
using ReceiveHandler = std::function<Reception(const Request&)>;

struct Route {
    Method method = Method::Get;
    /// Segments between slashes; `{name}` matches one segment that is not empty. A trailing slash is optional
    /// in requests. `{name...}` as the last segment matches the rest of the path, slashes and all, even an
    /// empty one.
    std::string pattern;
    /// Runs on the bounded pool. May be empty if `quick` is not: what `quick` declines is then not found.
    Handler handler;
    /// Runs first, on the I/O thread where the request arrived; microseconds only. May be empty.
    QuickHandler quick;
    /// Runs when the header is complete and before the body is read; an answer ends the request there.
    QuickHandler admit;
    /// `admit` waits for more than memory: it runs on the pool, and only for bodies that are longer than
    /// kSmallBody or of unknown length. The handler asks again.
    bool admit_waits = false;
    /// For bodies that are not held in memory: makes what takes the body, or answers. `handler` and `quick`
    /// are not used then.
    ReceiveHandler receive;
    /// `handler` may wait for a store of files: it runs on the pool of transfers, so that a store which is
    /// slow or away delays nothing else. What takes a body finishes there too.
    bool moves_files = false;
    std::uint64_t body_limit = 0;  ///< bytes; a longer body is answered 413. 0 means a body is refused
    /// How long a request waits for a thread of the pool; then 503.
    std::chrono::milliseconds deadline{30'000};
};

/// Finds the route of a request. Built once, then read by all threads.
class Router {
  public:
    /// Throws std::logic_error if the pattern is malformed or the same method and pattern have a route
    /// already: a defect of the program that should end its start.
    void add(Route route);

    struct Match {
        const Route* route = nullptr;  ///< nothing if no pattern fits
        std::vector<std::string> parameters;
        std::vector<Method> allowed;  ///< without a route: the methods that the path has, for 405 and OPTIONS
    };
    /// A literal segment wins over `{name}`, from left to right, among the patterns that fit the path and
    /// have a route of that method. `{name...}` is tried when no other pattern fits the path, whatever the
    /// method. HEAD falls back to the route of GET. `path` begins with a slash.
    [[nodiscard]] Match find(Method method, std::string_view path) const;
    [[nodiscard]] const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

  private:
    using RouteByMethod = std::array<const Route*, kMethodCount>;

    /// What may follow the segments that lead here.
    struct Branch {
        std::vector<std::pair<std::string, std::unique_ptr<Branch>>> literals;  ///< sorted
        std::unique_ptr<Branch> parameter;
        RouteByMethod end{};   ///< the path ends here
        RouteByMethod rest{};  ///< anything may follow
    };
    struct Search;

    Branch root_;
    std::vector<std::unique_ptr<Route>> routes_;
};

}  // namespace cript::http
