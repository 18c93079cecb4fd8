#pragma once

#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "cli/program.hpp"

namespace cript::cli {

inline constexpr const char* kToken = "Token 0123456789abcdef0123456789abcdef01234567";
inline constexpr const char* kTokenDigits = "0123456789abcdef0123456789abcdef01234567";

/// What a run of `cript` left behind.
struct Ran {
    int status = 0;
    std::string out;
    std::string err;
};

/// Runs `cript` inside the test, with these variables as the whole environment.
inline Ran cript(const std::vector<std::string>& arguments, std::map<std::string, std::string> variables = {},
                 const std::string& standard_input = "") {
    std::istringstream in(standard_input);
    std::ostringstream out;
    std::ostringstream err;
    Surroundings surroundings{[&variables](const char* name) -> const char* {
                                  const auto found = variables.find(name);
                                  return found == variables.end() ? nullptr : found->second.c_str();
                              },
                              in, out, err};
    const int status = run(arguments, surroundings);
    return {status, out.str(), err.str()};
}

/// The environment of a person who is signed in at a server.
inline std::map<std::string, std::string> signed_in_at(const std::string& host) {
    return {{"CRIPT_HOST", host}, {"CRIPT_API_KEY", kToken}};
}

/// A folder that goes with the test.
class Folder {
  public:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "cript-test-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_;
};

}  // namespace cript::cli
