#include <gmock/gmock.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "fixture/relay.hpp"
#include "postgres_fixture.hpp"

// Several servers of one database: they hear of each other's changes, share out the jobs, and are told at
// once when nobody can tell them anything.

namespace cript::store {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using Clock = std::chrono::steady_clock;

/// Remembers what it was told.
class Told final : public Watcher {
  public:
    void account_changed(AccountId account) override {
        const std::scoped_lock lock(mutex_);
        accounts_.push_back(account);
        happened_.notify_all();
    }
    void changes_missed() override {
        const std::scoped_lock lock(mutex_);
        ++missed_;
        happened_.notify_all();
    }
    /// Nothing else is told before the watch listens.
    bool listens(int times = 1) {
        std::unique_lock lock(mutex_);
        return happened_.wait_for(lock, seconds(30), [&] { return missed_ >= times; });
    }
    std::vector<AccountId> accounts(std::size_t count) {
        std::unique_lock lock(mutex_);
        happened_.wait_for(lock, seconds(30), [&] { return accounts_.size() >= count; });
        return accounts_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable happened_;
    std::vector<AccountId> accounts_;
    int missed_ = 0;
};

void wait_until(const std::function<bool()>& condition) {
    const auto deadline = Clock::now() + seconds(30);
    while (!condition()) {
        ASSERT_LT(Clock::now(), deadline) << "it does not happen";
        std::this_thread::sleep_for(milliseconds(5));
    }
}

base::Result<void> disable(Store& store, AccountId account) {
    return store.write([=](Writer& writer) { return writer.set_disabled(account, true); });
}

class PostgresWatch : public test::PostgresTest {
  protected:
    void SetUp() override {
        PostgresTest::SetUp();
        if (IsSkipped()) return;
        open();
        auto other = open_postgres(database_->url());
        ASSERT_TRUE(other) << other.error().message;
        other_ = std::move(*other);
    }
    void TearDown() override {
        other_.reset();
        PostgresTest::TearDown();
    }

    std::unique_ptr<Store> other_;
};

TEST_F(PostgresWatch, TellsOfAnAccountThatAnotherServerDisables) {
    Told told;
    const auto watch = store_->watch(told);
    ASSERT_TRUE(told.listens());
    ASSERT_TRUE(disable(*other_, 7));
    EXPECT_THAT(told.accounts(1), ElementsAre(7));
}

TEST_F(PostgresWatch, TellsOfATokenThatAnotherServerRevokes) {
    Told told;
    const auto watch = store_->watch(told);
    ASSERT_TRUE(told.listens());
    ASSERT_TRUE(other_->write([](Writer& writer) { return writer.revoke_token(8, base::Timestamp{1}); }));
    EXPECT_THAT(told.accounts(1), ElementsAre(8));
}

TEST_F(PostgresWatch, TellsNothingOfAChangeThatIsNotKept) {
    Told told;
    const auto watch = store_->watch(told);
    ASSERT_TRUE(told.listens());
    EXPECT_FALSE(other_->write([](Writer& writer) -> base::Result<void> {
        CRIPT_CHECK(writer.set_disabled(7, true));
        return base::fail(base::ErrorKind::Forbidden, "no");
    }));
    ASSERT_TRUE(disable(*other_, 9));
    EXPECT_THAT(told.accounts(1), ElementsAre(9));
}

TEST_F(PostgresWatch, ListensAgainAfterItsConnectionIsLostAndSaysThatItMissedSomething) {
    Told told;
    const auto watch = store_->watch(told);
    ASSERT_TRUE(told.listens());
    database_->end_sessions();
    ASSERT_TRUE(told.listens(2));
    ASSERT_TRUE(disable(*other_, 7));
    EXPECT_THAT(told.accounts(1), ElementsAre(7));
}

TEST_F(PostgresWatch, NoticesANetworkThatSwallowsEverythingAndListensAgainBehindIt) {
    cript::test::Relay relay(database_->server_port());
    open(database_->url_through(relay.port()), impatient());
    Told told;
    const auto watch = store_->watch(told);
    wait_until([&] { return watch->does_the_jobs(); });
    relay.swallow(true);
    wait_until([&] { return !watch->does_the_jobs(); });
    relay.swallow(false);
    EXPECT_TRUE(told.listens(2));
}

TEST_F(PostgresWatch, GivesTheJobsToOneServerOnly) {
    Told told;
    const auto one = store_->watch(told);
    wait_until([&] { return one->does_the_jobs(); });
    const auto two = other_->watch(told);
    ASSERT_TRUE(told.listens(2));
    // It has asked when it tells of a change that came later than its first question.
    ASSERT_TRUE(disable(*store_, 7));
    ASSERT_EQ(told.accounts(2).size(), 2U);
    EXPECT_TRUE(one->does_the_jobs());
    EXPECT_FALSE(two->does_the_jobs());
}

TEST_F(PostgresWatch, GivesTheJobsToAnotherServerWhenTheFirstHasGone) {
    Told told;
    auto one = store_->watch(told);
    wait_until([&] { return one->does_the_jobs(); });
    const auto two = other_->watch(told);
    one.reset();
    wait_until([&] { return two->does_the_jobs(); });
}

TEST_F(PostgresWatch, EndsAtOnceWhateverTheNetworkDoes) {
    cript::test::Relay relay(database_->server_port());
    open(database_->url_through(relay.port()), impatient());
    Told told;
    auto watch = store_->watch(told);
    ASSERT_TRUE(told.listens());
    relay.swallow(true);
    const auto began = Clock::now();
    watch.reset();
    EXPECT_LT(Clock::now() - began, kSoon);
}

class PromptAnswers : public test::PostgresTest {
  protected:
    base::Result<void> ask_promptly() {
        return store_->read_promptly([](Reader& reader) -> base::Result<void> {
            CRIPT_CHECK(reader.count_accounts());
            return {};
        });
    }
};

TEST_F(PromptAnswers, ComeOrAreRefusedSoonThoughOtherQuestionsMayTakeLong) {
    cript::test::Relay relay(database_->server_port());
    ServerLimits patient;
    patient.connect_within = patient.answer_within = 4 * kSoon;
    open(database_->url_through(relay.port()), patient);
    ASSERT_TRUE(ask_promptly());
    relay.swallow(true);
    for (int round = 0; round < 4; ++round) {
        const auto began = Clock::now();
        const auto done = ask_promptly();
        EXPECT_LT(Clock::now() - began, kSoon);
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().kind, base::ErrorKind::Unavailable);
    }
    relay.swallow(false);
    wait_until([&] { return ask_promptly().has_value(); });
}

TEST_F(PromptAnswers, DoNotWaitForACrowdOfSlowQuestions) {
    auto limits = impatient();
    limits.connections = 2;
    open(limits);
    // Both connections are lent.
    ASSERT_TRUE(store_->read([&](Reader& reader) -> base::Result<void> {
        CRIPT_CHECK(reader.count_accounts());
        return store_->read([&](Reader& second) -> base::Result<void> {
            CRIPT_CHECK(second.count_accounts());
            EXPECT_TRUE(ask_promptly());
            return {};
        });
    }));
}

class SeveralHosts : public test::PostgresTest {
  protected:
    /// The same database through each of these ports, in that order.
    [[nodiscard]] std::string url_through(unsigned first, unsigned second) const {
        auto url = database_->url_through(first);
        const auto host = "127.0.0.1:" + std::to_string(first);
        return url.replace(url.find(host), host.size(), host + ",127.0.0.1:" + std::to_string(second));
    }
};

TEST_F(SeveralHosts, OneThatSwallowsEverythingDoesNotHideTheNext) {
    cript::test::Relay dark(database_->server_port());
    cript::test::Relay good(database_->server_port());
    dark.swallow(true);
    open(url_through(dark.port(), good.port()), impatient());
    EXPECT_TRUE(add("toluene"));
}

TEST_F(SeveralHosts, OneThatRefusesDoesNotHideTheNext) {
    const unsigned closed = cript::test::Relay(1).port();
    cript::test::Relay good(database_->server_port());
    open(url_through(closed, good.port()), impatient());
    EXPECT_TRUE(add("toluene"));
}

TEST_F(SeveralHosts, TheOtherIsFoundWhenTheFirstGoesDarkLater) {
    cript::test::Relay first(database_->server_port());
    cript::test::Relay second(database_->server_port());
    open(url_through(first.port(), second.port()), impatient());
    ASSERT_TRUE(add("before"));
    first.swallow(true);
    wait_until([&] { return add("after").has_value(); });
    // From then on it is the first to be tried.
    const auto tried = first.connections();
    EXPECT_TRUE(add("later"));
    EXPECT_EQ(first.connections(), tried);
}

TEST_F(SeveralHosts, AllThatFailAreNamed) {
    const unsigned one = cript::test::Relay(1).port();
    const unsigned other = cript::test::Relay(1).port();
    const auto error = refusal(url_through(one, other));
    EXPECT_THAT(error.message, testing::HasSubstr(std::to_string(one)));
    EXPECT_THAT(error.message, testing::HasSubstr(std::to_string(other)));
}

}  // namespace
}  // namespace cript::store
