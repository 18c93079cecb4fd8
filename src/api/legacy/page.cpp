#include "api/legacy/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/encoding.hpp"
#include "base/json_writer.hpp"

namespace cript::api::legacy {

namespace {

constexpr unsigned kLargestPage = 1'000;
constexpr std::uint64_t kLargestOffset = 1'000'000'000'000;  ///< behind the end of every list

template <class Number>
bool read_number(std::string_view text, Number& number) {
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    return status == std::errc{} && end == text.data() + text.size();
}

/// A form sends a plus for a blank (URL standard, "application/x-www-form-urlencoded").
std::string decoded(std::string_view text) {
    std::string spaced(text);
    std::ranges::replace(spaced, '+', ' ');
    return base::percent_decode(spaced).value_or(std::move(spaced));
}

std::string address(std::string_view url, const PageRequest& request, std::uint64_t offset) {
    auto out = fmt::format("{}?limit={}", url, request.limit);
    if (offset > 0) out.append(fmt::format("&offset={}", offset));
    for (const auto& [name, value] : request.others)
        out.append(fmt::format("&{}={}", base::percent_encode(name), base::percent_encode(value)));
    return out;
}

}  // namespace

base::Result<PageRequest> read_page_request(std::string_view raw_query) {
    PageRequest request;
    std::vector<base::Problem> problems;
    while (!raw_query.empty()) {
        const auto end = raw_query.find('&');
        const auto option = raw_query.substr(0, end);
        raw_query = end == std::string_view::npos ? std::string_view{} : raw_query.substr(end + 1);
        const auto equals = option.find('=');
        const auto name = option.substr(0, equals);
        const auto value = equals == std::string_view::npos ? std::string_view{} : option.substr(equals + 1);
        if (name.empty()) continue;
        if (name == "limit") {
            if (!read_number(value, request.limit) || request.limit == 0)
                problems.push_back({"", "limit is a number from 1", "invalid_value", ""});
        } else if (name == "offset") {
            if (!read_number(value, request.offset))
                problems.push_back({"", "offset is a number from 0", "invalid_value", ""});
        } else {
            request.others.emplace_back(decoded(name), decoded(value));
        }
    }
    request.limit = std::min(request.limit, kLargestPage);
    request.offset = std::min(request.offset, kLargestOffset);
    if (problems.empty()) return request;
    auto message = problems.front().message;
    return base::fail({base::ErrorKind::InvalidInput, std::move(message), std::move(problems)});
}

std::string page_json(const PageRequest& request, std::string_view url, std::uint64_t count,
                      const std::vector<std::string>& results) {
    std::string out;
    base::JsonWriter json(out);
    json.begin_object().member("count", count).key("next");
    if (request.offset + request.limit < count) {
        json.value(std::string_view(address(url, request, request.offset + request.limit)));
    } else {
        json.null();
    }
    json.key("previous");
    if (request.offset > 0) {
        const auto before = request.offset > request.limit ? request.offset - request.limit : 0;
        json.value(std::string_view(address(url, request, before)));
    } else {
        json.null();
    }
    json.key("results").begin_array();
    for (const auto& result : results) json.raw(result);
    json.end_array().end_object();
    return out;
}

}  // namespace cript::api::legacy
