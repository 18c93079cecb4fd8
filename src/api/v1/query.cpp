#include "api/v1/query.hpp"

#include <fmt/format.h>

#include <charconv>
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

/// Takes `&name=value` (or `name=value` at the very start) off the end of `query`, if `value` holds no `&`.
std::optional<std::string_view> take_last(std::string_view& query, std::string_view name) {
    const auto ampersand = query.rfind('&');
    const auto start = ampersand == std::string_view::npos ? 0 : ampersand + 1;
    const auto pair = query.substr(start);
    if (!pair.starts_with(name) || pair.size() <= name.size() || pair[name.size()] != '=')
        return std::nullopt;
    query = query.substr(0, ampersand == std::string_view::npos ? 0 : ampersand);
    return pair.substr(name.size() + 1);
}

std::optional<unsigned> page_size(std::string_view text) {
    unsigned size = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (status != std::errc{} || end != text.data() + text.size() || size < 1 || size > kLargestPage)
        return std::nullopt;
    return size;
}

}  // namespace

base::Result<SearchQuery> read_search_query(std::string_view rest) {
    SearchQuery query;
    std::vector<Problem> problems;
    bool took_one = true;
    while (took_one && !rest.empty()) {
        took_one = false;
        if (const auto limit = take_last(rest, "limit")) {
            took_one = true;
            const auto size = page_size(*limit);
            if (!size)
                problems.push_back(
                    {"", fmt::format("'limit' is a number from 1 to {}", kLargestPage), "invalid_value", ""});
            query.limit = size.value_or(query.limit);
        } else if (const auto after = take_last(rest, "after")) {
            took_one = true;
            query.after = base::Uuid::parse(*after);
            if (!query.after)
                problems.push_back(
                    {"", "'after' is the uuid of the last node received", "invalid_value", ""});
        } else if (take_last(rest, "score")) {
            took_one = true;  // of the structure search; the order by name has no use for it
        }
    }
    if (rest.starts_with("q=")) {
        query.text = base::percent_decode(rest.substr(2));
        if (!query.text || !base::is_utf8(*query.text)) {
            problems.push_back({"", "'q' must be percent-encoded UTF-8", "invalid_value", ""});
        }
    } else if (!rest.empty()) {
        problems.push_back({"",
                            fmt::format("'{}' is not a parameter of a search (q, after, limit)",
                                        rest.substr(0, std::min(rest.find('='), std::size_t{40}))),
                            "unknown_parameter", ""});
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
