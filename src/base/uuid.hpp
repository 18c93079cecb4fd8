#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cript::base {

/// A universally unique identifier (RFC 9562), the identity of every node and account.
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    /// A new random (version 4) identifier.
    [[nodiscard]] static Uuid random();
    /// Reads the 36-character text form, in either case. Anything else, the nil UUID included, is nothing.
    [[nodiscard]] static std::optional<Uuid> parse(std::string_view text);
    /// Reads the 16 raw bytes of the stores.
    [[nodiscard]] static std::optional<Uuid> from_bytes(std::span<const std::uint8_t> raw);

    [[nodiscard]] std::string text() const;
    /// Appends the 36-character lower-case text.
    void append_to(std::string& out) const;
    [[nodiscard]] bool is_nil() const { return *this == Uuid{}; }

    auto operator<=>(const Uuid&) const = default;
};

struct UuidHash {
    std::size_t operator()(const Uuid& uuid) const noexcept {
        // Clients choose their uuids, so both halves are mixed: neither alone need be random.
        std::uint64_t high = 0;
        std::uint64_t low = 0;
        std::memcpy(&high, uuid.bytes.data(), 8);
        std::memcpy(&low, uuid.bytes.data() + 8, 8);
        std::uint64_t mixed = (high ^ (low * 0x9e3779b97f4a7c15ULL));
        mixed ^= mixed >> 32U;
        mixed *= 0xd6e8feb86659fd93ULL;
        return static_cast<std::size_t>(mixed ^ (mixed >> 32U));
    }
};

}  // namespace cript::base
