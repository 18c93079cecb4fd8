#pragma once

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

    void count(const http::Summary& summary);
    /// The text format 0.0.4.
    [[nodiscard]] std::string text() const;

  private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace cript::server
