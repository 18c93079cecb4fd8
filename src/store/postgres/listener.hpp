#pragma once

#include <atomic>
#include <thread>

#include "store/postgres/address.hpp"
#include "store/watch.hpp"

namespace cript::store::postgres {

class Connection;

/// The channel on which every change to the tokens or the state of an account is told, in the transaction
/// that makes it. The payload is the number of the account.
inline constexpr const char* kAccountChannel = "cript_account";

/// How long one question may take that must be answered at once.
inline constexpr std::chrono::milliseconds kPromptly{400};

/// Listens on a connection of its own, and holds the advisory lock of the jobs on it: whoever loses the
/// connection loses the jobs. The server is asked every second whether it still answers, since silence may
/// also mean that the network swallows everything.
class Listener final : public Watch {
  public:
    Listener(Address address, Watcher& watcher);
    ~Listener() override;
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    [[nodiscard]] bool does_the_jobs() const override { return does_the_jobs_; }

  private:
    void serve();
    /// Returns when the connection is lost or the end has come.
    void listen_on_one_connection();
    void tell(const std::string& payload);
    /// Asks for the jobs if another server has them. Throws Failure if there is no answer.
    void ask_for_the_jobs(Connection& connection);
    [[nodiscard]] bool is_over_within(Clock::duration span) const;

    const Address address_;
    Watcher& watcher_;
    int ending_;  ///< an eventfd: readable when the end has come
    std::atomic<bool> does_the_jobs_ = false;
    bool is_lost_ = false;
    std::thread thread_;
};

}  // namespace cript::store::postgres
