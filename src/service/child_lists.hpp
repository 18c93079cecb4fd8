#pragma once

#include <string>
#include <vector>

#include "service/save_plan.hpp"

namespace cript::service {

/// The stored children of one field, in their order.
[[nodiscard]] std::vector<PlannedChild> stored_children(const std::vector<store::EdgeRow>& edges,
                                                        model::FieldName field);

/// What was sent, then what is stored and was not sent (decision C10).
[[nodiscard]] std::vector<PlannedChild> united(std::vector<PlannedChild> sent,
                                               const std::vector<PlannedChild>& stored);

/// Some children taken away from others.
struct Remainder {
    std::vector<PlannedChild> children;
    std::vector<std::size_t> strangers;  ///< positions of what was to be taken away and is not there
};
[[nodiscard]] Remainder without(std::vector<PlannedChild> children,
                                const std::vector<PlannedChild>& unwanted);

/// What keeps a document from being one of what to take away; empty if nothing does.
[[nodiscard]] std::string removal_fault(const model::Graph& graph);

}  // namespace cript::service
