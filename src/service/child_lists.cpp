#include "service/child_lists.hpp"

#include <algorithm>
#include <unordered_set>

namespace cript::service {

std::vector<PlannedChild> stored_children(const std::vector<store::EdgeRow>& edges, model::FieldName field) {
    std::vector<PlannedChild> children;
    for (const auto& edge : edges) {
        if (edge.field == field) children.push_back({edge.child, model::LinkTarget::kElsewhere});
    }
    return children;
}

std::vector<PlannedChild> united(std::vector<PlannedChild> sent, const std::vector<PlannedChild>& stored) {
    std::unordered_set<store::NodeId> ids;
    for (const auto& child : sent) {
        if (child.node == model::LinkTarget::kElsewhere) ids.insert(child.stored);
    }
    for (const auto& child : stored) {
        if (!ids.contains(child.stored)) sent.push_back(child);
    }
    return sent;
}

Remainder without(std::vector<PlannedChild> children, const std::vector<PlannedChild>& unwanted) {
    Remainder left{std::move(children), {}};
    std::unordered_set<store::NodeId> there;
    for (const auto& child : left.children) there.insert(child.stored);
    std::unordered_set<store::NodeId> taken;
    for (std::size_t position = 0; position < unwanted.size(); ++position) {
        if (there.erase(unwanted[position].stored) == 0) left.strangers.push_back(position);
        taken.insert(unwanted[position].stored);
    }
    std::erase_if(left.children, [&](const PlannedChild& child) { return taken.contains(child.stored); });
    return left;
}

std::string removal_fault(const model::Graph& graph) {
    const auto& root = graph.nodes.front();
    if (graph.nodes.size() > 1 || root.attributes != "{}" || root.is_public || root.is_locked) {
        return "a document of what to take away holds links by uuid, null for each field to clear, and no "
               "more";
    }
    if (root.cleared.empty() && root.links.empty()) return "the document names nothing to take away";
    return {};
}

}  // namespace cript::service
