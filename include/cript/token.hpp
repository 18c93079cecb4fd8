#pragma once

#include <memory>
#include <string_view>

#include "cript/result.hpp"

namespace cript {

/// An account's API token. It cannot be printed or copied, and its memory is overwritten when it ends.
class Token {
  public:
    /// Reads a token as people paste it: with or without the words `Token` and `Bearer`, in any case, and
    /// with blanks or a line end around it. Errors: Configuration for a text that cannot be a token (empty,
    /// or with blanks or odd characters inside). The error never repeats the text.
    [[nodiscard]] static Result<Token> parse(std::string_view text);

    Token(Token&&) noexcept;
    Token& operator=(Token&&) noexcept;
    Token(const Token&) = delete;
    Token& operator=(const Token&) = delete;
    ~Token();

  private:
    struct Secret;
    explicit Token(std::unique_ptr<Secret> secret);
    friend class Connection;
    std::unique_ptr<Secret> secret_;
};

/// Does this text look like a token, so that it should not stand on a command line or in a file?
[[nodiscard]] bool looks_like_token(std::string_view text);

}  // namespace cript
