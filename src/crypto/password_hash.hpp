#pragma once

#include <string>
#include <string_view>

namespace cript::crypto {

/// Cost of Argon2id (RFC 9106). The default meets the floor of 19 MiB and two passes.
struct PasswordCost {
    std::size_t memory_bytes = std::size_t{19} << 20U;
    unsigned passes = 2;
};

/// A self-describing Argon2id hash (`$argon2id$v=19$m=…`) under a random salt. Takes about 12 ms.
[[nodiscard]] std::string hash_password(std::string_view password, PasswordCost cost = {});
[[nodiscard]] bool verify_password(std::string_view password, const std::string& hash);
/// Was the hash made with other parameters than today's?
[[nodiscard]] bool needs_rehash(const std::string& hash, PasswordCost cost = {});

}  // namespace cript::crypto
