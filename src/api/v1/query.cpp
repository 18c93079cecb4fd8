#include "api/v1/query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "base/encoding.hpp"

namespace cript::api::v1 {

namespace {

using base::ErrorKind;
using base::Problem;

constexpr unsigned kLargestPage = 100;

base::Error wrong(std::vector<Problem> problems) {
    auto message = problems.front().message;
    return {ErrorKind::InvalidInput, std::move(message), std::move(problems)};
}

std::optional<unsigned> page_size(std::string_view text) {
    unsigned size = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (status != std::errc{} || end != text.data() + text.size() || size < 1 || size > kLargestPage)
        return std::nullopt;
    return size;
}

std::pair<std::string_view, std::string_view> name_and_value(std::string_view pair) {
    const auto equals = std::min(pair.find('='), pair.size());
    return {pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size()))};
}

void read_parameter(SearchQuery& query, std::string_view pair, std::vector<Problem>& problems) {
    const auto [name, value] = name_and_value(pair);
    if (name == "limit") {
        const auto size = page_size(value);
        query.limit = size.value_or(query.limit);
        if (size) return;
        problems.push_back(
            {"", fmt::format("'limit' is a number from 1 to {}", kLargestPage), "invalid_value", ""});
    } else if (name == "after") {
        query.after = base::Uuid::parse(value);
        if (query.after) return;
        problems.push_back({"", "'after' is the uuid of the last node received", "invalid_value", ""});
    } else if (name != "score") {  // of the structure search; the order by name has no use for it
        problems.push_back(
            {"", fmt::format("'{}' is not a parameter of a search (q, after, limit)", name.substr(0, 40)),
             "unknown_parameter", ""});
    }
}

/// What stands behind the text of `q`, which may hold a `&` itself: a parameter only if its value has the
/// right shape.
std::optional<std::string_view> trailing_parameter(std::string_view query) {
    const auto ampersand = query.rfind('&');
    if (ampersand == std::string_view::npos) return std::nullopt;
    const auto pair = query.substr(ampersand + 1);
    const auto [name, value] = name_and_value(pair);
    const auto is_of = [&value = value](std::string_view characters) {
        return !value.empty() && value.find_first_not_of(characters) == std::string_view::npos;
    };
    const bool is_one = (name == "limit" && is_of("0123456789")) || (name == "after" && value.size() == 36) ||
                        (name == "score" && is_of("0123456789+-.eE"));
    return is_one ? std::optional(pair) : std::nullopt;
}

}  // namespace

base::Result<SearchQuery> read_search_query(std::string_view rest) {
    SearchQuery query;
    std::vector<Problem> problems;
    while (!rest.empty() && !rest.starts_with("q=")) {
        const auto pair = rest.substr(0, rest.find('&'));
        read_parameter(query, pair, problems);
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    }
    while (const auto pair = trailing_parameter(rest)) {
        read_parameter(query, *pair, problems);
        rest.remove_suffix(pair->size() + 1);
    }
    if (!rest.empty()) {
        query.text = base::percent_decode(rest.substr(2));
        if (!query.text || !base::is_utf8(*query.text)) {
            problems.push_back({"", "'q' must be percent-encoded UTF-8", "invalid_value", ""});
        }
    }
    if (!problems.empty()) return base::fail(wrong(std::move(problems)));
    return query;
}

base::Result<NodeQuery> read_node_query(std::string_view rest) {
    NodeQuery query;
    std::vector<Problem> problems;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto pair = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (pair == "dry_run=true" || pair == "dry_run=false") {
            query.dry_run = pair.ends_with("true");
        } else if (pair == "lists=replace" || pair == "lists=unite") {
            query.replace_lists = pair.ends_with("replace");
        } else {
            problems.push_back(
                {"",
                 fmt::format("'{}' is not an option here (dry_run=true|false, lists=replace|unite)",
                             pair.substr(0, 80)),
                 "unknown_parameter", ""});
        }
    }
    if (!problems.empty()) return base::fail(wrong(std::move(problems)));
    return query;
}

}  // namespace cript::api::v1
