#include "service/storage_credentials.hpp"

#include <fmt/format.h>

#include <charconv>
#include <vector>

#include "base/random.hpp"
#include "service/credential_state.hpp"

namespace cript::service {

namespace {

using base::ErrorKind;
using base::fail;

/// What a session token says: `2.KEY_VERSION.KIND.CREDENTIAL.ACCOUNT.EXPIRES.NONCE.PARENT.MAC`, the MAC over
/// all before it. PARENT is a fingerprint of the credential itself: a number alone may be given again, by a
/// database that gives the highest free one, or after the restoration of a backup.
struct Grant {
    std::uint32_t key_version = 0;
    account::Credential kind{};
    std::int64_t credential = 0;
    std::int64_t account = 0;
    base::Timestamp expires;
    std::string_view parent;
};

constexpr std::size_t kFields = 9;
constexpr std::string_view kForm = "2";

base::Error refused(std::string_view code) {
    const auto* text = code == StorageCredentials::kExpired ? "these storage credentials have expired"
                                                            : "these storage credentials are not valid";
    base::Error error{ErrorKind::Unauthenticated, text, {}};
    error.problems.push_back({"", error.message, std::string(code), ""});
    return error;
}

/// One purpose, one label: no MAC serves in the place of another.
crypto::Digest mac(const crypto::RingKeys& keys, std::string_view label, std::string_view text) {
    return keys.pepper.sign(base::as_bytes(fmt::format("storage credentials: {}: {}", label, text)));
}

std::string access_key_of(std::string_view session_token) {
    const auto digest = crypto::sha256(base::as_bytes(session_token));
    std::string key = "ASIA";
    for (const char c : base::to_hex(base::ByteView(digest).first(8))) {
        key.push_back(c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    return key;
}

base::SecretText secret_of(const crypto::RingKeys& keys, std::string_view session_token) {
    return base::SecretText::take(base::to_base64url(mac(keys, "secret", session_token)));
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    return !text.empty() && status == std::errc{} && end == text.data() + text.size();
}

std::optional<Grant> read_grant(std::string_view token) {
    std::vector<std::string_view> fields;
    for (std::string_view rest = token;;) {
        const auto dot = rest.find('.');
        fields.push_back(rest.substr(0, dot));
        if (dot == std::string_view::npos || fields.size() > kFields) break;
        rest.remove_prefix(dot + 1);
    }
    if (fields.size() != kFields || fields[0] != kForm) return std::nullopt;
    Grant grant;
    unsigned kind = 0;
    const bool is_readable = read_number(fields[1], grant.key_version) && read_number(fields[2], kind) &&
                             read_number(fields[3], grant.credential) &&
                             read_number(fields[4], grant.account) &&
                             read_number(fields[5], grant.expires.microseconds) && kind <= 1;
    if (!is_readable) return std::nullopt;
    grant.kind = static_cast<account::Credential>(kind);
    grant.parent = fields[7];
    return grant;
}

std::string fingerprint_of(const crypto::RingKeys& keys, const crypto::Digest& digest) {
    const auto whole = mac(keys, "parent", base::to_hex(digest));
    return base::to_base64url(base::ByteView(whole).first(16));
}

}  // namespace

base::Result<StorageKeys> StorageCredentials::derive(const account::Caller& caller,
                                                     std::chrono::microseconds life) const {
    const auto& keys = context_.keys.active();
    const auto now = context_.clock.now();
    auto parent = read<std::optional<LiveCredential>>(context_.store, [&](store::Reader& reader) {
        return find_live_credential(reader, caller.credential, caller.credential_id, caller.account, now);
    });
    CRIPT_CHECK(parent);
    if (!*parent) return fail(refused(kUnknown));
    StorageKeys made;
    made.expires = now.plus(life);
    std::array<std::uint8_t, 9> nonce{};
    base::fill_random(nonce);
    made.session_token =
        fmt::format("{}.{}.{}.{}.{}.{}.{}.{}", kForm, keys.version, static_cast<unsigned>(caller.credential),
                    caller.credential_id, caller.account, made.expires.microseconds,
                    base::to_base64url(nonce), fingerprint_of(keys, (*parent)->digest));
    const auto proof = base::to_base64url(mac(keys, "token", made.session_token));
    made.session_token.append(".").append(proof);
    made.access_key = access_key_of(made.session_token);
    made.secret = secret_of(keys, made.session_token);
    return made;
}

base::Result<StorageCaller> StorageCredentials::check(std::string_view access_key,
                                                      std::string_view session_token,
                                                      base::Timestamp begun) const {
    const auto grant = read_grant(session_token);
    const auto* keys = grant ? context_.keys.find(grant->key_version) : nullptr;
    if (keys == nullptr) return fail(refused(kUnknown));
    const auto last = session_token.rfind('.');
    const auto expected = base::to_base64url(mac(*keys, "token", session_token.substr(0, last)));
    const auto claimed = session_token.substr(last + 1);
    if (!crypto::equal_in_constant_time(base::as_bytes(expected), base::as_bytes(claimed)) ||
        access_key != access_key_of(session_token)) {
        return fail(refused(kUnknown));
    }
    const auto now = context_.clock.now();
    if (begun > grant->expires) return fail(refused(kExpired));
    return read<StorageCaller>(context_.store, [&](store::Reader& reader) -> base::Result<StorageCaller> {
        auto parent = find_live_credential(reader, grant->kind, grant->credential, grant->account, now);
        CRIPT_CHECK(parent);
        if (!*parent || fingerprint_of(*keys, (*parent)->digest) != grant->parent)
            return fail(refused(kUnknown));
        account::Caller caller;
        caller.account = grant->account;
        caller.uuid = (*parent)->account.uuid;
        caller.is_admin = (*parent)->account.is_admin;
        caller.credential = grant->kind;
        caller.credential_id = grant->credential;
        return StorageCaller{caller, secret_of(*keys, session_token)};
    });
}

}  // namespace cript::service
