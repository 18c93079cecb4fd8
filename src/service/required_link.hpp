#pragma once

#include "model/model.hpp"

namespace cript::service {

/// Links that must always lead to a node: `Ingredient.material`, `Citation.reference` and
/// `SoftwareConfiguration.software`. SDK 2.4.0 can load none of these without its target.
[[nodiscard]] inline bool is_required_link(const model::Field& field) {
    if (field.kind != model::FieldKind::Link) return false;
    return field.required || model::text(field.name) == "software";
}

}  // namespace cript::service
