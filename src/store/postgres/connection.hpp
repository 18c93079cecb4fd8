#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/postgres/address.hpp"
#include "store/postgres/failure.hpp"
#include "store/postgres/parameters.hpp"
#include "store/postgres/rows.hpp"

namespace cript::store::postgres {

/// How a transaction stands to others.
enum class Turn : std::uint8_t {
    Reading,  ///< one view, no changes
    Shared,   ///< serializable, beside other changes
    Alone,    ///< serializable, with no other change meanwhile
};

/// One connection with its prepared statements and one transaction at a time. Used by one thread at a time.
///
/// Statements go out in pipeline mode: `run` only queues, `query` sends what is queued and waits for its own
/// answer, so that a transaction costs one round trip for each answer it needs. What a queued statement did
/// wrong is thrown by the next `query` or by `commit`. Nothing waits for longer than Address::answer_within,
/// nor past the deadline of the transaction.
class Connection {
  public:
    /// Connects and sets the session up. Throws Failure.
    explicit Connection(const Address& address, Deadline deadline = kNoDeadline);

    // One transaction. It begins with its first statement.
    void begin(Turn turn, Deadline deadline = kNoDeadline);
    /// Makes it durable. Throws Failure; then nothing of it is kept, unless the failure says that nobody
    /// knows.
    void commit();
    /// Ends it without its changes. Never throws: a connection that cannot do it is broken.
    void end() noexcept;

    /// `sql` must be a literal or another constant: statements are prepared once and known by its address.
    void run(const char* sql, const Parameters& parameters = Parameters{});
    /// Throws Failure.
    Rows query(const char* sql, const Parameters& parameters = Parameters{});
    /// The same for a statement that may clash with what is stored: a broken constraint undoes this statement
    /// only, and the transaction goes on. Throws Failure.
    Rows query_or_undo(const char* sql, const Parameters& parameters);
    /// Runs statements without parameters, outside of `begin` and `commit`. Throws Failure.
    ResultHandle script(const std::string& sql);

    /// What broke the current transaction: from then on every statement in it fails.
    [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }
    /// Has something in it not been unique? It is so perhaps only beside what another transaction did
    /// meanwhile.
    [[nodiscard]] bool has_broken_uniqueness() const { return has_broken_uniqueness_; }
    /// Has the server answered anything in this transaction?
    [[nodiscard]] bool has_answered() const { return has_answered_; }
    /// Was it lost while a commit was on its way? Then nobody knows whether the changes were kept.
    [[nodiscard]] bool may_have_committed() const { return may_have_committed_; }
    /// It cannot be used any more.
    [[nodiscard]] bool is_broken() const { return is_broken_; }
    /// Looks without waiting whether the server has hung up meanwhile. Throws nothing.
    [[nodiscard]] bool is_alive() noexcept;
    [[nodiscard]] int server_version() const { return PQserverVersion(handle_.get()); }

    // Notifications (PostgreSQL manual, NOTIFY), outside of transactions.
    /// Waits until the server says something, or there is something to read on `interruption`, or the time
    /// is over. What others have told since the last time. Throws Failure.
    std::vector<std::string> notifications(int interruption, Deadline deadline);

  private:
    /// What the server still has to answer, in order.
    struct Expected {
        enum class Kind : std::uint8_t { Preparation, Statement, Synchronisation } kind;
        const char* sql;
        bool is_wanted = false;  ///< its answer is what `collect` gives
    };

    void set_up();
    std::vector<std::string> take_notifications();
    void start_transaction();
    void queue(const char* sql, const Parameters& parameters, bool is_wanted = false);
    void synchronise();
    /// Sends what is queued, takes every answer that is due, and gives the wanted one.
    ResultHandle collect();
    ResultHandle next_result();
    void wait(short events, Deadline deadline);
    void flush();
    [[noreturn]] void fail_now(Failure failure);
    [[noreturn]] void break_off(std::string message);

    Deadline deadline_;  ///< of the transaction
    ConnectionHandle handle_;
    std::chrono::milliseconds answer_within_;
    std::unordered_map<const char*, std::string> prepared_;
    std::uint64_t last_name_ = 0;
    std::deque<Expected> expected_;
    std::optional<Turn> to_begin_;  ///< a transaction whose first statement is still to come
    bool in_transaction_ = false;
    bool has_answered_ = false;
    bool has_broken_uniqueness_ = false;
    bool may_have_committed_ = false;
    bool is_broken_ = false;
    std::optional<Failure> failure_;
    const char* failed_ = nullptr;  ///< the last statement that did
};

}  // namespace cript::store::postgres
