#include "store/postgres/connection.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <array>

namespace cript::store::postgres {

namespace {

/// Faults of the environment are worth a retry; anything else is a defect of ours. By class of SQLSTATE.
base::ErrorKind kind_of(std::string_view state) {
    if (state.empty()) return base::ErrorKind::Unavailable;  // the connection is gone
    if (state == "25006") return base::ErrorKind::Unavailable;
    if (state == "22021" || state == "22P05") return base::ErrorKind::InvalidInput;  // text it cannot hold
    for (const std::string_view environment : {"08", "28", "3D", "40", "53", "55", "57", "58", "F0", "XX"}) {
        if (state.starts_with(environment)) return base::ErrorKind::Unavailable;
    }
    return state.starts_with("23") ? base::ErrorKind::Conflict : base::ErrorKind::Internal;
}

std::string field_of(const PGresult* result, int field) {
    const char* text = PQresultErrorField(result, field);
    return text != nullptr ? text : "";
}

Failure failure_of(const PGresult* result) {
    auto state = field_of(result, PG_DIAG_SQLSTATE);
    auto message = field_of(result, PG_DIAG_MESSAGE_PRIMARY);
    if (message.empty()) message = one_line(PQresultErrorMessage(result));
    return {{kind_of(state), fmt::format("the database failed: {}", message), {}},
            state,
            field_of(result, PG_DIAG_CONSTRAINT_NAME)};
}

/// The server has ended the session with it.
bool is_fatal(const PGresult* result) {
    const auto severity = field_of(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    return severity == "FATAL" || severity == "PANIC";
}

const char* begin_statement(Turn turn) {
    return turn == Turn::Reading ? "begin isolation level repeatable read, read only"
                                 : "begin isolation level serializable";
}

/// Taken before the first look at the data, so that whoever had to wait sees what the others did meanwhile.
/// Those who share a turn do not wait for each other.
const char* lock_statement(Turn turn) {
    return turn == Turn::Alone ? "lock table write_turn in exclusive mode"
                               : "lock table write_turn in row exclusive mode";
}

// Every question has its index, and a plan made while a table is empty must still be right when it is full:
// so plans are made once, from the shape of the statement, and go through indexes in nested loops.
// Compilation does not pay for statements this short.
constexpr const char* kSession = R"sql(
    set client_min_messages = warning;
    set plan_cache_mode = force_generic_plan;
    set enable_seqscan = off;
    set enable_hashjoin = off;
    set enable_mergejoin = off;
    set jit = off;
    set idle_in_transaction_session_timeout = 60000;
    select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off';)sql";

}  // namespace

Connection::Connection(const Address& address, Deadline deadline)
    : deadline_(deadline), handle_(connect(address, deadline)), answer_within_(address.answer_within) {
    set_up();
}

void Connection::set_up() {
    if (PQsetnonblocking(handle_.get(), 1) != 0 || PQenterPipelineMode(handle_.get()) != 1)
        break_off("cannot set the connection up");
    script(fmt::format("set statement_timeout = {};{}", answer_within_.count(), kSession));
}

void Connection::begin(Turn turn, Deadline deadline) {
    to_begin_ = turn;
    deadline_ = deadline;
    in_transaction_ = false;
    has_answered_ = false;
    has_broken_uniqueness_ = false;
    may_have_committed_ = false;
    failure_.reset();
}

void Connection::commit() {
    to_begin_.reset();
    if (!in_transaction_) return;  // nothing was asked
    if (failure_) throw Failure(*failure_);
    constexpr const char* kCommit = "commit";
    queue(kCommit, Parameters{}, true);
    ResultHandle done;
    try {
        done = collect();
    } catch (Failure& failure) {
        const bool ended_before = !failure.state.empty() && failed_ != kCommit;
        if (is_broken_ && !ended_before) {
            may_have_committed_ = true;
            failure.error.message =
                "the connection to the database was lost during a commit: whether the change was kept is not "
                "known";
            failure.state.clear();
        }
        throw;
    }
    in_transaction_ = false;
    // A server answers ROLLBACK when the transaction had failed before.
    if (std::string_view(PQcmdStatus(done.get())) != "COMMIT")
        fail_now({{base::ErrorKind::Internal, "the database rolled a change back", {}}});
}

void Connection::end() noexcept {
    try {
        to_begin_.reset();
        if (!in_transaction_ || is_broken_) return;
        in_transaction_ = false;
        failure_.reset();
        queue("rollback", Parameters{});
        // Nobody waits for the answer; it is taken before the next statement's.
        synchronise();
        if (PQflush(handle_.get()) < 0) is_broken_ = true;
    } catch (...) {
        is_broken_ = true;
    }
}

bool Connection::is_alive() noexcept {
    while (!is_broken_ && is_ready(PQsocket(handle_.get()), POLLIN, Clock::now()))
        is_broken_ = PQconsumeInput(handle_.get()) != 1 || PQstatus(handle_.get()) != CONNECTION_OK;
    return !is_broken_;
}

void Connection::start_transaction() {
    if (failure_) throw Failure(*failure_);
    if (!to_begin_) return;
    const auto turn = *to_begin_;
    to_begin_.reset();
    in_transaction_ = true;
    queue(begin_statement(turn), Parameters{});
    if (turn != Turn::Reading) queue(lock_statement(turn), Parameters{});
}

void Connection::run(const char* sql, const Parameters& parameters) {
    start_transaction();
    queue(sql, parameters);
}

Rows Connection::query(const char* sql, const Parameters& parameters) {
    start_transaction();
    queue(sql, parameters, true);
    Rows rows(collect());
    has_answered_ = true;
    return rows;
}

Rows Connection::query_or_undo(const char* sql, const Parameters& parameters) {
    constexpr const char* kRelease = "release savepoint one";
    run("savepoint one");
    queue(sql, parameters, true);
    queue(kRelease, Parameters{});
    try {
        Rows rows(collect());
        has_answered_ = true;
        return rows;
    } catch (const Failure& failure) {
        if (!failure.is_broken_constraint() || failed_ != sql) throw;
        has_broken_uniqueness_ |= failure.is_broken_uniqueness();
        failure_.reset();
        queue("rollback to savepoint one", Parameters{});
        queue(kRelease, Parameters{});
        throw;
    }
}

ResultHandle Connection::script(const std::string& sql) {
    if (!expected_.empty()) collect();
    if (PQexitPipelineMode(handle_.get()) != 1) break_off("the connection is in disorder");
    if (PQsendQuery(handle_.get(), sql.c_str()) != 1) break_off(one_line(PQerrorMessage(handle_.get())));
    flush();
    ResultHandle last;
    std::optional<Failure> failure;
    while (auto result = next_result()) {
        if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR && !failure) failure = failure_of(result.get());
        last = std::move(result);
    }
    if (PQstatus(handle_.get()) != CONNECTION_OK) is_broken_ = true;
    if (!is_broken_ && PQenterPipelineMode(handle_.get()) != 1) is_broken_ = true;
    if (failure) throw Failure(*failure);
    return last;
}

std::vector<std::string> Connection::notifications(int interruption, Deadline deadline) {
    // What comes after an answer is read only when that answer is taken.
    if (!expected_.empty()) collect();
    auto told = take_notifications();
    if (!told.empty()) return told;
    if (!is_readable_before(PQsocket(handle_.get()), interruption, deadline)) return told;
    if (PQconsumeInput(handle_.get()) != 1) break_off(one_line(PQerrorMessage(handle_.get())));
    return take_notifications();
}

std::vector<std::string> Connection::take_notifications() {
    struct Free {
        void operator()(PGnotify* notification) const { PQfreemem(notification); }
    };
    std::vector<std::string> told;
    while (const auto notification = std::unique_ptr<PGnotify, Free>(PQnotifies(handle_.get())))
        told.emplace_back(notification->extra);
    return told;
}

void Connection::queue(const char* sql, const Parameters& parameters, bool is_wanted) {
    if (is_broken_) throw unavailable("the connection to the database is lost");
    auto [entry, is_new] = prepared_.try_emplace(sql, std::string());
    auto& name = entry->second;
    if (is_new) {
        name = fmt::format("s{}", ++last_name_);
        const auto types = parameters.types();
        if (PQsendPrepare(handle_.get(), name.c_str(), sql, parameters.count(), types.data()) != 1)
            break_off(one_line(PQerrorMessage(handle_.get())));
        expected_.push_back({Expected::Kind::Preparation, sql});
    }
    const auto values = parameters.values();
    const auto lengths = parameters.lengths();
    const std::vector<int> formats(values.size(), 1);
    if (PQsendQueryPrepared(handle_.get(), name.c_str(), parameters.count(), values.data(), lengths.data(),
                            formats.data(), 1) != 1)
        break_off(one_line(PQerrorMessage(handle_.get())));
    expected_.push_back({Expected::Kind::Statement, sql, is_wanted});
}

void Connection::synchronise() {
    if (PQpipelineSync(handle_.get()) != 1) break_off(one_line(PQerrorMessage(handle_.get())));
    expected_.push_back({Expected::Kind::Synchronisation, nullptr});
}

ResultHandle Connection::collect() {
    synchronise();
    flush();
    ResultHandle wanted;
    std::optional<Failure> failure;
    while (!expected_.empty() && !is_broken_) {
        auto result = next_result();
        // Nothing stands between two answers; more of it means that there are no answers any more.
        if (!result) result = next_result();
        if (!result) break_off("its answers are out of step");
        const auto expected = expected_.front();
        expected_.pop_front();
        const auto status = PQresultStatus(result.get());
        if (status == PGRES_FATAL_ERROR || status == PGRES_PIPELINE_ABORTED) {
            if (expected.kind == Expected::Kind::Preparation) prepared_.erase(expected.sql);
            if (!failure) {
                failure = failure_of(result.get());
                failed_ = expected.sql;
            }
            is_broken_ = is_fatal(result.get()) || PQstatus(handle_.get()) != CONNECTION_OK;
        }
        if (expected.is_wanted) wanted = std::move(result);
    }
    if (failure) fail_now(std::move(*failure));
    return wanted;
}

ResultHandle Connection::next_result() {
    // The server ends a statement that takes too long; this deadline is for a server that does not.
    const auto deadline = within(answer_within_ + std::chrono::seconds(1), deadline_);
    while (PQisBusy(handle_.get()) != 0) {
        wait(POLLIN, deadline);
        if (PQconsumeInput(handle_.get()) != 1) break_off(one_line(PQerrorMessage(handle_.get())));
    }
    return ResultHandle(PQgetResult(handle_.get()));
}

void Connection::flush() {
    const auto deadline = within(answer_within_, deadline_);
    while (true) {
        const int left = PQflush(handle_.get());
        if (left == 0) return;
        if (left < 0) break_off(one_line(PQerrorMessage(handle_.get())));
        // Both ways: a server whose answers nobody takes stops reading.
        wait(POLLIN | POLLOUT, deadline);
        if (PQconsumeInput(handle_.get()) != 1) break_off(one_line(PQerrorMessage(handle_.get())));
    }
}

void Connection::wait(short events, Deadline deadline) {
    if (!is_ready(PQsocket(handle_.get()), events, deadline)) break_off("it did not answer in time");
}

void Connection::fail_now(Failure failure) {
    // After a failover the old primary takes no changes; another connection may find the new one.
    if (failure.is_read_only()) is_broken_ = true;
    failure_ = failure;
    throw Failure(std::move(failure));
}

void Connection::break_off(std::string message) {
    is_broken_ = true;
    fail_now(unavailable(fmt::format("the database failed: {}", message)));
}

}  // namespace cript::store::postgres
