#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "crypto/key.hpp"
#include "fixture/postgres.hpp"
#include "rows.hpp"
#include "store/store.hpp"

namespace cript::store::test {

/// What only PostgreSQL has: a server that others use too, and that may go away.
class PostgresTest : public testing::Test {
  protected:
    PostgresTest() { crypto::initialise(); }

    void SetUp() override {
        if (cript::test::postgres_server().empty())
            GTEST_SKIP() << "CRIPT_TEST_POSTGRES is not set: run this under tests/fixture/postgres.py";
        database_ = std::make_unique<cript::test::PostgresDatabase>();
    }
    void TearDown() override { store_.reset(); }

    /// Long enough for a machine that is busy with other tests, and much shorter than for ever.
    static constexpr std::chrono::milliseconds kSoon{30'000};

    /// Gives up soon, so that tests of a bad server are quick; but not on a good server of a busy machine.
    static ServerLimits impatient() {
        ServerLimits limits;
        limits.connections = 4;
        limits.connect_within = std::chrono::seconds(2);
        limits.answer_within = std::chrono::seconds(2);
        return limits;
    }
    void open(const ServerLimits& limits = {}) { open(database_->url(), limits); }
    void open(const std::string& url, const ServerLimits& limits) {
        store_.reset();
        auto opened = open_postgres(url, limits);
        ASSERT_TRUE(opened) << opened.error().message;
        store_ = std::move(*opened);
        ASSERT_TRUE(store_->name().ends_with("/" + database_->name())) << store_->name();
    }
    static base::Error refusal(const std::string& url, const ServerLimits& limits = impatient()) {
        auto opened = open_postgres(url, limits);
        EXPECT_FALSE(opened);
        return opened ? base::Error{} : opened.error();
    }

    base::Result<void> add(const std::string& name, AccountId by = 1) {
        return store_->write([&](Writer& writer) -> base::Result<void> {
            CRIPT_CHECK(insert(writer, node(model::NodeType::Material, name, by)));
            return {};
        });
    }
    std::string count(const std::string& table) {
        return database_->rows("select count(*) from " + table).at(0);
    }
    base::Result<void> ask() {
        return store_->read([](Reader& reader) -> base::Result<void> {
            CRIPT_CHECK(reader.count_accounts());
            return {};
        });
    }

    std::unique_ptr<cript::test::PostgresDatabase> database_;
    std::unique_ptr<Store> store_;
};

}  // namespace cript::store::test
