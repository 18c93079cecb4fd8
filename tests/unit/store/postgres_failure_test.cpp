#include <gmock/gmock.h>

#include <thread>

#include "fixture/postgres_session.hpp"
#include "fixture/relay.hpp"
#include "postgres_fixture.hpp"

// A server that is away, slow, silent or read-only: an error in time, nothing half done, and recovery without
// a restart.

namespace cript::store {
namespace {

using base::ErrorKind;
using testing::HasSubstr;
using Clock = std::chrono::steady_clock;

class PostgresFailure : public test::PostgresTest {
  protected:
    template <class Work>
    static base::Error failure_in_time(Work work) {
        const auto began = Clock::now();
        const auto done = work();
        EXPECT_LT(Clock::now() - began, kSoon);
        EXPECT_FALSE(done);
        if (done) return {};
        EXPECT_EQ(done.error().kind, ErrorKind::Unavailable) << done.error().message;
        return done.error();
    }
};

TEST_F(PostgresFailure, AtTheStartIsTold) {
    // A port that was free a moment ago.
    const unsigned port = cript::test::Relay(1).port();
    const auto error =
        failure_in_time([&] { return open_postgres(database_->url_through(port), impatient()); });
    EXPECT_THAT(error.message, HasSubstr("cannot reach the database"));
    EXPECT_THAT(error.message, HasSubstr(std::to_string(port)));
}

TEST_F(PostgresFailure, OfAnUnknownDatabaseIsTold) {
    const auto error =
        failure_in_time([&] { return open_postgres(database_->url() + "_none", impatient()); });
    EXPECT_THAT(error.message, HasSubstr("does not exist"));
}

TEST_F(PostgresFailure, OfANetworkThatSwallowsEverythingIsNoticedAtTheStart) {
    cript::test::Relay relay(database_->server_port());
    relay.swallow(true);
    const auto error =
        failure_in_time([&] { return open_postgres(database_->url_through(relay.port()), impatient()); });
    EXPECT_THAT(error.message, HasSubstr("does not answer"));
}

TEST_F(PostgresFailure, OfANetworkThatSwallowsEverythingHangsNobody) {
    cript::test::Relay relay(database_->server_port());
    open(database_->url_through(relay.port()), impatient());
    ASSERT_TRUE(add("before"));
    relay.swallow(true);
    failure_in_time([&] { return ask(); });
    failure_in_time([&] { return add("meanwhile"); });
    relay.swallow(false);
    // The last failed attempt is told for a moment; then a new one is made.
    while (!ask()) std::this_thread::yield();
    EXPECT_TRUE(add("after"));
}

TEST_F(PostgresFailure, OfIdleConnectionsIsNotNoticed) {
    open();
    ASSERT_TRUE(ask());
    for (int round = 0; round < 5; ++round) {
        database_->end_sessions();
        EXPECT_TRUE(ask());
        database_->end_sessions();
        EXPECT_TRUE(add("toluene"));
    }
    EXPECT_EQ(count("node"), "5");
}

TEST_F(PostgresFailure, InTheMiddleOfAChangeKeepsNothingOfIt) {
    open();
    int runs = 0;
    const auto error = failure_in_time([&] {
        return store_->write([&](Writer& writer) -> base::Result<void> {
            ++runs;
            CRIPT_CHECK(test::insert(writer, test::node(model::NodeType::Material, "one", 1)));
            database_->end_sessions();
            CRIPT_CHECK(test::insert(writer, test::node(model::NodeType::Material, "two", 1)));
            return {};
        });
    });
    EXPECT_EQ(runs, 1) << "a change that was lost half-way is not repeated unasked";
    EXPECT_EQ(count("node"), "0");
    EXPECT_TRUE(add("after"));
}

TEST_F(PostgresFailure, JustBeforeTheCommitKeepsNothing) {
    open();
    failure_in_time([&] {
        return store_->write([&](Writer& writer) -> base::Result<void> {
            CRIPT_CHECK(test::insert(writer, test::node(model::NodeType::Material, "one", 1)));
            database_->end_sessions();
            return {};
        });
    });
    EXPECT_EQ(count("node"), "0");
    EXPECT_TRUE(add("after"));
}

TEST_F(PostgresFailure, OfTheNetworkDuringACommitSaysThatTheOutcomeIsUnknown) {
    cript::test::Relay relay(database_->server_port());
    open(database_->url_through(relay.port()), impatient());
    const auto error = failure_in_time([&] {
        return store_->write([&](Writer& writer) -> base::Result<void> {
            CRIPT_CHECK(test::insert(writer, test::node(model::NodeType::Material, "one", 1)));
            relay.swallow(true);
            return {};
        });
    });
    EXPECT_THAT(error.message, HasSubstr("not known"));
}

TEST_F(PostgresFailure, OfTheNetworkAfterACommitDoesNotMakeTheChangeTwice) {
    cript::test::Relay relay(database_->server_port());
    open(database_->url_through(relay.port()), impatient());
    ASSERT_TRUE(add("before"));  // a connection is idle from now on
    int runs = 0;
    const auto error = failure_in_time([&] {
        return store_->write([&](Writer& writer) -> base::Result<void> {
            ++runs;
            relay.lose_next_answer();
            // Needs no answer, so that all of it goes out with the commit.
            return writer.append_audit({1}, {1, "noted once", "server", "", "", ""});
        });
    });
    EXPECT_EQ(runs, 1);
    EXPECT_THAT(error.message, HasSubstr("not known"));
    while (!ask()) std::this_thread::yield();
    EXPECT_EQ(count("audit where action = 'noted once'"), "1");
}

TEST_F(PostgresFailure, InTheMiddleOfAReadIsAnError) {
    open();
    failure_in_time([&] {
        return store_->read([&](Reader& reader) -> base::Result<void> {
            CRIPT_CHECK(reader.count_accounts());
            database_->end_sessions();
            CRIPT_CHECK(reader.count_accounts());
            return {};
        });
    });
    EXPECT_TRUE(ask());
}

TEST_F(PostgresFailure, OfAStatementThatTakesTooLongIsAnErrorInTime) {
    open(impatient());
    ASSERT_TRUE(add("before"));
    cript::test::PostgresSession locking(database_->url());
    locking.rows("begin; lock table node in access exclusive mode");
    const auto error = failure_in_time([&] { return add("meanwhile"); });
    EXPECT_THAT(error.message, HasSubstr("statement timeout"));
    locking.rows("rollback");
    EXPECT_TRUE(add("after"));
    EXPECT_EQ(count("node"), "2");
}

TEST_F(PostgresFailure, OfAFullPoolIsAnErrorInTime) {
    auto limits = impatient();
    limits.connections = 1;
    open(limits);
    ASSERT_TRUE(store_->read([&](Reader& reader) -> base::Result<void> {
        CRIPT_CHECK(reader.count_accounts());
        const auto error = failure_in_time([&] { return ask(); });
        EXPECT_THAT(error.message, HasSubstr("busy"));
        return {};
    }));
    EXPECT_TRUE(ask());
}

TEST_F(PostgresFailure, OfAServerThatTakesNoChangesConcernsChangesOnly) {
    open(impatient());
    ASSERT_TRUE(add("before"));
    database_->rows("alter database " + database_->name() + " set default_transaction_read_only = on");
    database_->end_sessions();
    const auto error = failure_in_time([&] { return add("meanwhile"); });
    EXPECT_THAT(error.message, HasSubstr("read-only"));
    EXPECT_TRUE(ask());
    EXPECT_THAT(failure_in_time([&] { return open_postgres(database_->url(), impatient()); }).message,
                HasSubstr("takes no changes"));
    database_->rows("begin read write; alter database " + database_->name() +
                    " reset default_transaction_read_only; commit");
    EXPECT_TRUE(add("after")) << "the connection that found the server read-only is not used again";
    EXPECT_EQ(count("node"), "2");
}

TEST_F(PostgresFailure, NeverTurnsDurabilityOff) {
    database_->rows("alter database " + database_->name() + " set synchronous_commit = off");
    open();
    database_->rows(R"sql(
        create table seen (setting text);
        create function note() returns trigger language plpgsql
            as $$ begin insert into seen values (current_setting('synchronous_commit')); return new; end $$;
        create trigger note before insert on node for each row execute function note())sql");
    ASSERT_TRUE(add("toluene"));
    EXPECT_THAT(database_->rows("select setting from seen"), testing::ElementsAre("on"));
}

}  // namespace
}  // namespace cript::store
