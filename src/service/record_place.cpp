#include "service/record_place.hpp"

namespace cript::service {

using model::FieldName;
using model::NodeType;

std::optional<ParentRule> parent_rule(NodeType type) {
    switch (type) {
        case NodeType::Collection:
            return ParentRule{NodeType::Project, FieldName::Collection};
        case NodeType::Material:
            return ParentRule{NodeType::Project, FieldName::Material};
        case NodeType::File:
            return ParentRule{NodeType::Project, std::nullopt};
        case NodeType::Experiment:
            return ParentRule{NodeType::Collection, FieldName::Experiment};
        case NodeType::Inventory:
            return ParentRule{NodeType::Collection, FieldName::Inventory};
        case NodeType::Process:
            return ParentRule{NodeType::Experiment, FieldName::Process};
        case NodeType::Computation:
            return ParentRule{NodeType::Experiment, FieldName::Computation};
        case NodeType::ComputationProcess:
            return ParentRule{NodeType::Experiment, FieldName::ComputationProcess};
        case NodeType::Data:
            return ParentRule{NodeType::Experiment, FieldName::Data};
        default:
            return std::nullopt;
    }
}

bool belongs_to_project(NodeType type) {
    const auto rule = parent_rule(type);
    return rule && rule->parent == NodeType::Project;
}

base::Result<RecordPlace> place_of(store::Reader& reader, const store::NodeRow& row) {
    RecordPlace place;
    place.project = row.project;
    const auto rule = parent_rule(row.type);
    if (!rule || !rule->field) return place;
    place.field = *rule->field;
    if (rule->parent == NodeType::Project) {
        place.parent = row.project;
        return place;
    }
    const store::NodeId ids[] = {row.id};
    auto edges = reader.edges_to(ids);
    CRIPT_CHECK(edges);
    std::vector<store::NodeId> listing;
    for (const auto& edge : *edges) {
        if (edge.field == place.field) listing.push_back(edge.parent);
    }
    auto rows = reader.nodes_with_ids(listing);
    CRIPT_CHECK(rows);
    for (const auto& candidate : *rows) {
        if (candidate.type == rule->parent && (!place.parent || candidate.id < *place.parent))
            place.parent = candidate.id;
    }
    return place;
}

}  // namespace cript::service
