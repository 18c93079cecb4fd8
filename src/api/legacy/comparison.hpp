#pragma once

#include "base/json_reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cript::api::legacy {

/// The comparisons of a search, named as in Django (documentation, "Field lookups").
enum class Comparison : std::uint8_t {
    Exact,
    IExact,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Contains,
    IContains,
    StartsWith,
    IStartsWith,
    EndsWith,
    IEndsWith,
    IsNull,
};

/// `value__lt` is `value` and Less; without `__`, Exact; nothing as comparison if there is none of that name.
[[nodiscard]] std::pair<std::string_view, std::optional<Comparison>> split_comparison(std::string_view key);

/// A plain value that a search asks for.
class Wanted {
  public:
    Wanted() = default;  ///< null
    explicit Wanted(bool truth) : kind_(Kind::Truth), truth_(truth) {}
    explicit Wanted(double number) : kind_(Kind::Number), number_(number) {}
    explicit Wanted(std::string text) : kind_(Kind::Text), text_(std::move(text)) {}

    [[nodiscard]] bool is_null() const { return kind_ == Kind::Null; }
    // Nothing if it is of another kind.
    [[nodiscard]] const bool* truth() const { return kind_ == Kind::Truth ? &truth_ : nullptr; }
    [[nodiscard]] const double* number() const { return kind_ == Kind::Number ? &number_ : nullptr; }
    [[nodiscard]] const std::string* text() const { return kind_ == Kind::Text ? &text_ : nullptr; }

  private:
    enum class Kind : std::uint8_t { Null, Truth, Number, Text };

    Kind kind_ = Kind::Null;
    bool truth_ = false;
    double number_ = 0;
    std::string text_;
};

/// A plain value that is shown, with one that is asked for; not In or IsNull, which are about several or
/// none. A record may be named by uid or by URL, and a record in full is one too.
[[nodiscard]] bool compare(simdjson::dom::element value, const Wanted& wanted, Comparison comparison);
/// The same where text may mean a number or a truth: in the address of a list, and among identifiers, whose
/// values come as either.
[[nodiscard]] bool compare_loosely(simdjson::dom::element value, const Wanted& wanted, Comparison comparison);
/// Equality allows for the rounding of a conversion between numbers of `magnitude`.
[[nodiscard]] bool compare_number(simdjson::dom::element value, double wanted, Comparison comparison,
                                  double magnitude = 0);

/// The number that a text is, if all of it is one.
[[nodiscard]] std::optional<double> number_of(std::string_view text);
/// A whole number in digits; nothing for others.
[[nodiscard]] std::optional<std::string> whole_number_text(double number);

}  // namespace cript::api::legacy
