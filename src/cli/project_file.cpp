#include "cli/project_file.hpp"

#include <fmt/format.h>

namespace cript::cli {

namespace {

Error not_a_project(std::string_view path, std::string_view why) {
    return {ErrorKind::InvalidInput, 0, fmt::format("{} holds no project: {}", path, why), {}};
}

}  // namespace

Result<ProjectFile> read_project(std::string path, std::string text) {
    auto json = Json::parse(text);
    if (!json) {
        auto error = std::move(json).error();
        error.message = fmt::format("{}: {}", path, error.message);
        error.problems.clear();
        return error;
    }
    if (json->if_object() == nullptr) return not_a_project(path, "it is not a JSON object");
    if (json->find("node") != nullptr)
        return ProjectFile{std::move(path), std::move(text), "", std::move(*json)};
    if (auto* project = json->find("project"); project != nullptr && project->find("node") != nullptr) {
        Json inner = std::move(*project);
        return ProjectFile{std::move(path), std::move(text), "/project", std::move(inner)};
    }
    return not_a_project(path, R"(neither it nor its member "project" has a "node": ["Project"])");
}

}  // namespace cript::cli
