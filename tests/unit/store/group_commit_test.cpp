#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <stdexcept>
#include <thread>

#include "backend.hpp"
#include "rows.hpp"

namespace cript::store {
namespace {

using base::ErrorKind;
using model::NodeType;
using testing::ElementsAre;

class GroupCommit : public test::StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        ada_ = change([](Writer& writer) { return test::insert(writer, test::account("ada")); })->id;
    }
    std::vector<std::string> materials() {
        ListQuery query;
        query.type = NodeType::Material;
        query.caller = ada_;
        query.limit = 100'000;
        return test::names_of(ask([&](Reader& reader) { return reader.list(query); }));
    }
    Store::Writing adding(const std::string& name) const {
        return [name, by = ada_](Writer& writer) -> base::Result<void> {
            CRIPT_CHECK(test::insert(writer, test::node(NodeType::Material, name, by)));
            return {};
        };
    }
    /// Holds the writer until it is let go, so that what is written meanwhile becomes one group.
    class Gate {
      public:
        explicit Gate(Store& store) {
            auto entered = std::make_shared<std::promise<void>>();
            auto waiting = entered->get_future();
            store.write_later([entered, leave = leave_.get_future().share()](Writer&) -> base::Result<void> {
                entered->set_value();
                leave.wait();
                return {};
            });
            waiting.wait();
        }
        void open() { leave_.set_value(); }

      private:
        std::promise<void> leave_;
    };

    AccountId ada_ = 0;
};
CRIPT_ON_EVERY_BACKEND(GroupCommit);

TEST_P(GroupCommit, KeepsEveryWriteOfManyThreads) {
    constexpr int kThreads = 8;
    constexpr int kWrites = 50;
    std::atomic<int> failures{0};
    std::vector<std::thread> threads;
    std::latch start(kThreads);
    for (int number = 0; number < kThreads; ++number) {
        threads.emplace_back([&, number] {
            start.arrive_and_wait();
            for (int at = 0; at < kWrites; ++at) {
                const auto name = std::to_string(number) + "/" + std::to_string(at);
                if (!store_->write(adding(name))) ++failures;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(failures, 0);
    auto names = materials();
    std::sort(names.begin(), names.end());
    EXPECT_EQ(std::unique(names.begin(), names.end()), names.end());
    EXPECT_EQ(names.size(), static_cast<std::size_t>(kThreads * kWrites));
}

TEST_P(GroupCommit, KeepsTheNeighboursOfAWriteThatFails) {
    Gate gate(*store_);
    store_->write_later(adding("before"));
    store_->write_later([add = adding("failed")](Writer& writer) -> base::Result<void> {
        CRIPT_CHECK(add(writer));
        return base::fail(ErrorKind::InvalidInput, "no");
    });
    store_->write_later(adding("after"));
    gate.open();
    make(adding("last"));
    EXPECT_THAT(materials(), ElementsAre("before", "after", "last"));
}

TEST_P(GroupCommit, HandsTheErrorOfAWriteOn) {
    const auto done = store_->write([](Writer&) -> base::Result<void> {
        return base::fail({ErrorKind::InvalidInput, "no", {{"/a", "b", "c", "d"}}});
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::InvalidInput);
    EXPECT_EQ(done.error().problems.at(0).pointer, "/a");
}

TEST_P(GroupCommit, KeepsTheNeighboursOfAWriteThatThrows) {
    Gate gate(*store_);
    store_->write_later(adding("before"));
    store_->write_later([add = adding("thrown")](Writer& writer) -> base::Result<void> {
        CRIPT_CHECK(add(writer));
        throw std::runtime_error("a defect");
    });
    gate.open();
    const auto done =
        store_->write([](Writer&) -> base::Result<void> { throw std::out_of_range("another"); });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::Internal);
    make(adding("after"));
    EXPECT_THAT(materials(), ElementsAre("before", "after"));
}

TEST_P(GroupCommit, HandsAReadThatThrowsOnAsAnError) {
    const auto done =
        store_->read([](Reader&) -> base::Result<void> { throw std::out_of_range("a defect"); });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::Internal);
    EXPECT_TRUE(materials().empty()) << "and reading goes on";
}

TEST_P(GroupCommit, SeesInEachWriteWhatTheOnesBeforeItWrote) {
    Gate gate(*store_);
    store_->write_later(adding("first"));
    std::promise<std::size_t> seen;
    store_->write_later([&, by = ada_](Writer& writer) -> base::Result<void> {
        ListQuery query;
        query.type = NodeType::Material;
        query.caller = by;
        auto rows = writer.list(query);
        CRIPT_CHECK(rows);
        seen.set_value(rows->size());
        return {};
    });
    gate.open();
    EXPECT_EQ(seen.get_future().get(), 1U);
}

TEST_P(GroupCommit, LetsAReaderSeeOneViewFromItsBeginningToItsEnd) {
    make(adding("first"));
    ListQuery query;
    query.type = NodeType::Material;
    query.caller = ada_;
    const auto done = store_->read([&](Reader& reader) -> base::Result<void> {
        auto before = reader.count(query);
        CRIPT_CHECK(before);
        std::thread([&] { make(adding("meanwhile")); }).join();
        auto after = reader.count(query);
        CRIPT_CHECK(after);
        EXPECT_EQ(*before, 1U);
        EXPECT_EQ(*after, 1U);
        return {};
    });
    ASSERT_TRUE(done);
    EXPECT_THAT(materials(), ElementsAre("first", "meanwhile"));
}

TEST_P(GroupCommit, ShowsReadersNothingOfAWriteThatIsNotOver) {
    std::promise<void> written;
    std::promise<void> leave;
    std::thread writing([&] {
        make([&](Writer& writer) -> base::Result<void> {
            CRIPT_CHECK(adding("first")(writer));
            written.set_value();
            leave.get_future().wait();
            return adding("second")(writer);
        });
    });
    written.get_future().wait();
    EXPECT_TRUE(materials().empty());
    leave.set_value();
    writing.join();
    EXPECT_THAT(materials(), ElementsAre("first", "second"));
}

/// A pair of nodes is always written together, so each reader must see an even number of them.
TEST_P(GroupCommit, IsWholeForReadersWhileMuchIsWritten) {
    std::atomic<bool> ending{false};
    std::atomic<int> odd{0};
    std::vector<std::thread> readers;
    for (int number = 0; number < 2; ++number) {
        readers.emplace_back([&] {
            while (!ending) {
                if (materials().size() % 2 != 0) ++odd;
            }
        });
    }
    for (int at = 0; at < 50; ++at) {
        make([&](Writer& writer) -> base::Result<void> {
            CRIPT_CHECK(adding("one")(writer));
            return adding("two")(writer);
        });
    }
    ending = true;
    for (auto& reader : readers) reader.join();
    EXPECT_EQ(odd, 0);
}

TEST_P(GroupCommit, FinishesWhatIsQueuedBeforeTheDatabaseIsClosed) {
    Gate gate(*store_);
    for (int at = 0; at < 300; ++at) store_->write_later(adding(std::to_string(at)));
    gate.open();
    open();
    EXPECT_EQ(materials().size(), 300U);
}

TEST_P(GroupCommit, RefusesAWriteWhenTooManyAreWaiting) {
    Gate gate(*store_);
    for (int at = 0; at < 5'000; ++at) store_->write_later([](Writer&) -> base::Result<void> { return {}; });
    const auto done = store_->write(adding("late"));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::Unavailable);
    gate.open();
    open();  // ends with what is queued
    make(adding("later"));
    EXPECT_THAT(materials(), ElementsAre("later"));
}

}  // namespace
}  // namespace cript::store
