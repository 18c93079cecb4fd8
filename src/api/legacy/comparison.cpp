#include "api/legacy/comparison.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "api/legacy/address.hpp"
#include "base/encoding.hpp"

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

bool is_close(double left, double right) {
    return std::abs(left - right) <= kRounding * std::max(std::abs(left), std::abs(right));
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
            return compare_texts(base::ascii_lower(value), base::ascii_lower(wanted), plain);
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
    const auto found = std::ranges::find(kNames, key.substr(underscores + 2),
                                         [](const auto& entry) { return entry.first; });
    if (found == kNames.end()) return {key.substr(0, underscores), std::nullopt};
    return {key.substr(0, underscores), found->second};
}

bool compare_number(dom::element value, double wanted, Comparison comparison) {
    dom::array list;
    if (value.get(list) == simdjson::SUCCESS) {
        return std::ranges::any_of(list, [&](dom::element one) { return compare_number(one, wanted, comparison); });
    }
    double number = 0;
    if (!value.is_number() || value.get(number) != simdjson::SUCCESS) return false;
    switch (comparison) {
        case Comparison::Less:
            return number < wanted && !is_close(number, wanted);
        case Comparison::LessOrEqual:
            return number < wanted || is_close(number, wanted);
        case Comparison::Greater:
            return number > wanted && !is_close(number, wanted);
        case Comparison::GreaterOrEqual:
            return number > wanted || is_close(number, wanted);
        case Comparison::Exact:
        case Comparison::IExact:
            return is_close(number, wanted);
        default:
            return false;
    }
}

bool compare(dom::element value, dom::element wanted, Comparison comparison) {
    if (comparison == Comparison::IsNull) return wanted.is_bool() && bool(wanted) == value.is_null();
    if (comparison == Comparison::In) {
        dom::array list;
        if (wanted.get(list) != simdjson::SUCCESS) return false;
        return std::ranges::any_of(list, [&](dom::element one) { return compare(value, one, Comparison::Exact); });
    }
    if (wanted.is_null()) return value.is_null();
    double number = 0;
    if (wanted.is_number() && wanted.get(number) == simdjson::SUCCESS) return compare_number(value, number, comparison);
    if (wanted.is_bool()) return value.is_bool() && bool(value) == bool(wanted);
    if (!wanted.is_string() || !value.is_string()) return false;
    return compare_texts(std::string_view(value), std::string_view(wanted), comparison);
}

}  // namespace cript::api::legacy
