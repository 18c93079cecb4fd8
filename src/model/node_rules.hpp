#pragma once

#include "model/node_content.hpp"

namespace cript::model {

/// Checks what ties fields of one node together: the unit and sign of a quantity, the kind of a parameter's
/// value.
void check_rules(const NodeContent& content, NodeType type, const Step& step, ProblemList& problems);

/// Tells of a material that only its name identifies.
void warn_without_identifier(const NodeContent& content, NodeType type, const Step& step,
                             ProblemList& warnings);

}  // namespace cript::model
