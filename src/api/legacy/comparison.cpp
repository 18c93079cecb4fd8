#include "api/legacy/comparison.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "api/legacy/address.hpp"
#include "base/encoding.hpp"
#include "store/letter_case.hpp"

namespace cript::api::legacy {

namespace {

namespace dom = simdjson::dom;

constexpr std::array<std::pair<std::string_view, Comparison>, 14> kNames{
    {{"exact", Comparison::Exact},
     {"iexact", Comparison::IExact},
     {"lt", Comparison::Less},
     {"lte", Comparison::LessOrEqual},
     {"gt", Comparison::Greater},
     {"gte", Comparison::GreaterOrEqual},
     {"in", Comparison::In},
     {"contains", Comparison::Contains},
     {"icontains", Comparison::IContains},
     {"startswith", Comparison::StartsWith},
     {"istartswith", Comparison::IStartsWith},
     {"endswith", Comparison::EndsWith},
     {"iendswith", Comparison::IEndsWith},
     {"isnull", Comparison::IsNull}}};

constexpr double kRounding = 1e-12;

constexpr double kLargestWhole = 9'007'199'254'740'992;  ///< up to it a double has every integer

/// Nothing is close to what a conversion made infinite.
bool is_close(double left, double right, double magnitude) {
    return std::isfinite(right) &&
           std::abs(left - right) <= kRounding * std::max({std::abs(left), std::abs(right), magnitude});
}

/// A uid stands for the URL that ends in it, and one URL for another one of the same node.
bool is_one_node(std::string_view value, std::string_view wanted) {
    const auto stored = read_url(value);
    if (!stored) return false;
    if (const auto uuid = base::Uuid::parse(wanted)) return stored->uuid == *uuid;
    const auto named = read_url(wanted);
    return named && named->uuid == stored->uuid && named->slug == stored->slug;
}

bool compare_texts(std::string_view value, std::string_view wanted, Comparison comparison) {
    switch (comparison) {
        case Comparison::Exact:
            return value == wanted || is_one_node(value, wanted);
        case Comparison::Less:
            return value < wanted;
        case Comparison::LessOrEqual:
            return value <= wanted;
        case Comparison::Greater:
            return value > wanted;
        case Comparison::GreaterOrEqual:
            return value >= wanted;
        case Comparison::Contains:
            return value.find(wanted) != std::string_view::npos;
        case Comparison::StartsWith:
            return value.starts_with(wanted);
        case Comparison::EndsWith:
            return value.ends_with(wanted);
        case Comparison::IExact:
        case Comparison::IContains:
        case Comparison::IStartsWith:
        case Comparison::IEndsWith: {
            const auto plain = comparison == Comparison::IExact        ? Comparison::Exact
                               : comparison == Comparison::IContains   ? Comparison::Contains
                               : comparison == Comparison::IStartsWith ? Comparison::StartsWith
                                                                       : Comparison::EndsWith;
            return compare_texts(store::folded(value), store::folded(wanted), plain);
        }
        case Comparison::In:
        case Comparison::IsNull:
            return false;
    }
    return false;
}

}  // namespace

std::pair<std::string_view, std::optional<Comparison>> split_comparison(std::string_view key) {
    const auto underscores = key.rfind("__");
    if (underscores == std::string_view::npos) return {key, Comparison::Exact};
    const auto found =
        std::ranges::find(kNames, key.substr(underscores + 2), [](const auto& entry) { return entry.first; });
    if (found == kNames.end()) return {key.substr(0, underscores), std::nullopt};
    return {key.substr(0, underscores), found->second};
}

bool compare_number(dom::element value, double wanted, Comparison comparison, double magnitude) {
    double number = 0;
    if (!value.is_number() || value.get(number) != simdjson::SUCCESS) return false;
    const bool is_equal = is_close(number, wanted, magnitude);
    switch (comparison) {
        case Comparison::Less:
            return number < wanted && !is_equal;
        case Comparison::LessOrEqual:
            return number < wanted || is_equal;
        case Comparison::Greater:
            return number > wanted && !is_equal;
        case Comparison::GreaterOrEqual:
            return number > wanted || is_equal;
        case Comparison::Exact:
        case Comparison::IExact:
            return is_equal;
        default:
            return false;
    }
}

bool compare(dom::element value, const Wanted& wanted, Comparison comparison) {
    if (const auto* number = wanted.number()) return compare_number(value, *number, comparison);
    const bool is_equality = comparison == Comparison::Exact || comparison == Comparison::IExact;
    if (wanted.is_null()) return is_equality && value.is_null();
    if (const auto* truth = wanted.truth()) return is_equality && value.is_bool() && bool(value) == *truth;
    std::string_view text;
    const bool is_text = value.get(text) == simdjson::SUCCESS ||
                         (value.is_object() && value.at_key("url").get(text) == simdjson::SUCCESS);
    return is_text && compare_texts(text, *wanted.text(), comparison);
}

bool compare_loosely(dom::element value, const Wanted& wanted, Comparison comparison) {
    if (const auto* text = wanted.text()) {
        const auto number = value.is_number() ? number_of(*text) : std::nullopt;
        if (number) return compare_number(value, *number, comparison);
        if (value.is_bool()) return compare_texts(bool(value) ? "true" : "false", *text, Comparison::IExact);
    }
    if (const auto* number = wanted.number(); number != nullptr && value.is_string()) {
        const auto text = whole_number_text(*number);
        return text && compare_texts(std::string_view(value), *text, comparison);
    }
    return compare(value, wanted, comparison);
}

std::optional<double> number_of(std::string_view text) {
    double number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = status == std::errc{} && end == text.data() + text.size() && std::isfinite(number);
    return is_number ? std::optional(number) : std::nullopt;
}

std::optional<std::string> whole_number_text(double number) {
    if (std::abs(number) >= kLargestWhole || std::trunc(number) != number) return std::nullopt;
    return std::to_string(static_cast<std::int64_t>(number));
}

}  // namespace cript::api::legacy
