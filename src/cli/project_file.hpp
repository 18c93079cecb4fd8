#pragma once

#include <string>

#include "cript/json.hpp"
#include "cript/result.hpp"

namespace cript::cli {

/// A project in a file: the project itself, or a wrapper `{"about": …, "project": {…}}`.
struct ProjectFile {
    std::string path;    ///< as given; "-" for standard input
    std::string text;    ///< the file's own
    std::string prefix;  ///< JSON Pointer of the project in the file: "" or "/project"
    Json project;
};

/// Errors: InvalidInput for a text that is no JSON, or holds no project.
[[nodiscard]] Result<ProjectFile> read_project(std::string path, std::string text);

}  // namespace cript::cli
