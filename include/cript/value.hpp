#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace cript {

/// A number that remembers whether it was written as an integer or with a point: `4` and `4.0` differ.
class Number {
  public:
    template <class T, std::enable_if_t<std::is_arithmetic_v<T> && !std::is_same_v<T, bool>, int> = 0>
    Number(T value) {
        if constexpr (std::is_floating_point_v<T>) {
            content_ = static_cast<double>(value);
        } else {
            content_ = static_cast<std::int64_t>(value);
        }
    }

    [[nodiscard]] bool is_integer() const { return std::holds_alternative<std::int64_t>(content_); }
    /// The integer, of an integer.
    [[nodiscard]] std::int64_t as_integer() const { return std::get<std::int64_t>(content_); }
    [[nodiscard]] double as_double() const {
        return is_integer() ? static_cast<double>(std::get<std::int64_t>(content_))
                            : std::get<double>(content_);
    }
    operator double() const { return as_double(); }

    friend bool operator==(const Number& left, const Number& right) {
        return left.content_ == right.content_;
    }
    friend bool operator!=(const Number& left, const Number& right) { return !(left == right); }

  private:
    std::variant<std::int64_t, double> content_;
};

/// The value of a property, condition, parameter or quantity: nothing, a number, a text, a flag, or a list of
/// these.
class Value {
  public:
    using List = std::vector<Value>;

    Value() = default;
    Value(const char* text) : content_(std::string(text)) {}
    Value(std::string_view text) : content_(std::string(text)) {}
    Value(std::string text) : content_(std::move(text)) {}
    Value(Number number) : content_(number) {}
    Value(List elements) : content_(std::move(elements)) {}
    template <class T, std::enable_if_t<std::is_arithmetic_v<T>, int> = 0>
    Value(T value) {
        if constexpr (std::is_same_v<T, bool>) {
            content_ = value;
        } else {
            content_ = Number(value);
        }
    }

    [[nodiscard]] bool has_value() const { return !std::holds_alternative<std::monostate>(content_); }
    explicit operator bool() const { return has_value(); }

    /// The content if it is of that kind, else null or nothing.
    [[nodiscard]] std::optional<double> number() const {
        const auto* number = if_number();
        return number == nullptr ? std::nullopt : std::optional<double>(number->as_double());
    }
    [[nodiscard]] std::optional<bool> flag() const {
        const auto* flag = std::get_if<bool>(&content_);
        return flag == nullptr ? std::nullopt : std::optional<bool>(*flag);
    }
    [[nodiscard]] const Number* if_number() const { return std::get_if<Number>(&content_); }
    [[nodiscard]] const std::string* if_text() const { return std::get_if<std::string>(&content_); }
    [[nodiscard]] const List* if_list() const { return std::get_if<List>(&content_); }

    friend bool operator==(const Value& left, const Value& right) { return left.content_ == right.content_; }
    friend bool operator!=(const Value& left, const Value& right) { return !(left == right); }

  private:
    std::variant<std::monostate, Number, std::string, bool, List> content_;
};

}  // namespace cript
