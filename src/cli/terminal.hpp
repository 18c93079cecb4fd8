#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "client/environment.hpp"

namespace cript::cli {

/// What a run of the program touches besides files and the network: the seam for tests.
struct Surroundings {
    client::LookUp variables;
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
};

/// The surroundings of the process itself.
[[nodiscard]] Surroundings process_surroundings();

enum class Style { Plain, Bold, Dim, Red, Green, Yellow, Cyan };

/// Text from elsewhere without what steers a terminal: control characters, but newline and tab, and bytes
/// that are no UTF-8 are replaced.
[[nodiscard]] std::string without_controls(std::string_view text, std::string_view instead = "\uFFFD");

/// Text for a person: coloured on a terminal that wants it, plain elsewhere.
class Paint {
  public:
    explicit Paint(bool coloured) : coloured_(coloured) {}
    [[nodiscard]] std::string operator()(Style style, std::string_view text) const;
    /// The text without controls but the colours that are painted here.
    [[nodiscard]] std::string shown(std::string_view text) const;

  private:
    bool coloured_;
};

}  // namespace cript::cli
