#pragma once

#include <libpq-fe.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "store/postgres/deadline.hpp"

namespace cript::store::postgres {

struct CloseConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
using ConnectionHandle = std::unique_ptr<PGconn, CloseConnection>;

/// One of the servers that a URL names (PostgreSQL manual, "Specifying Multiple Hosts").
struct Host {
    std::string name;
    std::string address;
    std::string port;
};

/// The servers of a URL, and which of them served last: that one is tried first. Shared by the connections
/// to them.
class Hosts {
  public:
    explicit Hosts(std::vector<Host> hosts) : hosts_(std::move(hosts)) {}
    [[nodiscard]] std::size_t size() const { return hosts_.size(); }
    /// The one to be tried after `failures` others have failed.
    [[nodiscard]] std::size_t choice(std::size_t failures) const {
        return (served_last_ + failures) % hosts_.size();
    }
    [[nodiscard]] const Host& operator[](std::size_t number) const { return hosts_.at(number); }
    void has_served(std::size_t number) { served_last_ = number; }

  private:
    std::vector<Host> hosts_;
    std::atomic<std::size_t> served_last_ = 0;
};

/// Where the database is and how long anything about it may take.
struct Address {
    std::string url;               ///< as libpq reads it; may hold a password, so it is never logged
    std::shared_ptr<Hosts> hosts;  ///< that it names
    std::chrono::milliseconds connect_within{3'000};
    std::chrono::milliseconds answer_within{30'000};  ///< one statement
    std::string program = "criptd";                   ///< as others see it in the server's list of sessions
};

/// Where a URL points to. Errors: InvalidInput if libpq does not understand it.
[[nodiscard]] base::Result<Address> address_of(const std::string& url,
                                               std::chrono::milliseconds connect_within,
                                               std::chrono::milliseconds answer_within);

/// Connects to the first server that takes us, each within its share of the time: one that swallows
/// everything does not hide those after it. Throws Failure.
[[nodiscard]] ConnectionHandle connect(const Address& address, Deadline deadline);

}  // namespace cript::store::postgres
