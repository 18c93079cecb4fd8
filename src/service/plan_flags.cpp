#include "service/plan_flags.hpp"

#include <fmt/format.h>

#include "model/problem_codes.hpp"

namespace cript::service {

namespace {

base::Problem read_only_warning(std::string_view pointer, std::string_view field, std::string_view message) {
    return {fmt::format("{}/{}", pointer, field), std::string(message), model::codes::kReadOnly, ""};
}

}  // namespace

bool is_stale_copy(const model::GraphNode& node, const PlannedNode& planned) {
    return node.seen_updated_at && planned.former && *node.seen_updated_at != planned.former->updated_at;
}

base::Problem stale_copy_warning(std::string_view pointer, model::FieldName field) {
    return {fmt::format("{}/{}", pointer, model::text(field)),
            "it is from before the last change of the node, and stays as it is", std::string(kStaleCopy), ""};
}

void plan_flags(const model::GraphNode& node, std::string_view pointer, FlagRights rights,
                PlannedNode& planned, std::vector<base::Problem>& warnings) {
    const bool changes_public = node.is_public && *node.is_public != planned.row.is_public;
    const bool changes_lock = node.is_locked && *node.is_locked != planned.row.is_locked;
    if (is_stale_copy(node, planned)) {
        if (changes_public) warnings.push_back(stale_copy_warning(pointer, model::FieldName::Public));
        if (changes_lock) warnings.push_back(stale_copy_warning(pointer, model::FieldName::Locked));
        return;
    }
    const bool is_project = planned.row.type == model::NodeType::Project;
    const bool may_hide = rights.may_unset_public && (!is_project || rights.administers);
    if (changes_public && !*node.is_public && !may_hide) {
        warnings.push_back(read_only_warning(pointer, "public", "a node that is public stays public"));
    } else if (changes_public) {
        planned.row.is_public = *node.is_public;
        planned.mark_changed("public");
    }
    if (changes_lock && !rights.administers) {
        warnings.push_back(
            read_only_warning(pointer, "locked", "only an administrator of the project locks and unlocks"));
    } else if (changes_lock) {
        planned.row.is_locked = *node.is_locked;
        planned.mark_changed("locked");
    }
}

}  // namespace cript::service
