#include "store/account_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backend.hpp"
#include "rows.hpp"

namespace cript::store {
namespace {

using base::ErrorKind;
using std::chrono::seconds;
using test::kNow;
using testing::ElementsAre;
using testing::IsEmpty;

crypto::Digest digest_of(std::uint8_t byte) {
    crypto::Digest digest{};
    digest.fill(byte);
    return digest;
}

class AccountRows : public test::StoreTest {
  protected:
    AccountRow add(const std::string& username) {
        return *change([&](Writer& writer) { return test::insert(writer, test::account(username)); });
    }
    TokenRow add_token(AccountId account, std::uint8_t byte) {
        TokenRow token;
        token.account = account;
        token.digest = digest_of(byte);
        token.key_version = 1;
        token.created_at = kNow;
        make([&](Writer& writer) { return writer.insert_token(token); });
        return token;
    }
    SessionRow add_session(AccountId account, std::uint8_t byte, base::Timestamp created = kNow) {
        SessionRow session;
        session.digest = digest_of(byte);
        session.account = account;
        session.created_at = session.last_seen_at = created;
        session.address = "192.0.2.1";
        session.client = "Firefox";
        make([&](Writer& writer) { return writer.insert_session(session); });
        return session;
    }
    void add_event(AccountId account, const std::string& action) {
        make([&](Writer& writer) {
            return writer.append_audit(kNow, {account, action, "session", "a", "c", "d"});
        });
    }
    std::optional<SessionRow> session(std::uint8_t byte) {
        return ask([&](Reader& reader) { return reader.find_session(digest_of(byte)); });
    }
    std::vector<std::string> actions(AccountId account, std::int64_t before, unsigned limit) {
        std::vector<std::string> words;
        for (const auto& row :
             ask([&](Reader& reader) { return reader.list_audit(account, before, limit); })) {
            words.push_back(row.action);
        }
        return words;
    }
};
CRIPT_ON_EVERY_BACKEND(AccountRows);

TEST_P(AccountRows, GiveAnAccountBackAsItWasInserted) {
    auto row = test::account("ada", true);
    make([&](Writer& writer) { return writer.insert_account(row); });
    EXPECT_GT(row.id, 0);
    const auto found = ask([&](Reader& reader) { return reader.find_account(row.id); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->uuid, row.uuid);
    EXPECT_EQ(found->username, "ada");
    EXPECT_EQ(found->email, "ada@example.org");
    EXPECT_EQ(found->password_hash, "hash");
    EXPECT_TRUE(found->is_admin);
    EXPECT_FALSE(found->is_disabled);
    EXPECT_EQ(found->created_at, kNow);
}

TEST_P(AccountRows, AreFoundByNameOrAddressInAnyCase) {
    const auto ada = add("Ada");
    for (const auto* login : {"ada", "ADA", "ada@example.org", "ADA@Example.Org"}) {
        const auto found = ask([&](Reader& reader) { return reader.find_account_named(login); });
        ASSERT_TRUE(found) << login;
        EXPECT_EQ(found->id, ada.id);
    }
    for (const auto* login : {"", "ad", "ada ", "ada@", "%"}) {
        EXPECT_FALSE(ask([&](Reader& reader) { return reader.find_account_named(login); })) << login;
    }
}

TEST_P(AccountRows, SayWhichNameIsTaken) {
    add("ada");
    auto same_name = test::account("ADA");
    same_name.email = "other@example.org";
    auto refused = change([&](Writer& writer) { return test::insert(writer, same_name); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(refused.error().message, "the user name is taken");

    auto same_mail = test::account("other");
    same_mail.email = "Ada@Example.org";
    refused = change([&](Writer& writer) { return test::insert(writer, same_mail); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(refused.error().message, "the e-mail address is taken");
}

TEST_P(AccountRows, AreNodesToo) {
    const auto ada = add("ada");
    const auto found = ask([&](Reader& reader) { return reader.find_nodes(std::vector{ada.uuid}); });
    ASSERT_TRUE(found.at(0));
    EXPECT_EQ(found[0]->type, model::NodeType::User);
    EXPECT_EQ(found[0]->created_by, ada.id);
    EXPECT_EQ(found[0]->attributes, R"({"username":"ada"})");
    EXPECT_EQ(ask([&](Reader& reader) { return reader.account_uuid(ada.id); }), ada.uuid);
    EXPECT_EQ(ask([&](Reader& reader) { return reader.account_uuid(ada.id + 1); }), std::nullopt);
}

TEST_P(AccountRows, AreCountedAndListedInTheOrderOfTheirMaking) {
    EXPECT_EQ(ask([](Reader& reader) { return reader.count_accounts(); }), 0U);
    add("zoe");
    add("ada");
    EXPECT_EQ(ask([](Reader& reader) { return reader.count_accounts(); }), 2U);
    const auto rows = ask([](Reader& reader) { return reader.list_accounts(); });
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].username, "zoe");
    EXPECT_EQ(rows[1].username, "ada");
}

TEST_P(AccountRows, ChangeTheirPasswordAndWhetherTheyAreDisabled) {
    const auto ada = add("ada");
    const auto zoe = add("zoe");
    make([&](Writer& writer) { return writer.set_password_hash(ada.id, "other"); });
    make([&](Writer& writer) { return writer.set_disabled(ada.id, true); });
    const auto rows = ask([](Reader& reader) { return reader.list_accounts(); });
    EXPECT_EQ(rows.at(0).password_hash, "other");
    EXPECT_TRUE(rows.at(0).is_disabled);
    EXPECT_EQ(rows.at(1).password_hash, "hash");
    EXPECT_FALSE(rows.at(1).is_disabled);
    make([&](Writer& writer) { return writer.set_disabled(ada.id, false); });
    EXPECT_FALSE(ask([&](Reader& reader) { return reader.find_account(ada.id); })->is_disabled);
}

TEST_P(AccountRows, FindTheOwnerOfATokenByItsDigest) {
    const auto ada = *change([](Writer& writer) { return test::insert(writer, test::account("ada", true)); });
    const auto token = add_token(ada.id, 7);
    const auto owner = ask([](Reader& reader) { return reader.find_token(digest_of(7)); });
    ASSERT_TRUE(owner);
    EXPECT_EQ(owner->token, token.id);
    EXPECT_EQ(owner->digest, digest_of(7));
    EXPECT_EQ(owner->state, TokenState::Active);
    EXPECT_EQ(owner->account, ada.id);
    EXPECT_EQ(owner->account_uuid, ada.uuid);
    EXPECT_TRUE(owner->is_admin);
    EXPECT_FALSE(owner->is_disabled);
    EXPECT_FALSE(ask([](Reader& reader) { return reader.find_token(digest_of(8)); }));
}

TEST_P(AccountRows, HaveOneActiveTokenAtMost) {
    const auto ada = add("ada");
    add_token(ada.id, 1);
    TokenRow second;
    second.account = ada.id;
    second.digest = digest_of(2);
    const auto refused = change([&](Writer& writer) { return writer.insert_token(second); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
}

TEST_P(AccountRows, KeepTheSealedTextOfATokenUntilItIsRevoked) {
    const auto ada = add("ada");
    const auto token = add_token(ada.id, 1);
    const base::Bytes sealed{1, 0, 2, 255};
    make([&](Writer& writer) { return writer.set_sealed(token.id, sealed); });
    auto active = ask([&](Reader& reader) { return reader.active_token(ada.id); });
    ASSERT_TRUE(active);
    EXPECT_EQ(active->id, token.id);
    EXPECT_EQ(active->sealed, sealed);
    EXPECT_EQ(active->key_version, 1U);
    EXPECT_EQ(active->created_at, kNow);
    EXPECT_FALSE(active->last_used_at);

    make([&](Writer& writer) { return writer.revoke_token(ada.id, kNow); });
    EXPECT_FALSE(ask([&](Reader& reader) { return reader.active_token(ada.id); }));
    const auto owner = ask([](Reader& reader) { return reader.find_token(digest_of(1)); });
    ASSERT_TRUE(owner) << "a revoked token stays listed";
    EXPECT_EQ(owner->state, TokenState::Revoked);
    add_token(ada.id, 2);
    EXPECT_TRUE(ask([&](Reader& reader) { return reader.active_token(ada.id); }));
}

TEST_P(AccountRows, TellWhetherATokenIsUsedFromANewAddress) {
    const auto ada = add("ada");
    const auto token = add_token(ada.id, 1);
    const auto use = [&](const std::string& address, base::Timestamp at) {
        return *change([&](Writer& writer) { return writer.record_use(token.id, at, address, "curl"); });
    };
    EXPECT_TRUE(use("192.0.2.1", kNow));
    EXPECT_FALSE(use("192.0.2.1", kNow.plus(seconds(1))));
    EXPECT_TRUE(use("192.0.2.2", kNow.plus(seconds(2))));
    EXPECT_FALSE(use("192.0.2.1", kNow.plus(seconds(3))));
    const auto active = ask([&](Reader& reader) { return reader.active_token(ada.id); });
    EXPECT_EQ(active->last_used_at, kNow.plus(seconds(3)));
    EXPECT_EQ(active->last_used_from, "192.0.2.1");
    EXPECT_EQ(active->last_used_client, "curl");
}

TEST_P(AccountRows, GiveASessionBackAsItWasInserted) {
    const auto ada = add("ada");
    SessionRow made;
    made.digest = digest_of(3);
    made.account = ada.id;
    made.created_at = kNow;
    made.last_seen_at = kNow.plus(seconds(1));
    made.address = "2001:db8::1";
    made.client = "Firefox";
    made.reauthenticated_at = kNow;
    made.nonce = digest_of(9);
    make([&](Writer& writer) { return writer.insert_session(made); });
    const auto found = session(3);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, made.id);
    EXPECT_EQ(found->account, ada.id);
    EXPECT_EQ(found->created_at, made.created_at);
    EXPECT_EQ(found->last_seen_at, made.last_seen_at);
    EXPECT_EQ(found->address, made.address);
    EXPECT_EQ(found->client, made.client);
    EXPECT_EQ(found->reauthenticated_at, made.reauthenticated_at);
    EXPECT_EQ(found->nonce, made.nonce);
    EXPECT_FALSE(session(4));
}

TEST_P(AccountRows, NoteThatASessionWasSeenAndReauthenticated) {
    const auto made = add_session(add("ada").id, 3);
    make([&](Writer& writer) { return writer.touch_session(made.id, kNow.plus(seconds(9))); });
    EXPECT_EQ(session(3)->last_seen_at, kNow.plus(seconds(9)));
    EXPECT_FALSE(session(3)->reauthenticated_at);
    make([&](Writer& writer) { return writer.set_reauthenticated(made.id, kNow, digest_of(5)); });
    EXPECT_EQ(session(3)->reauthenticated_at, kNow);
    EXPECT_EQ(session(3)->nonce, digest_of(5));
    make([&](Writer& writer) { return writer.set_reauthenticated(made.id, std::nullopt, std::nullopt); });
    EXPECT_FALSE(session(3)->reauthenticated_at);
    EXPECT_FALSE(session(3)->nonce);
}

TEST_P(AccountRows, ListTheSessionsOfOneAccountNewestFirst) {
    const auto ada = add("ada");
    const auto zoe = add("zoe");
    const auto first = add_session(ada.id, 1);
    const auto second = add_session(ada.id, 2);
    add_session(zoe.id, 3);
    const auto rows = ask([&](Reader& reader) { return reader.list_sessions(ada.id); });
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].id, second.id);
    EXPECT_EQ(rows[1].id, first.id);
}

TEST_P(AccountRows, DeleteASessionForItsOwnerOnly) {
    const auto ada = add("ada");
    const auto zoe = add("zoe");
    const auto made = add_session(ada.id, 1);
    EXPECT_FALSE(*change([&](Writer& writer) { return writer.delete_session(zoe.id, made.id); }));
    EXPECT_TRUE(session(1));
    EXPECT_TRUE(*change([&](Writer& writer) { return writer.delete_session(ada.id, made.id); }));
    EXPECT_FALSE(session(1));
    EXPECT_FALSE(*change([&](Writer& writer) { return writer.delete_session(ada.id, made.id); }));
}

TEST_P(AccountRows, DeleteAllSessionsOfAnAccountButOne) {
    const auto ada = add("ada");
    const auto zoe = add("zoe");
    add_session(ada.id, 1);
    const auto kept = add_session(ada.id, 2);
    add_session(zoe.id, 3);
    make([&](Writer& writer) { return writer.delete_sessions(ada.id, kept.id); });
    EXPECT_FALSE(session(1));
    EXPECT_TRUE(session(2));
    make([&](Writer& writer) { return writer.delete_sessions(ada.id, 0); });
    EXPECT_FALSE(session(2));
    EXPECT_TRUE(session(3));
}

TEST_P(AccountRows, DeleteSessionsThatAreTooOldOrIdleForTooLong) {
    const auto ada = add("ada");
    add_session(ada.id, 1, kNow);
    const auto busy = add_session(ada.id, 2, kNow);
    add_session(ada.id, 3, kNow.plus(seconds(100)));
    make([&](Writer& writer) { return writer.touch_session(busy.id, kNow.plus(seconds(100))); });
    make([&](Writer& writer) { return writer.delete_sessions_before(kNow, kNow.plus(seconds(50))); });
    EXPECT_FALSE(session(1)) << "idle";
    EXPECT_TRUE(session(2));
    make([&](Writer& writer) { return writer.delete_sessions_before(kNow.plus(seconds(1)), kNow); });
    EXPECT_FALSE(session(2)) << "old";
    EXPECT_TRUE(session(3));
}

TEST_P(AccountRows, UseASetupLinkOnce) {
    make([](Writer& writer) { return writer.set_setup_link(digest_of(1), kNow.plus(seconds(60))); });
    EXPECT_FALSE(*change([](Writer& writer) { return writer.use_setup_link(digest_of(2), kNow); }));
    EXPECT_TRUE(*change([](Writer& writer) { return writer.use_setup_link(digest_of(1), kNow); }));
    EXPECT_FALSE(*change([](Writer& writer) { return writer.use_setup_link(digest_of(1), kNow); }));
}

TEST_P(AccountRows, UseASetupLinkBeforeItExpires) {
    make([](Writer& writer) { return writer.set_setup_link(digest_of(1), kNow.plus(seconds(60))); });
    EXPECT_FALSE(
        *change([](Writer& writer) { return writer.use_setup_link(digest_of(1), kNow.plus(seconds(60))); }));
    EXPECT_TRUE(
        *change([](Writer& writer) { return writer.use_setup_link(digest_of(1), kNow.plus(seconds(59))); }));
}

TEST_P(AccountRows, ReplaceASetupLinkByTheNext) {
    make([](Writer& writer) { return writer.set_setup_link(digest_of(1), kNow.plus(seconds(60))); });
    make([](Writer& writer) { return writer.set_setup_link(digest_of(2), kNow.plus(seconds(60))); });
    EXPECT_FALSE(*change([](Writer& writer) { return writer.use_setup_link(digest_of(1), kNow); }));
    EXPECT_TRUE(*change([](Writer& writer) { return writer.use_setup_link(digest_of(2), kNow); }));
}

TEST_P(AccountRows, GiveAnAuditEventBackAsItWasAppended) {
    make([](Writer& writer) {
        return writer.append_audit(kNow,
                                   {3, "token.copied", "session", "192.0.2.1", "Firefox \"42\"", "détail"});
    });
    const auto rows = ask([](Reader& reader) { return reader.audit_after(0, 10); });
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].at, kNow);
    EXPECT_EQ(rows[0].account, 3);
    EXPECT_EQ(rows[0].action, "token.copied");
    EXPECT_EQ(rows[0].actor, "session");
    EXPECT_EQ(rows[0].address, "192.0.2.1");
    EXPECT_EQ(rows[0].client, "Firefox \"42\"");
    EXPECT_EQ(rows[0].detail, "détail");
    EXPECT_FALSE(rows[0].seal);
}

TEST_P(AccountRows, PageTheAuditEventsOfOneAccountNewestFirst) {
    for (const auto* action : {"one", "two", "three"}) add_event(1, action);
    add_event(2, "other");
    EXPECT_THAT(actions(1, 0, 2), ElementsAre("three", "two"));
    const auto page = ask([](Reader& reader) { return reader.list_audit(1, 0, 2); });
    EXPECT_THAT(actions(1, page.back().id, 2), ElementsAre("one"));
    EXPECT_THAT(actions(1, 1, 2), IsEmpty());
}

TEST_P(AccountRows, GiveAuditEventsOfAllAccountsInOrder) {
    add_event(1, "one");
    add_event(2, "two");
    add_event(1, "three");
    const auto all = ask([](Reader& reader) { return reader.audit_after(0, 10); });
    ASSERT_EQ(all.size(), 3U);
    const auto rest = ask([&](Reader& reader) { return reader.audit_after(all[0].id, 1); });
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest[0].action, "two");
}

TEST_P(AccountRows, KnowTheLastEventThatIsSealed) {
    for (const auto* action : {"one", "two", "three"}) add_event(1, action);
    EXPECT_FALSE(ask([](Reader& reader) { return reader.last_sealed_audit(); }));
    const auto all = ask([](Reader& reader) { return reader.audit_after(0, 10); });
    make([&](Writer& writer) { return writer.set_audit_seal(all[0].id, digest_of(1), 4); });
    make([&](Writer& writer) { return writer.set_audit_seal(all[1].id, digest_of(2), 4); });
    const auto last = ask([](Reader& reader) { return reader.last_sealed_audit(); });
    ASSERT_TRUE(last);
    EXPECT_EQ(last->id, all[1].id);
    EXPECT_EQ(last->seal, digest_of(2));
    EXPECT_EQ(last->key_version, 4U);
}

// Otherwise whoever takes a seal off would have the server itself seal what he wrote.
TEST_P(AccountRows, KnowTheLastSealedEventAlsoAfterAnEarlierSealWasTakenOff) {
    for (const auto* action : {"one", "two", "three"}) add_event(1, action);
    const auto all = ask([](Reader& reader) { return reader.audit_after(0, 10); });
    make([&](Writer& writer) { return writer.set_audit_seal(all[0].id, digest_of(1), 1); });
    make([&](Writer& writer) { return writer.set_audit_seal(all[2].id, digest_of(3), 1); });
    EXPECT_EQ(ask([](Reader& reader) { return reader.last_sealed_audit(); })->id, all[2].id);
}

TEST_P(AccountRows, RememberTheCheckValueOfEachKeyVersion) {
    EXPECT_FALSE(ask([](Reader& reader) { return reader.key_check_value(1); }));
    make([](Writer& writer) { return writer.set_key_check_value(1, digest_of(1)); });
    make([](Writer& writer) { return writer.set_key_check_value(2, digest_of(2)); });
    EXPECT_EQ(ask([](Reader& reader) { return reader.key_check_value(1); }), digest_of(1));
    EXPECT_EQ(ask([](Reader& reader) { return reader.key_check_value(2); }), digest_of(2));
}

TEST_P(AccountRows, AreThereAfterTheDatabaseWasClosedAndOpened) {
    const auto ada = add("ada");
    add_token(ada.id, 1);
    add_session(ada.id, 2);
    open();
    EXPECT_TRUE(ask([&](Reader& reader) { return reader.find_account(ada.id); }));
    EXPECT_TRUE(ask([&](Reader& reader) { return reader.active_token(ada.id); }));
    EXPECT_TRUE(session(2));
}

}  // namespace
}  // namespace cript::store
