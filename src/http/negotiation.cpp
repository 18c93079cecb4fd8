#include "http/negotiation.hpp"

#include <algorithm>
#include <optional>

#include "base/encoding.hpp"
#include "http/field_syntax.hpp"

namespace cript::http {

namespace {

/// Calls `visit` with each item of a comma-separated list, over all fields of that name (RFC 9110 §5.6.1).
/// Entity tags may hold commas, but ours do not: a foreign tag that is cut at its comma matches nothing.
template <class Visit>
void for_each_item(const Headers& headers, std::string_view name, Visit visit) {
    for (const auto& [field, value] : headers.fields()) {
        if (!base::equals_ignoring_case(field, name)) continue;
        std::string_view rest = value;
        while (!rest.empty()) visit(trim_blanks(take_until(rest, ",")));
    }
}

/// Is the weight in `;q=…` zero (RFC 9110 §12.4.2)?
bool weighs_nothing(std::string_view parameters) {
    const auto at = parameters.find('=');
    if (at == std::string_view::npos) return false;
    const std::string_view weight = trim_blanks(parameters.substr(at + 1));
    return !weight.empty() &&
           std::all_of(weight.begin(), weight.end(), [](char c) { return c == '0' || c == '.'; });
}

}  // namespace

bool accepts_coding(const Headers& headers, std::string_view coding) {
    std::optional<bool> named;
    bool any = false;
    for_each_item(headers, "accept-encoding", [&](std::string_view item) {
        const auto semicolon = item.find(';');
        const bool taken = semicolon == std::string_view::npos || !weighs_nothing(item.substr(semicolon + 1));
        const std::string_view name = trim_blanks(item.substr(0, semicolon));
        if (base::equals_ignoring_case(name, coding)) named = taken;
        if (name == "*") any = taken;
    });
    return named.value_or(any);
}

bool client_has(const Headers& headers, std::string_view etag) {
    bool has = false;
    for_each_item(headers, "if-none-match", [&](std::string_view item) {
        if (item.starts_with("W/")) item.remove_prefix(2);
        has = has || item == "*" || item == etag;
    });
    return has;
}

}  // namespace cript::http
