#pragma once

#include <chrono>
#include <iosfwd>
#include <string>

#include "cript/options.hpp"

namespace cript::cli {

/// "12.3 MB"
[[nodiscard]] std::string size_text(std::uint64_t bytes);

/// One line on a terminal that shows how a request goes, drawn over itself and taken away at the end.
class ProgressBar {
  public:
    explicit ProgressBar(std::ostream& out) : out_(out) {}
    ~ProgressBar() { clear(); }
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void show(const Progress& progress);
    void clear();

  private:
    std::ostream& out_;
    std::string shown_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace cript::cli
