#include "account/audit.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "crypto/key.hpp"

namespace cript::account {
namespace {

/// Everything that a seal covers.
struct Sealed {
    crypto::Digest previous{};
    std::int64_t id = 7;
    base::Timestamp at{1'000};
    AuditEvent event{3, "token.revealed", "session", "192.0.2.1", "Firefox", "detail"};
};

crypto::Digest seal_of(const Sealed& sealed, std::uint8_t key = 1) {
    crypto::initialise();
    const base::Bytes bytes(32, key);
    return seal_event(crypto::HmacKey(bytes), sealed.previous, sealed.id, sealed.at, sealed.event);
}

TEST(AuditSeal, IsTheSameForTheSame) {
    EXPECT_EQ(seal_of({}), seal_of({}));
}

TEST(AuditSeal, ChangesWithEveryField) {
    const std::vector<std::pair<const char*, std::function<void(Sealed&)>>> changes{
        {"previous", [](Sealed& sealed) { sealed.previous[31] = 1; }},
        {"id", [](Sealed& sealed) { ++sealed.id; }},
        {"at", [](Sealed& sealed) { sealed.at = sealed.at.plus(std::chrono::microseconds(1)); }},
        {"account", [](Sealed& sealed) { ++sealed.event.account; }},
        {"action", [](Sealed& sealed) { sealed.event.action = "token.copied"; }},
        {"actor", [](Sealed& sealed) { sealed.event.actor = "operator"; }},
        {"address", [](Sealed& sealed) { sealed.event.address = "192.0.2.2"; }},
        {"client", [](Sealed& sealed) { sealed.event.client.clear(); }},
        {"detail", [](Sealed& sealed) { sealed.event.detail.push_back(' '); }},
    };
    for (const auto& [field, change] : changes) {
        Sealed changed;
        change(changed);
        EXPECT_NE(seal_of(changed), seal_of({})) << field;
    }
}

TEST(AuditSeal, ChangesWhenTextMovesFromOneFieldToTheNext) {
    Sealed moved;
    moved.event.address = "192.0.2.1Fire";
    moved.event.client = "fox";
    EXPECT_NE(seal_of(moved), seal_of({}));
}

TEST(AuditSeal, CannotBeMadeWithoutTheKey) {
    EXPECT_NE(seal_of({}, 1), seal_of({}, 2));
}

}  // namespace
}  // namespace cript::account
