#include "api/json_body.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cript::api {

namespace dom = simdjson::dom;

base::Result<JsonBody> JsonBody::read(std::string_view body, std::vector<std::string_view> members) {
    auto document = base::JsonDocument::parse(body, {.bytes = 64 * 1024, .depth = 8});
    CRIPT_CHECK(document);
    const auto wanted = fmt::format("{}", fmt::join(members, ", "));
    std::vector<base::Problem> problems;
    if (!document->root().is_object()) {
        problems.push_back(
            {"", fmt::format("the body must be a JSON object with {}", wanted), "wrong_type", ""});
    } else {
        std::vector<std::string_view> seen;
        for (const auto [key, value] : dom::object(document->root())) {
            std::string pointer;
            base::append_pointer(pointer, key);
            if (std::find(members.begin(), members.end(), key) == members.end()) {
                problems.push_back(
                    {pointer, fmt::format("'{}' is not one of {}", key, wanted), "unknown_field", ""});
            } else if (std::find(seen.begin(), seen.end(), key) != seen.end()) {
                problems.push_back({pointer, fmt::format("'{}' stands twice", key), "duplicate_field", ""});
            } else if (!value.is_string()) {
                problems.push_back({pointer, fmt::format("'{}' must be text", key), "wrong_type", ""});
            }
            seen.push_back(key);
        }
        for (const auto member : members) {
            if (std::find(seen.begin(), seen.end(), member) == seen.end()) {
                problems.push_back({"", fmt::format("'{}' is a required property", member), "missing_field",
                                    std::string(member)});
            }
        }
    }
    if (problems.empty()) return JsonBody(std::move(*document));
    auto message = problems.front().message;
    return base::fail({base::ErrorKind::InvalidInput, std::move(message), std::move(problems)});
}

std::string_view JsonBody::view(std::string_view member) const {
    return std::string_view(dom::object(document_.root())[member]);
}

std::string JsonBody::text(std::string_view member) const {
    return std::string(view(member));
}

base::SecretText JsonBody::secret(std::string_view member) const {
    return base::SecretText(view(member));
}

}  // namespace cript::api
