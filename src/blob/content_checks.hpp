#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "crypto/crc32.hpp"
#include "crypto/hasher.hpp"
#include "crypto/sigv4.hpp"

namespace cript::blob {

/// The digests that every upload is given.
struct ContentDigests {
    crypto::Digest sha256{};
    crypto::Md5Digest md5{};
    std::uint64_t size = 0;
};

/// What a sender says about the content on its way, and whether it is so: `Content-MD5` (RFC 1864),
/// `x-amz-checksum-crc32`, `-crc32c` and `-sha256` (base64 of the big-endian value, in a header or a trailing
/// field).
class ContentChecks {
  public:
    /// A header or trailing field with a checksum. Errors: InvalidInput for an algorithm that is not known.
    [[nodiscard]] base::Result<void> expect(std::string_view field, std::string_view value);
    /// The name of a field that will follow the content (X-Amz-Trailer).
    [[nodiscard]] base::Result<void> announce(std::string_view field);
    /// SHA-256 in hexadecimal, as X-Amz-Content-SHA256 has it.
    void expect_sha256(std::string_view hex) { sha256_hex_ = hex; }

    void add(std::string_view piece);
    /// Errors: InvalidInput, naming the check, with code kMismatch or, if an announced field has not come,
    /// kMissing.
    [[nodiscard]] base::Result<void> verify(const ContentDigests& digests) const;

    static constexpr std::string_view kMismatch = "checksum_differs";
    static constexpr std::string_view kPayloadMismatch = "payload_hash_differs";
    static constexpr std::string_view kMissing = "checksum_missing";

    /// Does a header or trailing field of that name (in lower case) carry a checksum, known or not?
    [[nodiscard]] static bool is_checksum_field(std::string_view field);

  private:
    enum class Algorithm : std::uint8_t { Md5, Crc32, Crc32c, Sha256 };
    struct Expected {
        Algorithm algorithm;
        std::string field;
        std::string value;
    };
    [[nodiscard]] static std::optional<Algorithm> algorithm_of(std::string_view field);
    [[nodiscard]] base::Result<Algorithm> begin(std::string_view field);
    [[nodiscard]] std::string value_of(Algorithm algorithm, const ContentDigests& digests) const;

    std::vector<Expected> expected_;
    std::vector<std::string> announced_;
    std::string sha256_hex_;
    std::optional<crypto::Crc32> crc32_;
    std::optional<crypto::Crc32> crc32c_;
};

}  // namespace cript::blob
