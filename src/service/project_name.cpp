#include "service/project_name.hpp"

#include <fmt/format.h>

namespace cript::service {

base::Result<void> judge_project_name(store::Reader& reader, const PlannedNode& root,
                                      std::vector<Fault>& faults) {
    const bool keeps_name = !root.is_new() && root.row.name == root.former->name;
    if (root.row.type != model::NodeType::Project || keeps_name) return {};
    auto holder = reader.project_named(root.row.name);
    CRIPT_CHECK(holder);
    if (!*holder || *holder == root.row.id) return {};
    faults.push_back({base::ErrorKind::Conflict,
                      {"/name", fmt::format("Project name already in use: {}", root.row.name),
                       std::string(root.is_new() ? kProjectNameTaken : kProjectNameInUse), ""}});
    return {};
}

}  // namespace cript::service
