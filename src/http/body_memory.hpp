#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cript::http {

/// Bodies up to this size are read before anybody is asked whose they are, and are not counted: what they
/// take is bounded by the number of connections.
inline constexpr std::uint64_t kSmallBody = std::uint64_t{64} << 10U;

/// Counts what the bodies of requests take that are held in memory, in all and by client, from before the
/// first byte of a body is read until its request is answered. For any thread.
class BodyMemory {
  public:
    struct Limits {
        std::uint64_t total = std::uint64_t{256} << 20U;       ///< bytes
        std::uint64_t per_client = std::uint64_t{128} << 20U;  ///< bytes
    };
    enum class Verdict : std::uint8_t {
        Granted,
        ClientIsFull,  ///< the client has too much under way
        AllIsFull,     ///< all together have
        NeverFits,     ///< not even alone
    };

    explicit BodyMemory(Limits limits) : limits_(limits) {}

    /// What one request takes; given back at its end.
    class Share {
      public:
        Share() = default;
        ~Share() { give_back(); }
        Share(const Share&) = delete;
        Share& operator=(const Share&) = delete;

        /// From now on it takes that many bytes for these clients, which are the same each time. Nothing is
        /// changed unless that is granted.
        [[nodiscard]] Verdict grow(BodyMemory& memory, const std::vector<std::string>& clients,
                                   std::uint64_t bytes);
        void give_back();
        [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

      private:
        BodyMemory* memory_ = nullptr;
        std::vector<std::string> clients_;
        std::uint64_t bytes_ = 0;
    };

    [[nodiscard]] std::uint64_t taken() const;

  private:
    const Limits limits_;
    mutable std::mutex mutex_;
    std::uint64_t taken_ = 0;
    std::unordered_map<std::string, std::uint64_t> by_client_;
};

}  // namespace cript::http
