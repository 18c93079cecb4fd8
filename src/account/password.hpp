#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cript::account {

inline constexpr std::size_t kShortestPassword =
    15;  ///< characters, without a second factor (NIST SP 800-63B-4)
inline constexpr std::size_t kLongestPassword = 1024;  ///< bytes: a bound on the work of hashing

/// Why a password is not good enough, as a sentence for the person who chose it; nothing if it is.
/// Length and a block-list of what everybody tries first; no rules on the kinds of characters.
[[nodiscard]] std::optional<std::string> password_fault(std::string_view password, std::string_view username,
                                                        std::string_view email);

/// Why a user name is not acceptable: 2 to 64 of letters, digits, `.`, `_`, `-`, beginning with a letter or
/// digit.
[[nodiscard]] std::optional<std::string> username_fault(std::string_view username);

/// Why an e-mail address is not acceptable. Only its shape is judged: something, an @, a host.
[[nodiscard]] std::optional<std::string> email_fault(std::string_view email);

}  // namespace cript::account
