#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/digest.hpp"
#include "crypto/key_ring.hpp"

namespace cript::account {

// The account token, as people see it:
//
//     Token 0123456789abcdef0123456789abcdef01234567
//     ~~~~~ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
//     word  secret: 160 random bits as 40 lower-case hexadecimal digits
//
// The word is part of the text that is copied; clients may send it or leave it out.

inline constexpr std::string_view kTokenWord = "Token ";
inline constexpr std::size_t kSecretBytes = 20;

/// A new secret, without the word, from the operating system's generator.
[[nodiscard]] base::SecretText new_token_secret();

/// The full text of a secret: what a page, a clipboard or the command line hands over.
[[nodiscard]] base::SecretText token_text(const base::SecretText& secret);

/// Reads the secret out of an `Authorization` value: `Token X`, `Bearer X`, `Bearer Token X` or bare `X`,
/// words in any case (RFC 9110 §11.1). The view is into `header`. What the secret looks like is not judged
/// here: malformed, unknown and revoked secrets must take the same path.
[[nodiscard]] std::string_view secret_of_header(std::string_view header);

/// What the database looks a secret up by.
[[nodiscard]] crypto::Digest token_digest(const crypto::RingKeys& keys, std::string_view secret);

/// Does a raw query string carry something shaped like a token, or a parameter named like one?
[[nodiscard]] bool query_names_a_token(std::string_view raw_query);
/// The values of a raw query that are 40 hexadecimal digits: a search term, or a live token in the wrong
/// place.
[[nodiscard]] std::vector<std::string> bare_secrets_in_query(std::string_view raw_query);

/// The AEAD context of a token at rest.
[[nodiscard]] std::string token_context(std::int64_t account, std::int64_t token, std::uint32_t key_version);

}  // namespace cript::account
