#pragma once

#include "model/node_content.hpp"

namespace cript::model {

/// Checks what ties fields of one node together: the unit and sign of a quantity, the kind of a parameter's
/// value.
void check_rules(const NodeContent& content, NodeType type, const Step& step, ProblemList& problems);

/// Required fields that this node need not have: the unit of a quantity whose key fixes none. SDK 2.4.0
/// leaves an empty one out.
[[nodiscard]] FieldSet not_needed(const NodeContent& content, NodeType type);

/// Tells of a material that only its name identifies.
void warn_without_identifier(const NodeContent& content, NodeType type, const Step& step,
                             ProblemList& warnings);

}  // namespace cript::model
