#include "http/message.hpp"

#include "base/encoding.hpp"
#include "base/secret.hpp"
#include "http/field_syntax.hpp"

namespace cript::http {

std::string_view text(Method method) {
    switch (method) {
        case Method::Get:
            return "GET";
        case Method::Head:
            return "HEAD";
        case Method::Post:
            return "POST";
        case Method::Put:
            return "PUT";
        case Method::Patch:
            return "PATCH";
        case Method::Delete:
            return "DELETE";
        case Method::Options:
            return "OPTIONS";
    }
    return "";
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (const auto& [field, value] : fields_) {
        if (base::equals_ignoring_case(field, name)) return value;
    }
    return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
    std::size_t found = 0;
    for (const auto& [field, value] : fields_) {
        if (base::equals_ignoring_case(field, name)) ++found;
    }
    return found;
}

void Headers::wipe(std::string_view name) {
    for (auto& [field, value] : fields_) {
        if (!base::equals_ignoring_case(field, name)) continue;
        base::wipe(value.data(), value.size());
        value.clear();
    }
}

void Headers::wipe() {
    for (auto& [field, value] : fields_) base::wipe(value.data(), value.size());
    fields_.clear();
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    for (const auto& [field, value] : headers.fields()) {
        if (!base::equals_ignoring_case(field, "cookie")) continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const std::string_view pair = trim_blanks(take_until(rest, ";"));
            if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
                return pair.substr(name.size() + 1);
            }
        }
    }
    return std::nullopt;
}

Response& Response::with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
}

}  // namespace cript::http
