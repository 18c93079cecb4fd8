#include "service/record_place.hpp"

#include <algorithm>
#include <unordered_set>

namespace cript::service {

using model::FieldName;
using model::NodeType;
using store::NodeId;

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

base::Result<ListedBy> find_listing(store::Reader& reader,
                                    const std::unordered_map<NodeId, const store::NodeRow*>& records) {
    // One experiment lists a record, thousands of properties may link to it.
    constexpr std::size_t kParentsAtOnce = 100;
    ListedBy found;
    std::vector<NodeId> ids;
    for (const auto& [id, row] : records) ids.push_back(id);
    std::ranges::sort(ids);
    auto edges = reader.edges_to(ids);
    CRIPT_CHECK(edges);
    std::erase_if(*edges, [&](const store::EdgeRow& edge) {
        return parent_rule(records.at(edge.child)->type)->field != edge.field;
    });
    std::unordered_set<NodeId> at_home;  // listed by a node of their own project
    std::ranges::stable_sort(*edges, {}, &store::EdgeRow::parent);
    for (auto edge = edges->begin(); edge != edges->end();) {
        std::vector<NodeId> parents;
        const auto begin = edge;
        for (; edge != edges->end() && parents.size() < kParentsAtOnce; ++edge) {
            const bool is_new = parents.empty() || parents.back() != edge->parent;
            if (is_new && !at_home.contains(edge->child)) parents.push_back(edge->parent);
        }
        auto rows = reader.nodes_with_ids(parents);
        CRIPT_CHECK(rows);
        std::unordered_map<NodeId, store::NodeRow*> by_id;
        for (auto& row : *rows) by_id.emplace(row.id, &row);
        for (auto candidate = begin; candidate != edge; ++candidate) {
            const auto parent = by_id.find(candidate->parent);
            if (parent == by_id.end() || at_home.contains(candidate->child)) continue;
            const auto& record = *records.at(candidate->child);
            if (parent->second->type != parent_rule(record.type)->parent) continue;
            const bool is_at_home = parent->second->project == record.project;
            if (is_at_home) at_home.insert(record.id);
            if (!is_at_home && found.parents.contains(record.id)) continue;
            found.parents.insert_or_assign(record.id, candidate->parent);
            found.rows.try_emplace(candidate->parent, *parent->second);
        }
    }
    std::unordered_set<NodeId> chosen;
    for (const auto& [record, parent] : found.parents) chosen.insert(parent);
    std::erase_if(found.rows, [&](const auto& row) { return !chosen.contains(row.first); });
    return found;
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
    auto listed = find_listing(reader, {{row.id, &row}});
    CRIPT_CHECK(listed);
    if (const auto found = listed->parents.find(row.id); found != listed->parents.end())
        place.parent = found->second;
    return place;
}

}  // namespace cript::service
