#include "service/token_check.hpp"

#include <algorithm>
#include <cstring>

#include "account/session.hpp"
#include "account/token.hpp"

namespace cript::service {

namespace {
constexpr std::size_t kMostHits = 20'000;
constexpr std::size_t kMostMisses = 20'000;
constexpr std::size_t kMostAddresses = 16;  ///< of one token, written down in one span

base::Error refused() {
    return {base::ErrorKind::Unauthenticated, "a valid API token is needed", {}};
}
}  // namespace

std::size_t TokenCheck::DigestHash::operator()(const crypto::Digest& digest) const noexcept {
    std::size_t hash = 0;  // the digest is keyed: its bytes are as good as random to everyone outside
    std::memcpy(&hash, digest.data(), sizeof(hash));
    return hash;
}

base::Result<account::Caller> TokenCheck::check(std::string_view secret, const Origin& origin) {
    const auto now = context_.clock.now();
    const auto digest = account::token_digest(context_.keys.active(), secret);
    auto answer = recall(digest, origin.address, now);  // the way of nearly every request
    if (!answer) {
        const auto generation = generation_.load();
        auto known = look_up(secret, digest, now);
        CRIPT_CHECK(known);
        answer = remember(digest, std::move(*known), generation, origin.address, now);
    }
    if (!answer->is_valid) return base::fail(refused());
    if (answer->use_is_due) write_use_down(answer->caller, origin, now);
    return answer->caller;
}

base::Result<std::optional<store::AccountId>> TokenCheck::owner_of(std::string_view secret) {
    auto known = look_up(secret, account::token_digest(context_.keys.active(), secret), context_.clock.now());
    CRIPT_CHECK(known);
    if (!known->is_valid) return std::nullopt;
    return known->caller.account;
}

base::Result<TokenCheck::Known> TokenCheck::look_up(std::string_view secret, const crypto::Digest& digest,
                                                    base::Timestamp now) {
    return read_promptly<Known>(context_.store, [&](store::Reader& reader) -> base::Result<Known> {
        Known known;
        known.confirmed = now;
        auto found = reader.find_token(digest);
        CRIPT_CHECK(found);
        // Rows made under an older pepper are found by its digest.
        const auto& versions = context_.keys.versions();
        auto expected = digest;
        for (auto keys = versions.rbegin() + 1; !*found && keys != versions.rend(); ++keys) {
            expected = account::token_digest(*keys, secret);
            found = reader.find_token(expected);
            CRIPT_CHECK(found);
        }
        if (!*found) return known;
        const auto& owner = **found;
        known.is_valid = crypto::equal_in_constant_time(owner.digest, expected) &&
                         owner.state == store::TokenState::Active && !owner.is_disabled;
        known.caller = {owner.account, owner.account_uuid, owner.is_admin, account::Credential::Token,
                        owner.token};
        return known;
    });
}

bool TokenCheck::note_use(Known& known, const std::string& address, base::Timestamp now) {
    if (!known.is_valid) return false;
    auto& seen = known.addresses;
    if (now.since(known.noting_since) >= account::kUseResolution) {
        known.noting_since = now;
        seen.clear();
    }
    if (seen.size() >= kMostAddresses || std::find(seen.begin(), seen.end(), address) != seen.end())
        return false;
    seen.push_back(address);
    return true;
}

std::optional<TokenCheck::Answer> TokenCheck::recall(const crypto::Digest& digest, const std::string& address,
                                                     base::Timestamp now) {
    const std::scoped_lock lock(mutex_);
    for (auto* memory : {&hits_, &misses_}) {
        const auto found = memory->find(digest);
        if (found == memory->end()) continue;
        auto& known = found->second;
        const auto age = now.since(known.confirmed);
        if (age.count() < 0 || age > kLongestMemory) continue;
        return Answer{known.is_valid, note_use(known, address, now), known.caller};
    }
    return std::nullopt;
}

TokenCheck::Answer TokenCheck::remember(const crypto::Digest& digest, Known known, std::uint64_t generation,
                                        const std::string& address, base::Timestamp now) {
    const std::scoped_lock lock(mutex_);
    if (const auto old = hits_.find(digest); old != hits_.end()) {
        known.noting_since = old->second.noting_since;
        known.addresses = std::move(old->second.addresses);
        hits_.erase(old);
    }
    Answer answer{known.is_valid, note_use(known, address, now), known.caller};
    if (generation_.load() != generation) return answer;
    auto& memory = known.is_valid ? hits_ : misses_;
    if (memory.size() >= (known.is_valid ? kMostHits : kMostMisses)) memory.clear();
    if (known.is_valid) misses_.erase(digest);
    memory.insert_or_assign(digest, std::move(known));
    return answer;
}

void TokenCheck::forget(store::AccountId account) {
    const std::scoped_lock lock(mutex_);
    ++generation_;
    std::erase_if(hits_, [account](const auto& entry) { return entry.second.caller.account == account; });
    misses_.clear();  // a secret that was unknown a moment ago may be the new one
}

void TokenCheck::forget_all() {
    const std::scoped_lock lock(mutex_);
    ++generation_;
    hits_.clear();
    misses_.clear();
}

void TokenCheck::write_use_down(const account::Caller& caller, const Origin& origin, base::Timestamp now) {
    context_.store.write_later([caller, origin, now](store::Writer& writer) -> base::Result<void> {
        auto is_new_address = writer.record_use(caller.credential_id, now, origin.address, origin.client);
        CRIPT_CHECK(is_new_address);
        if (!*is_new_address) return {};
        return writer.append_audit(
            now, {caller.account, "token.used_from_new_address", "token", origin.address, origin.client, ""});
    });
}

}  // namespace cript::service
