#include <algorithm>

#include "store/postgres/background_writes.hpp"
#include "store/postgres/migrations.hpp"
#include "store/postgres/pool.hpp"
#include "store/postgres/tables.hpp"
#include "store/postgres/transaction.hpp"
#include "store/store.hpp"

namespace cript::store::postgres {

namespace {

/// Decides whether a transaction that failed is run again.
class Retries {
  public:
    /// Optimistic at first; a change that others disturb again and again gets its turn alone, and then
    /// nothing can.
    [[nodiscard]] Turn turn() const {
        return was_not_unique_ || conflicts_ >= kConflictsBeforeAlone ? Turn::Alone : Turn::Shared;
    }

    bool are_worth_it(const base::Result<void>& result, const Pool::Loan& connection) {
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

class PostgresStore final : public Store {
  public:
    /// Throws Failure.
    PostgresStore(const Address& address, PoolLimits limits, Unfinished unfinished) : pool_(address, limits) {
        Connection connection(patient(address));
        if (unfinished == Unfinished::Refused) refuse_unfinished_copy(connection);
        migrate(connection);
        numbering_ = read_numbering(connection);
        name_ = database_name(connection);
    }

    base::Result<void> read(const Reading& work) override {
        return guarded([&] { return read_on_some_connection(work); }).and_then([](auto result) {
            return result;
        });
    }

    base::Result<void> write(const Writing& work) override {
        return guarded([&] { return write_until_settled(work); }).and_then([](auto result) {
            return result;
        });
    }

    void write_later(Writing work) override { background_.post(std::move(work)); }

    [[nodiscard]] bool is_remote() const override { return true; }
    [[nodiscard]] std::string name() const override { return name_; }

  private:
    base::Result<void> read_on_some_connection(const Reading& work) {
        while (true) {
            auto connection = pool_.take();
            connection->begin(Turn::Reading);
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

    Pool pool_;
    Numbering numbering_;
    AccountUuids uuids_;
    std::string name_;
    BackgroundWrites background_{*this};  // ends first: its writes need the rest
};

}  // namespace

}  // namespace cript::store::postgres

namespace cript::store {

base::Result<std::unique_ptr<Store>> open_postgres(const std::string& url, const ServerLimits& limits,
                                                   Unfinished unfinished) {
    CRIPT_CHECK(postgres::check_url(url));
    const postgres::Address address{url, limits.connect_within, limits.answer_within};
    postgres::PoolLimits pool;
    pool.connections = limits.connections;
    pool.wait_for = limits.connect_within;
    return postgres::guarded([&]() -> std::unique_ptr<Store> {
        return std::make_unique<postgres::PostgresStore>(address, pool, unfinished);
    });
}

}  // namespace cript::store
