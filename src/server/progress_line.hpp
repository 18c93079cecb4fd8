#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cript::server {

/// How far a long command is, on standard error: a bar that is drawn over itself on a terminal, elsewhere a
/// line for each twentieth part.
class ProgressLine {
  public:
    ProgressLine();
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// `total` is 0 while it is not known.
    void show(std::string_view phase, std::uint64_t done, std::uint64_t total);
    void clear();

  private:
    void draw(const std::string& line);

    bool is_terminal_;
    std::string shown_;
};

}  // namespace cript::server
