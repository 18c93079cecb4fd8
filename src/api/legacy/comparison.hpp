#pragma once

#include <simdjson.h>

#include <optional>
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

/// Two plain values. A record may be named by uid or by URL.
[[nodiscard]] bool compare(simdjson::dom::element value, simdjson::dom::element wanted, Comparison comparison);
/// A value with a number; of a list, one of its numbers. Equality allows for the rounding of a conversion.
[[nodiscard]] bool compare_number(simdjson::dom::element value, double wanted, Comparison comparison);

}  // namespace cript::api::legacy
