#include "http/request_target.hpp"

#include <algorithm>

#include "base/encoding.hpp"

namespace cript::http {

namespace {

/// pchar or '/', and the '%' of an escape (RFC 3986 §3.3).
bool may_stand_in_path(char c) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
    return std::string_view("/-._~!$&'()*+,;=:@%").find(c) != std::string_view::npos;
}

bool may_stand_in_query(char c) {
    return c > 0x20 && c < 0x7f && c != '#';
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

bool has_dot_segment(std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::string_view segment = path.substr(0, path.find('/'));
        if (segment == "." || segment == "..") return true;
        path.remove_prefix(segment.size());
    }
    return false;
}

}  // namespace

tl::expected<RequestTarget, Rejection> parse_target(std::string_view target) {
    const auto refuse = [](std::string_view why) { return tl::unexpected(Rejection{400, why}); };
    if (target.empty() || target.front() != '/')
        return refuse("The request target does not begin with a slash.");
    const auto mark = target.find('?');
    const std::string_view path = target.substr(0, mark);
    const std::string_view query =
        mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
    if (!std::all_of(path.begin(), path.end(), may_stand_in_path)) {
        return refuse("The path holds a character that has to be percent-encoded.");
    }
    if (!std::all_of(query.begin(), query.end(), may_stand_in_query)) {
        return refuse("The query holds a character that has to be percent-encoded.");
    }
    auto decoded = base::percent_decode(path);
    if (!decoded) return refuse("A percent sign in the path is not followed by two hexadecimal digits.");
    if (std::any_of(decoded->begin(), decoded->end(), is_control)) {
        return refuse("The path holds a control character.");
    }
    if (!base::is_utf8(*decoded)) return refuse("The path is not valid UTF-8.");
    if (has_dot_segment(*decoded)) return refuse("The path holds a segment of dots.");
    return RequestTarget{std::move(*decoded), query};
}

}  // namespace cript::http
