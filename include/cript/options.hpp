#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace cript {

/// Where a request stands.
struct Progress {
    enum class Phase : std::uint8_t {
        Reading,    ///< a local file is read for its digest, before it is sent or fetched
        Sending,    ///< the document is on its way to the server
        Waiting,    ///< sent; the server works
        Receiving,  ///< the answer is on its way back
    };
    Phase phase = Phase::Sending;
    std::uint64_t bytes = 0;  ///< sent or received so far
    std::uint64_t total = 0;  ///< of that direction; 0 when not known
};

/// Called from the thread that made the request, some times a second.
using ProgressCallback = std::function<void(const Progress&)>;

/// How an Api talks to its server.
struct Options {
    std::chrono::milliseconds connect_timeout{10'000};  ///< until the connection stands, TLS included
    std::chrono::milliseconds request_timeout{
        900'000};                             ///< of one request as a whole, but for contents of files
    std::chrono::seconds stall_timeout{300};  ///< of a content of which nothing arrives
    /// A read that finds no connection, or a server that is busy (503), is tried again up to this often in
    /// all. What changes something is never sent twice.
    int attempts = 3;
    std::chrono::milliseconds longest_wait{30'000};  ///< between attempts, whatever Retry-After asks for
    std::string ca_file;     ///< PEM file of the authorities to trust; empty for those of the system
    std::string user_agent;  ///< your program, such as "rheometer-upload/2.1"; put before libcript's own
    ProgressCallback progress;
};

}  // namespace cript
