#pragma once

#include <csignal>

namespace cript::cli {

/// As long as it lives, the first Ctrl-C (or SIGTERM) is remembered instead of ending the program at once; a
/// second one ends it as ever.
class Interruption {
  public:
    Interruption();
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    [[nodiscard]] static bool happened();

  private:
    struct sigaction former_interrupt_{};
    struct sigaction former_end_{};
};

}  // namespace cript::cli
