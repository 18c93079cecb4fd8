#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cript::model {

enum class UnitToken : std::uint8_t {
    End,
    Number,
    Word,
    Times,
    Per,
    Power,
    Open,
    Close,
    Minus,
    Plus,
    Superscript,
    Unknown
};

/// Cuts the text of a unit into tokens. `text()` is the current one, `at()` where it begins.
class UnitScanner {
  public:
    explicit UnitScanner(std::string_view text) : text_(text) { advance(); }

    [[nodiscard]] UnitToken token() const { return token_; }
    [[nodiscard]] std::string_view text() const { return text_.substr(begin_, end_ - begin_); }
    [[nodiscard]] bool is_word(std::string_view word) const {
        return token_ == UnitToken::Word && text() == word;
    }
    [[nodiscard]] double number() const { return number_; }  ///< of a Number or Superscript
    [[nodiscard]] std::size_t at() const { return begin_; }
    [[nodiscard]] std::string_view whole() const { return text_; }

    void advance();

  private:
    void skip_blanks();
    bool scan_number();
    bool scan_word();
    bool scan_superscript();
    bool scan_sign();
    bool accept(std::string_view sign, UnitToken token);
    [[nodiscard]] bool stands(std::string_view sign) const { return text_.substr(end_).starts_with(sign); }

    std::string_view text_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    UnitToken token_ = UnitToken::End;
    double number_ = 0;
};

}  // namespace cript::model
