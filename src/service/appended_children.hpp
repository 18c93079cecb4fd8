#pragma once

#include "model/model.hpp"

namespace cript::service {

/// Can a record be put at the end of this field, which makes a revision of the parent that its history does
/// not keep (store::RecordWriter::append_child)?
[[nodiscard]] inline bool may_be_appended_to(const model::Field& field) {
    return field.role == model::LinkRole::Containment &&
           model::info(field.target).group != model::NodeGroup::Subobject;
}

/// May there be such revisions of a node of this type?
[[nodiscard]] inline bool may_lack_revisions(model::NodeType type) {
    for (const auto& field : model::info(type).fields) {
        if (model::is_link(field.kind) && may_be_appended_to(field)) return true;
    }
    return false;
}

}  // namespace cript::service
