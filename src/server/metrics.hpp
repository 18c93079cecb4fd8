#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "http/server.hpp"

namespace cript::server {

/// Counts and times of requests, by route, in Prometheus' terms. No label ever holds what a caller chose.
class Metrics {
  public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// How things are just now.
    struct State {
        std::uint64_t body_bytes = 0;  ///< of requests, in memory
        bool takes_files = true;
    };
    /// Asked each time for the metrics, on the thread that asks for them. Before that begins.
    void watch(std::function<State()> state) { state_ = std::move(state); }

    void count(const http::Summary& summary);
    /// The text format 0.0.4.
    [[nodiscard]] std::string text() const;

  private:
    struct Families;
    std::unique_ptr<Families> families_;
    std::function<State()> state_;
};

}  // namespace cript::server
