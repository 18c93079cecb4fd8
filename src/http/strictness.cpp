#include "http/strictness.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "base/encoding.hpp"
#include "http/field_syntax.hpp"

namespace cript::http {

namespace {

constexpr bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The bytes of a table of 256, true for those that `accepts`.
template <class Predicate>
constexpr std::array<bool, 256> table_of(Predicate accepts) {
    std::array<bool, 256> table{};
    for (std::size_t byte = 0; byte < table.size(); ++byte) table[byte] = accepts(static_cast<char>(byte));
    return table;
}

/// RFC 9110 §5.6.2.
constexpr auto kToken = table_of([](char c) {
    return is_alphanumeric(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
});
/// RFC 9110 §5.5: visible characters, blank, tab, and bytes above ASCII.
constexpr auto kFieldValue = table_of([](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
});
constexpr auto kVisible = table_of([](char c) { return c > 0x20 && c < 0x7f; });
/// RFC 3986 §3.2.2 and §3.2.3: registered name, address in brackets, port.
constexpr auto kHost = table_of([](char c) {
    return is_alphanumeric(c) || std::string_view("-._~!$&'()*+,;=%[]:").find(c) != std::string_view::npos;
});

bool all(const std::array<bool, 256>& table, std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [&](char c) { return table[static_cast<unsigned char>(c)]; });
}

bool is_plain_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

bool is_known_method(std::string_view method) {
    constexpr std::array<std::string_view, 7> kMethods{"GET",   "HEAD",   "POST",   "PUT",
                                                       "PATCH", "DELETE", "OPTIONS"};
    return std::find(kMethods.begin(), kMethods.end(), method) != kMethods.end();
}

enum class Version { Http10, Http11 };

tl::expected<Version, Rejection> check_version(std::string_view text) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool shaped = text.size() == 8 && text.substr(0, 5) == "HTTP/" && digit(text[5]) &&
                        text[6] == '.' && digit(text[7]);
    if (!shaped) return tl::unexpected(Rejection{400, "The request line does not end in an HTTP version."});
    if (text == "HTTP/1.1") return Version::Http11;
    if (text == "HTTP/1.0") return Version::Http10;
    return tl::unexpected(Rejection{505, "Only HTTP/1.1 and HTTP/1.0 are spoken here."});
}

tl::expected<Version, Rejection> check_request_line(std::string_view line) {
    const std::string_view method = take_until(line, " ");
    if (method.empty() || !all(kToken, method)) {
        return tl::unexpected(Rejection{400, "The request does not begin with a method."});
    }
    const std::string_view target = take_until(line, " ");
    if (target.empty() || !all(kVisible, target)) {
        return tl::unexpected(
            Rejection{400, "The request target is missing or holds a character it may not hold."});
    }
    auto version = check_version(line);
    if (!version) return version;
    if (target.size() > kTargetLimit)
        return tl::unexpected(Rejection{414, "The request target is too long."});
    if (!is_known_method(method)) return tl::unexpected(Rejection{501, "This method is not supported."});
    return version;
}

/// Looks at one field after the other, then at what they are together.
class FieldChecker {
  public:
    explicit FieldChecker(Version version) : version_(version) {}

    std::optional<Rejection> check_field(std::string_view line) {
        if (++fields_ > kFieldLimit) return Rejection{431, "The request has too many header fields."};
        if (line.front() == ' ' || line.front() == '\t') return Rejection{400, "A header line is folded."};
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return Rejection{400, "A header line has no colon."};
        const std::string_view name = line.substr(0, colon);
        if (name.empty() || !all(kToken, name)) return Rejection{400, "A header field has a malformed name."};
        const std::string_view value = trim_blanks(line.substr(colon + 1));
        if (!all(kFieldValue, value)) return Rejection{400, "A header field holds a control character."};
        return check_meaning(name, value);
    }

    [[nodiscard]] std::optional<Rejection> check_together() const {
        if (version_ == Version::Http11 && hosts_ == 0)
            return Rejection{400, "The request has no Host field."};
        if (codings_ > 0 && lengths_ > 0) {
            return Rejection{400, "Transfer-Encoding and Content-Length exclude each other."};
        }
        if (codings_ > 0 && version_ == Version::Http10) {
            return Rejection{400, "HTTP/1.0 has no Transfer-Encoding."};
        }
        if (foreign_coding_) return Rejection{501, "The only transfer coding supported is chunked."};
        return std::nullopt;
    }

  private:
    std::optional<Rejection> check_meaning(std::string_view name, std::string_view value) {
        if (base::equals_ignoring_case(name, "host")) return check_host(value);
        if (base::equals_ignoring_case(name, "content-length")) return check_length(value);
        if (base::equals_ignoring_case(name, "transfer-encoding")) return check_coding(value);
        if (base::equals_ignoring_case(name, "expect")) return check_expectation(value);
        return std::nullopt;
    }
    std::optional<Rejection> check_host(std::string_view value) {
        if (++hosts_ > 1) return Rejection{400, "The request has more than one Host field."};
        if (value.empty() || !all(kHost, value)) return Rejection{400, "The Host field is malformed."};
        return std::nullopt;
    }
    std::optional<Rejection> check_length(std::string_view value) {
        if (++lengths_ > 1) return Rejection{400, "The request has more than one Content-Length field."};
        if (!is_plain_number(value))
            return Rejection{400, "The Content-Length field is not a number of bytes."};
        return std::nullopt;
    }
    std::optional<Rejection> check_coding(std::string_view value) {
        if (++codings_ > 1) return Rejection{400, "The request has more than one Transfer-Encoding field."};
        foreign_coding_ = !base::equals_ignoring_case(value, "chunked");
        return std::nullopt;
    }
    static std::optional<Rejection> check_expectation(std::string_view value) {
        if (base::equals_ignoring_case(value, "100-continue")) return std::nullopt;
        return Rejection{417, "The only expectation that can be met is 100-continue."};
    }

    Version version_;
    std::size_t fields_ = 0;
    unsigned hosts_ = 0;
    unsigned lengths_ = 0;
    unsigned codings_ = 0;
    bool foreign_coding_ = false;
};

}  // namespace

tl::expected<std::size_t, Rejection> find_header_end(std::string_view bytes, std::size_t scanned) {
    for (auto at = bytes.find('\n', scanned); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
        if (at == 0 || bytes[at - 1] != '\r') {
            return tl::unexpected(Rejection{400, "A header line does not end in CR LF."});
        }
        const bool blank = at == 1 || bytes[at - 2] == '\n';
        if (blank) return at + 1;
    }
    return 0;
}

std::optional<Rejection> check_header(std::string_view header) {
    constexpr std::string_view kLineEnd = "\r\n";
    const auto version = check_request_line(take_until(header, kLineEnd));
    if (!version) return version.error();
    FieldChecker fields(*version);
    for (auto line = take_until(header, kLineEnd); !line.empty(); line = take_until(header, kLineEnd)) {
        if (auto rejection = fields.check_field(line)) return rejection;
    }
    return fields.check_together();
}

}  // namespace cript::http
