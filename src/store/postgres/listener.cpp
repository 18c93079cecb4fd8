#include "store/postgres/listener.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <charconv>

#include "base/log.hpp"
#include "store/postgres/connection.hpp"

namespace cript::store::postgres {

namespace {

constexpr std::chrono::seconds kAskEvery{1};
constexpr std::chrono::milliseconds kTryAgainIn{250};

// The server notices the death of its peer as soon as we notice its own, and gives the lock of the jobs back:
// without that a machine that lost its power would keep them for hours.
constexpr const char* kSession = R"sql(
    set application_name = 'criptd listening';
    set tcp_keepalives_idle = 5;
    set tcp_keepalives_interval = 2;
    set tcp_keepalives_count = 3;
    set tcp_user_timeout = 5000;
    set idle_session_timeout = 10000;)sql";

/// The number says "JOBS" in ASCII.
constexpr const char* kTakeJobs = "select pg_try_advisory_lock(x'4a4f4253'::bigint)";

}  // namespace

Listener::Listener(Address address, Watcher& watcher)
    : address_(std::move(address)), watcher_(watcher), ending_(::eventfd(0, EFD_CLOEXEC)) {
    thread_ = std::thread([this] { serve(); });
}

Listener::~Listener() {
    const std::uint64_t one = 1;
    if (::write(ending_, &one, sizeof(one)) != sizeof(one))
        base::log(base::LogLevel::Error, "store.listener_does_not_end");
    thread_.join();
    ::close(ending_);
}

bool Listener::is_over_within(Clock::duration span) const {
    return is_ready(ending_, POLLIN, Clock::now() + span);
}

void Listener::serve() {
    while (!is_over_within(Clock::duration::zero())) {
        try {
            listen_on_one_connection();
        } catch (const Failure& failure) {
            if (!std::exchange(is_lost_, true))
                base::log(base::LogLevel::Warning, "store.not_listening",
                          {{"reason", failure.error.message}});
        }
        does_the_jobs_ = false;
        if (is_over_within(kTryAgainIn)) return;
    }
}

void Listener::listen_on_one_connection() {
    Connection connection(address_, Clock::now() + kPromptly);
    connection.script(fmt::format("{} listen {}", kSession, kAccountChannel));
    watcher_.changes_missed();
    if (std::exchange(is_lost_, false)) base::log(base::LogLevel::Info, "store.listening_again");
    while (true) {
        ask_for_the_jobs(connection);
        const auto ask_again = Clock::now() + kAskEvery;
        while (Clock::now() < ask_again) {
            for (const auto& payload : connection.notifications(ending_, ask_again)) tell(payload);
            if (is_over_within(Clock::duration::zero())) return;
        }
    }
}

void Listener::tell(const std::string& payload) {
    AccountId account = 0;
    const auto [end, status] = std::from_chars(payload.data(), payload.data() + payload.size(), account);
    if (status == std::errc{} && end == payload.data() + payload.size()) {
        watcher_.account_changed(account);
    } else {
        watcher_.changes_missed();  // told by another version: whatever it means, it is about tokens
    }
}

void Listener::ask_for_the_jobs(Connection& connection) {
    connection.begin(Turn::Reading, Clock::now() + kPromptly);
    if (does_the_jobs_) {
        connection.query("select 1");
    } else {
        auto rows = connection.query(kTakeJobs);
        rows.step();
        does_the_jobs_ = rows.flag(0);
        if (does_the_jobs_) base::log(base::LogLevel::Info, "store.does_the_jobs");
    }
    connection.end();
}

}  // namespace cript::store::postgres
