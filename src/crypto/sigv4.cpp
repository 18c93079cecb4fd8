#include "crypto/sigv4.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include "base/secret.hpp"

namespace cript::crypto::sigv4 {

namespace {

using base::ErrorKind;
using base::fail;

constexpr std::string_view kTerminator = "aws4_request";
/// A signed URL is good for a week at most.
constexpr std::int64_t kLongestExpiry = 604'800;

Digest hmac(base::ByteView key, std::string_view message) {
    return HmacKey(key).sign(base::as_bytes(message));
}

bool is_hex_digest(std::string_view text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

bool all_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number(std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (true) {
        const auto at = text.find(separator);
        parts.emplace_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

/// Blanks around the value go; a run of blanks inside it becomes one.
std::string folded(std::string_view value) {
    std::string out;
    bool blank = false;
    for (const char c : value) {
        if (c == ' ' || c == '\t') {
            blank = !out.empty();
            continue;
        }
        if (blank) out.push_back(' ');
        blank = false;
        out.push_back(c);
    }
    return out;
}

/// Names in lower case with their values, sorted by name; the values of one name keep their order.
Pairs sorted_headers(const Pairs& headers) {
    Pairs sorted;
    for (const auto& [name, value] : headers) sorted.emplace_back(base::ascii_lower(name), folded(value));
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& left, const auto& right) { return left.first < right.first; });
    return sorted;
}

void append_headers(std::string& out, const Pairs& headers) {
    std::string_view last;
    for (const auto& [name, value] : headers) {
        if (name == last) {
            out.back() = ',';  // instead of the line's end
            out.append(value).append("\n");
        } else {
            out.append(name).append(":").append(value).append("\n");
        }
        last = name;
    }
}

std::string joined_names(const Pairs& sorted) {
    std::string out;
    std::string_view last;
    for (const auto& [name, value] : sorted) {
        if (name == last) continue;
        if (!out.empty()) out.push_back(';');
        out.append(name);
        last = name;
    }
    return out;
}

base::Result<void> read_credential(std::string_view text, Claim& claim) {
    const auto parts = split(text, '/');
    const bool is_whole = parts.size() == 5 && !parts[0].empty() && parts[1].size() == 8 &&
                          all_digits(parts[1]) && !parts[2].empty() && !parts[3].empty();
    if (!is_whole || parts[4] != kTerminator) {
        return fail(ErrorKind::InvalidInput,
                    "the credential is not KEY/YYYYMMDD/REGION/SERVICE/aws4_request");
    }
    claim.access_key = parts[0];
    claim.scope = {parts[1], parts[2], parts[3]};
    return {};
}

base::Result<void> read_rest(std::string_view names, std::string_view signature, Claim& claim) {
    claim.signed_headers = split(names, ';');
    const auto& signed_headers = claim.signed_headers;
    if (std::find(signed_headers.begin(), signed_headers.end(), "host") == signed_headers.end()) {
        return fail(ErrorKind::InvalidInput, "the header 'host' must be signed");
    }
    if (!std::is_sorted(signed_headers.begin(), signed_headers.end()) ||
        std::adjacent_find(signed_headers.begin(), signed_headers.end()) != signed_headers.end()) {
        return fail(ErrorKind::InvalidInput, "the names of the signed headers must be sorted, each once");
    }
    if (!is_hex_digest(signature)) {
        return fail(ErrorKind::InvalidInput, "the signature is not 64 lower-case hexadecimal digits");
    }
    if (!read_date(claim.date)) {
        return fail(ErrorKind::InvalidInput, "X-Amz-Date is not of the form 20130524T000000Z");
    }
    if (!std::string_view(claim.date).starts_with(claim.scope.date)) {
        return fail(ErrorKind::InvalidInput, "the credential is of another day than X-Amz-Date");
    }
    claim.signature = signature;
    return {};
}

}  // namespace

std::string Scope::text() const {
    return fmt::format("{}/{}/{}/{}", date, region, service, kTerminator);
}

std::string date_text(base::Timestamp time) {
    std::string text;
    for (const char c : time.text().substr(0, 19)) {  // 2013-05-24T00:00:00
        if (c != '-' && c != ':') text.push_back(c);
    }
    return text.append("Z");
}

std::optional<base::Timestamp> read_date(std::string_view text) {
    const bool has_form = text.size() == 16 && text[8] == 'T' && text[15] == 'Z' &&
                          all_digits(text.substr(0, 8)) && all_digits(text.substr(9, 6));
    if (!has_form) return std::nullopt;
    const std::chrono::year_month_day day{
        std::chrono::year(number(text.substr(0, 4))),
        std::chrono::month(static_cast<unsigned>(number(text.substr(4, 2)))),
        std::chrono::day(static_cast<unsigned>(number(text.substr(6, 2))))};
    const int hour = number(text.substr(9, 2));
    const int minute = number(text.substr(11, 2));
    const int second = number(text.substr(13, 2));
    if (!day.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    const auto instant = std::chrono::sys_days(day) + std::chrono::hours(hour) +
                         std::chrono::minutes(minute) + std::chrono::seconds(second);
    return base::Timestamp{
        std::chrono::duration_cast<std::chrono::microseconds>(instant.time_since_epoch()).count()};
}

std::string encoded_path(std::string_view path) {
    std::string out;
    while (true) {
        const auto at = path.find('/');
        out.append(base::percent_encode(path.substr(0, at)));
        if (at == std::string_view::npos) return out;
        out.push_back('/');
        path.remove_prefix(at + 1);
    }
}

std::string encoded_query(const Pairs& query) {
    Pairs encoded;
    for (const auto& [name, value] : query) {
        encoded.emplace_back(base::percent_encode(name), base::percent_encode(value));
    }
    std::sort(encoded.begin(), encoded.end());
    std::string out;
    for (const auto& [name, value] : encoded) {
        if (!out.empty()) out.push_back('&');
        out.append(name).append("=").append(value);
    }
    return out;
}

HmacKey signing_key(std::string_view secret, const Scope& scope) {
    std::string first = "AWS4";
    first.append(secret);
    const auto by_date = hmac(base::as_bytes(first), scope.date);
    base::wipe(first.data(), first.size());
    const auto by_region = hmac(by_date, scope.region);
    const auto by_service = hmac(by_region, scope.service);
    return HmacKey(hmac(by_service, kTerminator));
}

std::string signed_header_names(const Pairs& headers) {
    return joined_names(sorted_headers(headers));
}

std::string canonical_request(const RequestToSign& request) {
    const auto headers = sorted_headers(request.headers);
    std::string out(request.method);
    out.append("\n").append(encoded_path(request.path)).append("\n");
    out.append(encoded_query(request.query)).append("\n");
    append_headers(out, headers);
    out.append("\n").append(joined_names(headers)).append("\n").append(request.payload_hash);
    return out;
}

std::string string_to_sign(std::string_view date, const Scope& scope, std::string_view canonical) {
    return fmt::format("{}\n{}\n{}\n{}", kAlgorithm, date, scope.text(),
                       base::to_hex(sha256(base::as_bytes(canonical))));
}

std::string signature(const HmacKey& key, std::string_view string_to_sign) {
    return base::to_hex(key.sign(base::as_bytes(string_to_sign)));
}

std::string authorization(std::string_view access_key, std::string_view secret, const Scope& scope,
                          std::string_view date, const RequestToSign& request) {
    const auto text = string_to_sign(date, scope, canonical_request(request));
    return fmt::format("{} Credential={}/{}, SignedHeaders={}, Signature={}", kAlgorithm, access_key,
                       scope.text(), signed_header_names(request.headers),
                       signature(signing_key(secret, scope), text));
}

base::Result<Claim> read_authorization(std::string_view header, std::string_view date) {
    if (!header.starts_with(kAlgorithm) || header.size() == kAlgorithm.size() ||
        header[kAlgorithm.size()] != ' ') {
        return fail(ErrorKind::InvalidInput, fmt::format("Authorization does not begin with {}", kAlgorithm));
    }
    header.remove_prefix(kAlgorithm.size() + 1);
    std::optional<std::string> credential;
    std::optional<std::string> names;
    std::optional<std::string> signature;
    for (const auto& part : split(header, ',')) {
        const std::string trimmed = folded(part);
        const auto equals = trimmed.find('=');
        const auto name = std::string_view(trimmed).substr(0, equals);
        auto* place = name == "Credential"      ? &credential
                      : name == "SignedHeaders" ? &names
                      : name == "Signature"     ? &signature
                                                : nullptr;
        if (place == nullptr || equals == std::string::npos || place->has_value()) {
            return fail(ErrorKind::InvalidInput,
                        "Authorization holds something else than one Credential, one SignedHeaders and one "
                        "Signature");
        }
        place->emplace(trimmed.substr(equals + 1));
    }
    if (!credential || !names || !signature) {
        return fail(ErrorKind::InvalidInput, "Authorization needs Credential, SignedHeaders and Signature");
    }
    Claim claim;
    claim.date = date;
    CRIPT_CHECK(read_credential(*credential, claim));
    CRIPT_CHECK(read_rest(*names, *signature, claim));
    return claim;
}

base::Result<Claim> read_signed_query(const Pairs& query) {
    const auto find = [&query](std::string_view wanted) -> base::Result<std::string> {
        const std::string* found = nullptr;
        for (const auto& [name, value] : query) {
            if (name != wanted) continue;
            if (found != nullptr)
                return fail(ErrorKind::InvalidInput, fmt::format("{} stands twice", wanted));
            found = &value;
        }
        if (found == nullptr) return fail(ErrorKind::InvalidInput, fmt::format("{} is missing", wanted));
        return *found;
    };
    std::vector<std::string> values;
    for (const auto* name : {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires",
                             "X-Amz-SignedHeaders", "X-Amz-Signature"}) {
        auto value = find(name);
        CRIPT_CHECK(value);
        values.push_back(std::move(*value));
    }
    if (values[0] != kAlgorithm) {
        return fail(ErrorKind::InvalidInput, fmt::format("X-Amz-Algorithm is not {}", kAlgorithm));
    }
    Claim claim;
    claim.in_query = true;
    claim.date = values[2];
    const auto& expires = values[3];
    if (expires.size() > 6 || !all_digits(expires) || number(expires) < 1 ||
        number(expires) > kLongestExpiry) {
        return fail(ErrorKind::InvalidInput, "X-Amz-Expires is not a number of seconds from 1 to 604800");
    }
    claim.expires = number(expires);
    CRIPT_CHECK(read_credential(values[1], claim));
    CRIPT_CHECK(read_rest(values[4], values[5], claim));
    return claim;
}

bool verify(const Claim& claim, std::string_view secret, const RequestToSign& request) {
    const auto text = string_to_sign(claim.date, claim.scope, canonical_request(request));
    const auto expected = signature(signing_key(secret, claim.scope), text);
    return equal_in_constant_time(base::as_bytes(expected), base::as_bytes(claim.signature));
}

std::optional<Pairs> read_query(std::string_view raw_query) {
    Pairs query;
    while (!raw_query.empty()) {
        const auto end = raw_query.find('&');
        const auto part = raw_query.substr(0, end);
        raw_query.remove_prefix(end == std::string_view::npos ? raw_query.size() : end + 1);
        if (part.empty()) continue;
        const auto equals = part.find('=');
        auto name = base::percent_decode(part.substr(0, equals));
        auto value = equals == std::string_view::npos ? std::optional<std::string>("")
                                                      : base::percent_decode(part.substr(equals + 1));
        if (!name || !value) return std::nullopt;
        query.emplace_back(std::move(*name), std::move(*value));
    }
    return query;
}

}  // namespace cript::crypto::sigv4
