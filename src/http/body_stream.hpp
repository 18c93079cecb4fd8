#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

namespace cript::http {

struct Request;
struct Response;

/// Takes the body of one request as it arrives, so that a long one is never held in memory. One that is
/// destroyed without finish() was given up: the client went away, or the body was refused.
class BodyReceiver {
  public:
    virtual ~BodyReceiver() = default;

    /// Takes the next piece. On the I/O thread, so it must not wait for more than a local disk. An answer
    /// refuses the rest of the body.
    [[nodiscard]] virtual std::optional<Response> take(std::string_view piece) = 0;
    /// Answers, once the whole body was taken. On the pool.
    [[nodiscard]] virtual Response finish(const Request& request) = 0;
};

/// A receiver for the body that follows, or the answer that ends the request before it.
using Reception = std::variant<Response, std::unique_ptr<BodyReceiver>>;

/// Content that is too long to be held in memory, read piece by piece as it is sent.
class ContentSource {
  public:
    virtual ~ContentSource() = default;

    [[nodiscard]] virtual std::uint64_t size() const = 0;
    /// Puts the next bytes into `out` and returns how many; 0 is a failure, which ends the connection. Called
    /// until size() bytes were given.
    [[nodiscard]] virtual std::size_t read(std::span<char> out) = 0;
    /// Does read() wait for more than a local disk? Then it is called on the pool.
    [[nodiscard]] virtual bool is_remote() const = 0;
};

/// An answer that cannot be made yet.
class LateAnswer {
  public:
    virtual ~LateAnswer() = default;

    /// Calls `ready` once, from any thread or at once, when the answer can be made, unless forget() came
    /// first.
    virtual void await(std::function<void()> ready) = 0;
    /// Nobody waits any more: `ready` is not being called when this returns, and will not be.
    virtual void forget() = 0;
    /// Makes it. On the pool.
    [[nodiscard]] virtual Response make(const Request& request) = 0;
};

}  // namespace cript::http
