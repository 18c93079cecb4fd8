#include "api/v1/query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <vector>

#include "base/encoding.hpp"
#include "base/json_reader.hpp"

namespace cript::api::v1 {

namespace {

using base::ErrorKind;
using base::Problem;

constexpr unsigned kLargestPage = 100;
constexpr std::size_t kLongestSearch = std::size_t{64} << 10U;

base::Error wrong(std::vector<Problem> problems) {
    auto message = problems.front().message;
    return {ErrorKind::InvalidInput, std::move(message), std::move(problems)};
}

Problem invalid(std::string pointer, std::string message) {
    return {std::move(pointer), std::move(message), "invalid_value", ""};
}

template <class Number>
std::optional<Number> read_number(std::string_view text) {
    Number number{};
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (status != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// Takes one option into a query. False if the name is that of no option; what is wrong with its value is a
/// problem.
bool take_option(SearchQuery& query, std::string_view name, std::string_view value,
                 std::vector<Problem>& problems) {
    if (name == "limit") {
        const auto limit = read_number<unsigned>(value);
        if (!limit || *limit < 1 || *limit > kLargestPage) {
            problems.push_back(invalid("", fmt::format("'limit' is a number from 1 to {}", kLargestPage)));
        } else {
            query.limit = *limit;
        }
    } else if (name == "after") {
        query.after = base::Uuid::parse(value);
        if (!query.after) problems.push_back(invalid("", "'after' is the uuid of the last node received"));
    } else if (name == "score") {
        query.score = read_number<double>(value);
        if (!query.score || !std::isfinite(*query.score))
            problems.push_back(invalid("", "'score' is the score of the last node received"));
    } else if (name == "page" && value == "0") {
        // SDK 2.0 to 2.3 ask for a first page by number; all others go on with `after`.
    } else if (name == "field") {
        query.field = model::field_named(value);
        if (!query.field)
            problems.push_back(
                invalid("", fmt::format("'{}' is not the name of a field", value.substr(0, 80))));
    } else {
        return false;
    }
    return true;
}

struct Option {
    std::string_view name;
    std::string_view value;
    std::string_view rest;  ///< of the query without it
};

Option option_of(std::string_view pair, std::string_view rest) {
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) return {pair, {}, rest};
    return {pair.substr(0, equals), pair.substr(equals + 1), rest};
}

/// `name=value` up to the first `&`.
Option first_option(std::string_view query) {
    const auto ampersand = query.find('&');
    if (ampersand == std::string_view::npos) return option_of(query, {});
    return option_of(query.substr(0, ampersand), query.substr(ampersand + 1));
}

/// `name=value` behind the last `&`.
Option last_option(std::string_view query) {
    const auto ampersand = query.rfind('&');
    if (ampersand == std::string_view::npos) return {};
    return option_of(query.substr(ampersand + 1), query.substr(0, ampersand));
}

/// Is it an option, where it might as well be the end of the text that is looked for?
bool looks_meant(const Option& option) {
    constexpr std::size_t kUuidLength = 36;
    const auto is_of = [&option](std::string_view characters) {
        return !option.value.empty() && option.value.find_first_not_of(characters) == std::string_view::npos;
    };
    if (option.name == "after") return option.value.size() == kUuidLength;
    if (option.name == "field") return model::field_named(option.value).has_value();
    if (option.name == "limit") return is_of("0123456789");
    if (option.name == "page") return option.value == "0";
    return option.name == "score" && is_of("0123456789+-.eE");
}

/// One option of two values.
struct Flag {
    std::string_view on;
    std::string_view off;
    bool* value;
};

base::Result<void> read_flags(std::string_view rest, std::initializer_list<Flag> flags,
                              std::string_view known) {
    std::vector<Problem> problems;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto pair = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const auto* flag =
            std::ranges::find_if(flags, [pair](const Flag& it) { return pair == it.on || pair == it.off; });
        if (flag != flags.end()) {
            *flag->value = pair == flag->on;
        } else {
            problems.push_back({"", fmt::format("'{}' is not an option here ({})", pair.substr(0, 80), known),
                                "unknown_parameter", ""});
        }
    }
    if (!problems.empty()) return base::fail(wrong(std::move(problems)));
    return {};
}

}  // namespace

base::Result<SearchQuery> read_search_query(std::string_view rest) {
    SearchQuery query;
    std::vector<Problem> problems;
    while (!rest.empty() && !rest.starts_with("q=")) {
        const auto option = first_option(rest);
        if (!take_option(query, option.name, option.value, problems)) {
            problems.push_back(
                {"",
                 fmt::format("'{}' is not a parameter of a search (q, field, after, score, limit)",
                             option.name.substr(0, 40)),
                 "unknown_parameter", ""});
        }
        rest = option.rest;
    }
    if (!rest.empty()) {
        for (auto option = last_option(rest);
             looks_meant(option) && take_option(query, option.name, option.value, problems);
             option = last_option(rest)) {
            rest = option.rest;
        }
        query.text = base::percent_decode(rest.substr(2));
        if (!query.text || !base::is_utf8(*query.text))
            problems.push_back(invalid("", "'q' must be percent-encoded UTF-8"));
    }
    if (!problems.empty()) return base::fail(wrong(std::move(problems)));
    return query;
}

base::Result<SearchQuery> read_child_query(std::string_view rest) {
    SearchQuery query;
    std::vector<Problem> problems;
    while (!rest.empty()) {
        const auto option = first_option(rest);
        rest = option.rest;
        if (option.name == "page") {
            const auto page = read_number<std::uint64_t>(option.value);
            if (!page) problems.push_back(invalid("", "'page' is a number from 0"));
            query.page = page.value_or(0);
        } else if (option.name != "limit" || !take_option(query, option.name, option.value, problems)) {
            problems.push_back({"",
                                fmt::format("'{}' is not a parameter of a list of children (page, limit)",
                                            option.name.substr(0, 40)),
                                "unknown_parameter", ""});
        }
    }
    if (!problems.empty()) return base::fail(wrong(std::move(problems)));
    return query;
}

base::Result<SearchQuery> read_search_body(std::string_view json) {
    auto document = base::JsonDocument::parse(json, {.bytes = kLongestSearch, .depth = 8});
    CRIPT_CHECK(document);
    simdjson::dom::object members;
    if (document->root().get(members) != simdjson::SUCCESS)
        return base::fail(wrong({invalid("", "the body of a search is a JSON object")}));
    SearchQuery query;
    std::vector<Problem> problems;
    for (const auto [key, value] : members) {
        if (value.is_null()) continue;
        std::string pointer;
        base::append_pointer(pointer, key);
        std::string_view text;
        const bool is_text = value.get(text) == simdjson::SUCCESS;
        if (key == "q") {
            if (is_text) query.text = text;
            if (!is_text) problems.push_back(invalid(pointer, "'q' must be text"));
        } else if (key == "exact" || key == "case_sensitive") {
            auto& flag = key == "exact" ? query.is_whole : query.is_case_sensitive;
            if (value.get(flag) != simdjson::SUCCESS)
                problems.push_back(invalid(pointer, fmt::format("'{}' must be true or false", key)));
        } else {
            std::string number;
            if (!is_text) base::append_json(number, value);
            const auto known = problems.size();
            if (!take_option(query, key, is_text ? text : std::string_view(number), problems)) {
                problems.push_back(
                    {"", fmt::format("'{}' is not a member of a search", key), "unknown_field", ""});
            }
            for (auto at = known; at < problems.size(); ++at) problems[at].pointer = pointer;
        }
    }
    if (!query.text) problems.push_back({"", "'q' is a required property", "missing_field", "q"});
    if (!problems.empty()) return base::fail(wrong(std::move(problems)));
    return query;
}

base::Result<NodeQuery> read_node_query(std::string_view raw_query) {
    NodeQuery query;
    auto read = read_flags(raw_query,
                           {{"dry_run=true", "dry_run=false", &query.dry_run},
                            {"lists=replace", "lists=unite", &query.replace_lists}},
                           "dry_run=true|false, lists=replace|unite");
    CRIPT_CHECK(read);
    return query;
}

base::Result<DeleteQuery> read_delete_query(std::string_view raw_query) {
    DeleteQuery query;
    auto read = read_flags(raw_query,
                           {{"dry_run=true", "dry_run=false", &query.dry_run},
                            {"cascade=true", "cascade=false", &query.cascade},
                            {"shared=true", "shared=false", &query.shared}},
                           "dry_run, cascade and shared, each true or false");
    CRIPT_CHECK(read);
    return query;
}

}  // namespace cript::api::v1
