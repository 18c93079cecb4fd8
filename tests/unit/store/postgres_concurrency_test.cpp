#include <gmock/gmock.h>

#include <atomic>
#include <barrier>
#include <thread>

#include "postgres_fixture.hpp"

// Several transactions at a time end as if each had run alone, as on a database with one writer.

namespace cript::store {
namespace {

using base::ErrorKind;
using model::NodeType;
using testing::AllOf;
using testing::Each;
using testing::Field;

constexpr int kWriters = 8;

class PostgresConcurrency : public test::PostgresTest {
  protected:
    void SetUp() override {
        test::PostgresTest::SetUp();
        if (database_) open();
    }

    /// Runs the same change on every writer at once, and gives the errors of those that failed.
    std::vector<base::Error> race(const std::function<base::Result<void>(Writer&, int)>& work) {
        std::vector<std::thread> writers;
        writers.reserve(kWriters);
        std::vector<base::Error> errors;
        std::mutex mutex;
        std::barrier start(kWriters);
        for (int at = 0; at < kWriters; ++at) {
            writers.emplace_back([&, at] {
                start.arrive_and_wait();
                const auto done = store_->write([&](Writer& writer) { return work(writer, at); });
                if (done) return;
                const std::scoped_lock lock(mutex);
                errors.push_back(done.error());
            });
        }
        for (auto& writer : writers) writer.join();
        return errors;
    }
    static auto is_conflict(const std::string& message) {
        return AllOf(Field(&base::Error::kind, ErrorKind::Conflict), Field(&base::Error::message, message));
    }
};

TEST_F(PostgresConcurrency, GivesAProjectNameToOne) {
    const auto errors = race([](Writer& writer, int at) -> base::Result<void> {
        CRIPT_CHECK(test::insert_project(writer, "Home", at));
        return {};
    });
    EXPECT_EQ(errors.size(), kWriters - 1U);
    EXPECT_THAT(errors, Each(is_conflict("the project name is taken")));
    EXPECT_EQ(count("node"), "1");
    EXPECT_EQ(count("acl"), "1");
}

TEST_F(PostgresConcurrency, GivesAUserNameToOne) {
    const auto errors = race([](Writer& writer, int at) -> base::Result<void> {
        auto row = test::account(at % 2 == 0 ? "ada" : "ADA");
        row.email = std::to_string(at) + "@example.org";
        CRIPT_CHECK(test::insert(writer, row));
        return {};
    });
    EXPECT_EQ(errors.size(), kWriters - 1U);
    EXPECT_THAT(errors, Each(is_conflict("the user name is taken")));
    EXPECT_EQ(count("account"), "1");
}

TEST_F(PostgresConcurrency, GivesAUuidToOne) {
    const auto row = test::node(NodeType::Material, "toluene", 1);
    const auto errors = race([&](Writer& writer, int) -> base::Result<void> {
        CRIPT_CHECK(test::insert(writer, row));
        return {};
    });
    EXPECT_EQ(errors.size(), kWriters - 1U);
    EXPECT_THAT(errors, Each(Field(&base::Error::kind, ErrorKind::Conflict)));
}

TEST_F(PostgresConcurrency, LetsALoserSeeWhatTheWinnerDid) {
    const auto row = test::node(NodeType::Material, "toluene", 1);
    const auto errors = race([&](Writer& writer, int) -> base::Result<void> {
        auto found = writer.find_nodes(std::vector{row.uuid});
        CRIPT_CHECK(found);
        if (found->at(0)) return base::fail(ErrorKind::Conflict, "it is there");
        CRIPT_CHECK(test::insert(writer, row));
        return {};
    });
    EXPECT_EQ(errors.size(), kWriters - 1U);
    EXPECT_THAT(errors, Each(is_conflict("it is there")));
}

TEST_F(PostgresConcurrency, KeepsOneActiveTokenHoweverOftenItIsRegenerated) {
    std::atomic<std::uint8_t> next = 0;
    const auto errors = race([&](Writer& writer, int) -> base::Result<void> {
        CRIPT_CHECK(writer.revoke_token(1, test::kNow));
        TokenRow token;
        token.account = 1;
        token.digest.fill(++next);
        return writer.insert_token(token);
    });
    EXPECT_EQ(errors.size(), 0U) << errors.at(0).message;
    EXPECT_THAT(database_->rows("select count(*) filter (where state = 1), count(*) from token"),
                testing::ElementsAre("1|" + std::to_string(kWriters)));
}

TEST_F(PostgresConcurrency, LosesNoChangeToANode) {
    NodeRow made;
    ASSERT_TRUE(store_->write([&](Writer& writer) -> base::Result<void> {
        auto row = test::insert(writer, test::node(NodeType::Material, "0", 1));
        CRIPT_CHECK(row);
        made = *row;
        return {};
    }));
    const auto errors = race([&](Writer& writer, int) -> base::Result<void> {
        auto found = writer.find_nodes(std::vector{made.uuid});
        CRIPT_CHECK(found);
        const auto& former = *found->at(0);
        auto changed = former;
        changed.name = std::to_string(std::stoi(former.name) + 1);
        ++changed.revision;
        return writer.update_node(changed, former, {});
    });
    EXPECT_EQ(errors.size(), 0U) << errors.at(0).message;
    EXPECT_THAT(database_->rows("select name, revision from node"), testing::ElementsAre("8|9"));
    EXPECT_EQ(count("history"), "8");
}

TEST_F(PostgresConcurrency, LetsNobodyActOnWhatHasChangedMeanwhile) {
    // Each sees an empty table and fills it: run one after the other, only the first would.
    const auto errors = race([](Writer& writer, int at) -> base::Result<void> {
        auto accounts = writer.count_accounts();
        CRIPT_CHECK(accounts);
        if (*accounts > 0) return base::fail(ErrorKind::Forbidden, "there is an account");
        CRIPT_CHECK(test::insert(writer, test::account("user" + std::to_string(at))));
        return {};
    });
    EXPECT_EQ(errors.size(), kWriters - 1U);
    EXPECT_THAT(errors, Each(Field(&base::Error::kind, ErrorKind::Forbidden)));
    EXPECT_EQ(count("account"), "1");
}

TEST_F(PostgresConcurrency, LetsNobodyLinkToANodeThatIsBeingDeleted) {
    for (int round = 0; round < 10; ++round) {
        NodeRow shelf;
        NodeRow material;
        ASSERT_TRUE(store_->write([&](Writer& writer) -> base::Result<void> {
            auto first = test::insert(writer, test::node(NodeType::Inventory, "shelf", 1));
            CRIPT_CHECK(first);
            auto second = test::insert(writer, test::node(NodeType::Material, "toluene", 1));
            CRIPT_CHECK(second);
            shelf = *first;
            material = *second;
            return {};
        }));
        race([&](Writer& writer, int at) -> base::Result<void> {
            auto found = writer.find_nodes(std::vector{material.uuid});
            CRIPT_CHECK(found);
            if (!found->at(0)) return {};
            if (at > 0) {
                return writer.set_children(shelf.id, model::FieldName::Material, std::vector{material.id},
                                           false);
            }
            auto edges = writer.edges_to(std::vector{material.id});
            CRIPT_CHECK(edges);
            if (!edges->empty()) return {};
            return writer.delete_nodes(std::vector{material}, 1, test::kNow);
        });
    }
    EXPECT_THAT(database_->rows("select * from edge where child not in (select id from node)"),
                testing::IsEmpty());
}

TEST_F(PostgresConcurrency, CommitsAuditEventsInTheOrderOfTheirIds) {
    std::atomic<bool> is_over = false;
    std::vector<std::int64_t> seen;
    std::thread reader([&] {
        while (true) {
            const bool last_look = is_over;
            EXPECT_TRUE(store_->read([&](Reader& view) -> base::Result<void> {
                auto rows = view.audit_after(seen.empty() ? 0 : seen.back(), 1'000);
                CRIPT_CHECK(rows);
                for (const auto& row : *rows) seen.push_back(row.id);
                return {};
            }));
            if (last_look) return;
        }
    });
    for (int round = 0; round < 10; ++round) {
        EXPECT_TRUE(race([](Writer& writer, int at) {
                        return writer.append_audit(test::kNow, {at, "token.copied", "session", "", "", ""});
                    }).empty());
    }
    is_over = true;
    reader.join();
    EXPECT_EQ(seen.size(), 10U * kWriters) << "an event appeared behind one that was seen before";
}

TEST_F(PostgresConcurrency, ShowsAReaderOneViewWhateverIsWrittenMeanwhile) {
    ASSERT_TRUE(store_->read([&](Reader& reader) -> base::Result<void> {
        EXPECT_EQ(*reader.count_accounts(), 0U);
        EXPECT_TRUE(store_->write([](Writer& writer) -> base::Result<void> {
            CRIPT_CHECK(test::insert(writer, test::account("ada")));
            return {};
        }));
        EXPECT_EQ(*reader.count_accounts(), 0U);
        EXPECT_EQ(reader.list_accounts()->size(), 0U);
        return {};
    }));
    EXPECT_EQ(count("account"), "1");
}

TEST_F(PostgresConcurrency, LetsALongChangeEndThoughShortOnesDisturbIt) {
    std::atomic<bool> is_over = false;
    std::vector<std::thread> others;
    others.reserve(3);
    for (int at = 0; at < 3; ++at) {
        others.emplace_back([&, at] {
            while (!is_over) EXPECT_TRUE(add("short", at));
        });
    }
    const auto done = store_->write([&](Writer& writer) -> base::Result<void> {
        ListQuery query;
        query.type = NodeType::Material;
        query.caller_is_admin = true;
        // What it has read changes again and again, and what it writes is read by the others.
        for (int step = 0; step < 20; ++step) {
            CRIPT_CHECK(writer.count(query));
            CRIPT_CHECK(test::insert(writer, test::node(NodeType::Material, "long", 9)));
        }
        return {};
    });
    is_over = true;
    for (auto& other : others) other.join();
    EXPECT_TRUE(done) << done.error().message;
    EXPECT_THAT(database_->rows("select count(*) from node where name = 'long'"), testing::ElementsAre("20"));
}

}  // namespace
}  // namespace cript::store
