#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "cript/result.hpp"

namespace cript {

/// A JSON value (RFC 8259) that loses nothing: members keep their order, numbers their kind (`1` and `1.0`
/// differ).
class Json {
  public:
    struct Member;
    using Array = std::vector<Json>;
    using Object = std::vector<Member>;

    Json() noexcept;  ///< null
    Json(std::nullptr_t) noexcept;
    Json(const char* text);
    Json(std::string_view text);
    Json(std::string text);
    Json(Array elements);
    Json(Object members);
    template <class T, std::enable_if_t<std::is_arithmetic_v<T>, int> = 0>
    Json(T value) {
        if constexpr (std::is_same_v<T, bool>) {
            assign(value);
        } else if constexpr (std::is_floating_point_v<T>) {
            assign(static_cast<double>(value));
        } else if constexpr (std::is_unsigned_v<T>) {
            assign(static_cast<std::uint64_t>(value));
        } else {
            assign(static_cast<std::int64_t>(value));
        }
    }

    Json(const Json&);
    Json(Json&&) noexcept;
    Json& operator=(const Json&);
    Json& operator=(Json&&) noexcept;
    ~Json();

    /// An empty object, `{}`, and an empty array, `[]`.
    [[nodiscard]] static Json object();
    [[nodiscard]] static Json array();

    /// Reads one document of at most 64 MiB and 512 levels.
    /// Errors: InvalidInput for what is not JSON (NaN and Infinity included), TooLarge beyond a limit.
    [[nodiscard]] static Result<Json> parse(std::string_view text);

    /// JSON text; compact without, one member a line with `indent` > 0 (in blanks).
    [[nodiscard]] std::string dump(int indent = 0) const;

    [[nodiscard]] bool is_null() const { return holds<std::monostate>(); }
    [[nodiscard]] bool is_integer() const { return holds<std::int64_t>() || holds<std::uint64_t>(); }
    [[nodiscard]] bool is_float() const { return holds<double>(); }

    /// The value if it is of that kind, else nothing. A number serves as either kind of number if it fits
    /// exactly.
    [[nodiscard]] std::optional<bool> as_bool() const;
    [[nodiscard]] std::optional<std::int64_t> as_integer() const;
    [[nodiscard]] std::optional<double> as_double() const;

    /// The content if it is of that kind, else null. The pointer lives as long as the value stays.
    [[nodiscard]] const std::string* if_text() const { return std::get_if<std::string>(&content_); }
    [[nodiscard]] const Array* if_array() const { return std::get_if<Array>(&content_); }
    [[nodiscard]] const Object* if_object() const { return std::get_if<Object>(&content_); }
    [[nodiscard]] Array* if_array() { return std::get_if<Array>(&content_); }
    [[nodiscard]] Object* if_object() { return std::get_if<Object>(&content_); }

    /// The member of that name, or null (of anything that is not an object, too).
    [[nodiscard]] const Json* find(std::string_view name) const;
    [[nodiscard]] Json* find(std::string_view name);
    /// The text of the member of that name, or an empty one.
    [[nodiscard]] std::string_view text_of(std::string_view name) const;

    /// Sets a member, in its place or at the end. A value that is not an object becomes one.
    Json& set(std::string_view name, Json value);
    /// Takes a member away; false if there was none.
    bool erase(std::string_view name);
    /// Appends an element. A value that is not an array becomes one.
    Json& push_back(Json element);

    /// Same content in the same order, numbers of the same kind.
    friend bool operator==(const Json& left, const Json& right);
    friend bool operator!=(const Json& left, const Json& right) { return !(left == right); }

  private:
    using Content =
        std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, Array, Object>;

    void assign(bool flag);
    void assign(std::int64_t number);
    void assign(std::uint64_t number);
    void assign(double number);
    template <class T>
    [[nodiscard]] bool holds() const {
        return std::holds_alternative<T>(content_);
    }
    friend class JsonText;

    Content content_;
};

struct Json::Member {
    std::string name;
    Json value;

    friend bool operator==(const Member& left, const Member& right) {
        return left.name == right.name && left.value == right.value;
    }
};

}  // namespace cript
