#include "service/audit_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fixture/database.hpp"
#include "installation.hpp"

namespace cript::service {
namespace {

class AuditLogTest : public test::Installation {
  protected:
    void SetUp() override {
        Installation::SetUp();
        log_.emplace(context());
    }
    void record(int count, store::AccountId account = 1) {
        for (int at = 0; at < count; ++at) {
            ASSERT_TRUE(log_->record({account, "token.revealed", "session", "192.0.2.1", "Firefox",
                                      "event " + std::to_string(++made_)}));
        }
    }
    void seal() { ASSERT_TRUE(log_->seal()); }
    AuditLog::Verified verified() {
        auto result = log_->verify();
        EXPECT_TRUE(result);
        return *result;
    }
    void tamper(const std::string& sql) { cript::test::Database(file_).rows(sql); }

    std::optional<AuditLog> log_;
    int made_ = 0;
};

TEST_F(AuditLogTest, OfNothingFits) {
    seal();
    EXPECT_EQ(verified().sealed, 0U);
    EXPECT_EQ(verified().first_broken, 0);
}

TEST_F(AuditLogTest, SealsWhatHasCome) {
    record(3);
    EXPECT_EQ(verified().unsealed, 3U);
    seal();
    record(2);
    EXPECT_EQ(verified().sealed, 3U);
    EXPECT_EQ(verified().unsealed, 2U);
    seal();
    EXPECT_EQ(verified().sealed, 5U);
    EXPECT_EQ(verified().first_broken, 0);
}

TEST_F(AuditLogTest, SealsMoreThanOneBatch) {
    const auto done = store_->write([&](store::Writer& writer) -> base::Result<void> {
        for (int at = 0; at < 2'500; ++at)
            CRIPT_CHECK(writer.append_audit(clock_.now(), {1, "a", "b", "", "", ""}));
        return {};
    });
    ASSERT_TRUE(done);
    for (int round = 0; round < 3; ++round) seal();
    EXPECT_EQ(verified().sealed, 2'500U);
    EXPECT_EQ(verified().unsealed, 0U);
    EXPECT_EQ(verified().first_broken, 0);
}

TEST_F(AuditLogTest, FindsAChangeOfAnyField) {
    record(5);
    seal();
    for (const auto* change : {"at = at + 1", "account = 2", "action = 'x'", "actor = 'x'", "address = 'x'",
                               "client = 'x'", "detail = 'x'", "seal = zeroblob(32)"}) {
        cript::test::Database database(file_);
        database.rows("create temp table former as select * from audit");
        database.rows(std::string("update audit set ") + change + " where id = 3");
        EXPECT_EQ(verified().first_broken, 3) << change;
        database.rows("delete from audit");
        database.rows("insert into audit select * from former");
        EXPECT_EQ(verified().first_broken, 0) << change;
    }
}

TEST_F(AuditLogTest, FindsARemovedEvent) {
    record(5);
    seal();
    tamper("delete from audit where id = 3");
    EXPECT_EQ(verified().first_broken, 4);
}

TEST_F(AuditLogTest, FindsThatTheFirstEventWasRemoved) {
    record(5);
    seal();
    tamper("delete from audit where id = 1");
    EXPECT_EQ(verified().first_broken, 2);
}

TEST_F(AuditLogTest, FindsAnInsertedEvent) {
    record(3);
    seal();
    tamper("delete from audit where id = 2");
    tamper(
        "insert into audit (id, at, account, action, actor, address, client, detail, seal, key_version)"
        " select 2, at, account, action, actor, address, client, 'forged', seal, key_version from audit "
        "where id = 1");
    EXPECT_EQ(verified().first_broken, 2);
}

TEST_F(AuditLogTest, FindsEventsThatChangedPlaces) {
    record(4);
    seal();
    tamper("update audit set id = 100 where id = 2");
    tamper("update audit set id = 2 where id = 3");
    tamper("update audit set id = 3 where id = 100");
    EXPECT_EQ(verified().first_broken, 2);
}

TEST_F(AuditLogTest, FindsAnEventWhoseSealWasTakenOffAlsoAfterSealingAgain) {
    record(5);
    seal();
    tamper("update audit set seal = null, detail = 'forged' where id = 3");
    EXPECT_EQ(verified().first_broken, 4);
    record(1);
    seal();
    EXPECT_NE(verified().first_broken, 0) << "sealing must not lend its seal to what was forged";
}

TEST_F(AuditLogTest, FindsASealOfAKeyThatIsNotInTheRing) {
    record(2);
    seal();
    tamper("update audit set key_version = 9 where id = 1");
    EXPECT_EQ(verified().first_broken, 1);
}

TEST_F(AuditLogTest, ShowsAnAccountItsOwnEventsOnly) {
    record(2, 1);
    record(1, 2);
    const auto page = log_->page(1, 0, 10);
    ASSERT_TRUE(page);
    ASSERT_EQ(page->size(), 2U);
    EXPECT_EQ(page->at(0).detail, "event 2");
    EXPECT_EQ(log_->page(1, page->at(0).id, 10)->size(), 1U);
}

}  // namespace
}  // namespace cript::service
