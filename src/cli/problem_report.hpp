#pragma once

#include <string>
#include <vector>

#include "cli/project_file.hpp"
#include "cli/terminal.hpp"

namespace cript::cli {

/// The problems of a project, each with its place in the file, like a compiler tells them:
///
///     seed.json:12:7: error: 'nam' is not a field of Material (did you mean 'name'?)
///        12 |   "nam": "water",
///           |   ^~~~~
///           at /material/0/nam
[[nodiscard]] std::string problem_report(const ProjectFile& file, const std::vector<Problem>& problems,
                                         std::string_view word, Style style, const Paint& paint);

}  // namespace cript::cli
