#pragma once

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "cript/error.hpp"

namespace cript {

namespace detail {
/// Prints the error and ends the program: somebody took the value of a failed result without asking first.
[[noreturn]] void no_value(const Error& error);
[[noreturn]] void no_error();
}  // namespace detail

/// A value, or the Error that stands in its place. Ask before you take:
///
///     auto api = cript::Api::from_environment();
///     if (!api) { std::cerr << api.error() << '\n'; return 1; }
///     api->save(project);
///
/// Taking the value of a failed result prints the error and ends the program.
template <class T>
class [[nodiscard]] Result {
  public:
    using value_type = T;

    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    [[nodiscard]] T& value() & {
        require_value();
        return *std::get_if<0>(&state_);
    }
    [[nodiscard]] const T& value() const& {
        require_value();
        return *std::get_if<0>(&state_);
    }
    [[nodiscard]] T&& value() && {
        require_value();
        return std::move(*std::get_if<0>(&state_));
    }
    [[nodiscard]] T& operator*() & { return value(); }
    [[nodiscard]] const T& operator*() const& { return value(); }
    [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
    [[nodiscard]] T* operator->() { return std::addressof(value()); }
    [[nodiscard]] const T* operator->() const { return std::addressof(value()); }

    template <class U>
    [[nodiscard]] T value_or(U&& fallback) const& {
        return has_value() ? **this : static_cast<T>(std::forward<U>(fallback));
    }

    [[nodiscard]] const Error& error() const& {
        if (has_value()) detail::no_error();
        return *std::get_if<1>(&state_);
    }
    [[nodiscard]] Error&& error() && {
        if (has_value()) detail::no_error();
        return std::move(*std::get_if<1>(&state_));
    }

  private:
    void require_value() const {
        if (!has_value()) detail::no_value(*std::get_if<1>(&state_));
    }
    std::variant<T, Error> state_;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
  public:
    using value_type = void;

    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    [[nodiscard]] bool has_value() const noexcept { return !error_.has_value(); }
    explicit operator bool() const noexcept { return has_value(); }

    [[nodiscard]] const Error& error() const& {
        if (!error_) detail::no_error();
        return *error_;
    }
    [[nodiscard]] Error&& error() && {
        if (!error_) detail::no_error();
        return std::move(*error_);
    }

  private:
    std::optional<Error> error_;
};

}  // namespace cript
