#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

#include "cript/json.hpp"
#include "crypto/digest.hpp"

namespace cript::client {

/// A stretch of a file that is sent by itself.
struct Part {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    crypto::Digest sha256{};
};

/// Bytes of a part: what is wanted, or more for a file that would need too many parts. At least 1.
[[nodiscard]] std::uint64_t part_size_for(std::uint64_t size, std::uint64_t wanted);

/// Which of the parts, by their place, the server has with the same content, of its answer to `GET
/// /upload/{id}`. What it has of another content, or of numbers beyond, does not count.
[[nodiscard]] std::set<std::size_t> parts_there(const Json& answer, const std::vector<Part>& parts);

}  // namespace cript::client
