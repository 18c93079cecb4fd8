#include <algorithm>
#include <atomic>

#include "store/postgres/background_writes.hpp"
#include "store/postgres/listener.hpp"
#include "store/postgres/migrations.hpp"
#include "store/postgres/pool.hpp"
#include "store/postgres/sentinel.hpp"
#include "store/postgres/tables.hpp"
#include "store/postgres/transaction.hpp"
#include "store/store.hpp"

namespace cript::store::postgres {

namespace {

/// Of advisory locks. The number says "ALONE" in ASCII.
constexpr const char* kOneAtATime = "select pg_try_advisory_lock(x'414c4f4e45'::bigint)";

/// Decides whether a transaction that failed is run again.
class Retries {
  public:
    /// Optimistic at first; a change that others disturb again and again gets its turn alone, and then
    /// nothing can.
    [[nodiscard]] Turn turn() const {
        return was_not_unique_ || conflicts_ >= kConflictsBeforeAlone ? Turn::Alone : Turn::Shared;
    }

    bool are_worth_it(const base::Result<void>& result, const Pool::Loan& connection) {
        if (connection->may_have_committed()) return false;
        const auto& failure = connection->failure();
        if (failure && failure->is_conflict_of_transactions()) return ++conflicts_ < kMostConflicts;
        // Perhaps another transaction was faster: alone, the work sees what that one did, and says so in its
        // own words.
        const bool is_not_unique =
            (failure && failure->is_broken_uniqueness()) || (!result && connection->has_broken_uniqueness());
        if (is_not_unique) return !std::exchange(was_not_unique_, true);
        return was_stale(connection);
    }
    /// An idle connection may have been lost long ago, by a restart of the server say, or lead to a server
    /// that has become a standby since: nothing was done on it. A fresh one is the last that is tried.
    static bool was_stale(const Pool::Loan& connection) {
        const auto& failure = connection->failure();
        const bool did_nothing = !connection->has_answered() || (failure && failure->is_read_only());
        return connection->is_broken() && !connection.is_fresh() && did_nothing;
    }

  private:
    static constexpr int kConflictsBeforeAlone = 2;
    static constexpr int kMostConflicts = 6;

    int conflicts_ = 0;
    bool was_not_unique_ = false;
};

/// Hears what others do, and notices when the database is away.
class PostgresWatch final : public Watch {
  public:
    PostgresWatch(const Address& address, Watcher& watcher, std::function<bool()> ask,
                  std::atomic<bool>& is_reachable)
        : listener_(address, watcher), sentinel_(std::move(ask), is_reachable) {}
    [[nodiscard]] bool does_the_jobs() const override { return listener_.does_the_jobs(); }

  private:
    Listener listener_;
    Sentinel sentinel_;
};

class PostgresStore final : public Store {
  public:
    /// Throws Failure.
    PostgresStore(const Address& address, PoolLimits limits, Unfinished unfinished)
        : address_(address),
          prompt_address_(prompt(address)),
          pool_(address, limits),
          prompt_pool_(prompt_address_, few(limits)) {
        Connection connection(patient(address));
        if (unfinished == Unfinished::Refused) refuse_unfinished_copy(connection);
        migrate(connection);
        numbering_ = read_numbering(connection);
        name_ = database_name(connection);
    }

    base::Result<void> read(const Reading& work) override {
        return guarded([&] { return read_from(pool_, work, kNoDeadline); }).and_then([](auto result) {
            return result;
        });
    }

    base::Result<void> read_promptly(const Reading& work) override {
        return guarded([&] { return read_from(prompt_pool_, work, Clock::now() + kPromptly); })
            .and_then([](auto result) { return result; });
    }

    base::Result<void> write(const Writing& work) override {
        return guarded([&] { return write_until_settled(work); }).and_then([](auto result) {
            return result;
        });
    }

    void write_later(Writing work) override { background_.post(std::move(work)); }

    base::Result<void> one_at_a_time(const std::function<base::Result<void>()>& work) override {
        // The lock goes with its connection. If that is lost meanwhile, another server may begin the same.
        return guarded([&] {
                   Connection connection(patient(address_));
                   auto locked = connection.query(kOneAtATime);
                   if (!locked.step() || !locked.flag(0))
                       return base::Result<void>(
                           base::fail(base::ErrorKind::Conflict, "another server is at it"));
                   return work();
               })
            .and_then([](auto result) { return result; });
    }

    std::unique_ptr<Watch> watch(Watcher& watcher) override {
        return std::make_unique<PostgresWatch>(
            prompt_address_, watcher, [this] { return answers(); }, is_reachable_);
    }

    [[nodiscard]] bool is_reachable() const override { return is_reachable_; }

    [[nodiscard]] bool is_remote() const override { return true; }
    [[nodiscard]] std::string name() const override { return name_; }

  private:
    bool answers() {
        const auto asked = read_promptly([](Reader& reader) -> base::Result<void> {
            CRIPT_CHECK(reader.key_check_value(0));
            return {};
        });
        return asked.has_value();
    }

    base::Result<void> read_from(Pool& pool, const Reading& work, Deadline deadline) {
        while (true) {
            auto connection = pool.take(deadline);
            connection->begin(Turn::Reading, deadline);
            Transaction transaction(*connection, numbering_, uuids_);
            auto result = run(work, transaction);
            connection->end();
            if (!result && Retries::was_stale(connection)) continue;
            return result;
        }
    }

    base::Result<void> write_until_settled(const Writing& work) {
        Retries retries;
        while (true) {
            auto connection = pool_.take();
            connection->begin(retries.turn());
            auto result = write_once(*connection, work);
            const bool runs_again = retries.are_worth_it(result, connection);
            connection->end();
            if (!runs_again) return result;
        }
    }

    base::Result<void> write_once(Connection& connection, const Writing& work) {
        Transaction transaction(connection, numbering_, uuids_);
        CRIPT_CHECK(run(work, transaction));
        return guarded([&] { connection.commit(); });
    }

    /// What the work throws is an error of it.
    template <class Work>
    static base::Result<void> run(const Work& work, Transaction& transaction) {
        return guarded([&] { return work(transaction); }).and_then([](auto result) { return result; });
    }

    /// A migration may rewrite a big table, or wait for another replica that does.
    static Address patient(Address address) {
        address.answer_within =
            std::max<std::chrono::milliseconds>(address.answer_within, std::chrono::hours(1));
        return address;
    }

    /// Connections of their own, so that a crowd of slow requests cannot keep anybody from being told who he
    /// is.
    static Address prompt(Address address) {
        address.connect_within = std::min(address.connect_within, kPromptly);
        address.answer_within = std::min(address.answer_within, kPromptly);
        return address;
    }
    static PoolLimits few(PoolLimits limits) {
        constexpr unsigned kFew = 4;
        limits.connections = std::min(limits.connections, kFew);
        return limits;
    }

    const Address address_;
    const Address prompt_address_;
    Pool pool_;
    Pool prompt_pool_;
    Numbering numbering_;
    AccountUuids uuids_;
    std::string name_;
    std::atomic<bool> is_reachable_ = true;
    BackgroundWrites background_{*this};  // ends first: its writes need the rest
};

}  // namespace

}  // namespace cript::store::postgres

namespace cript::store {

base::Result<std::unique_ptr<Store>> open_postgres(const std::string& url, const ServerLimits& limits,
                                                   Unfinished unfinished) {
    const auto address = postgres::address_of(url, limits.connect_within, limits.answer_within);
    CRIPT_CHECK(address);
    postgres::PoolLimits pool;
    pool.connections = limits.connections;
    pool.wait_for = limits.connect_within;
    return postgres::guarded([&]() -> std::unique_ptr<Store> {
        return std::make_unique<postgres::PostgresStore>(*address, pool, unfinished);
    });
}

}  // namespace cript::store
