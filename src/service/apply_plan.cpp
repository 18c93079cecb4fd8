#include "service/apply_plan.hpp"

#include "service/attribute_difference.hpp"
#include "service/custom_words.hpp"

namespace cript::service {

namespace {

using model::LinkTarget;
using store::NodeId;

std::optional<NodeId> project_of(const Owner& owner, const SavePlan& plan) {
    return owner.is_new_root ? plan.nodes.front().row.id : owner.stored;
}

base::Result<void> insert_new(store::Writer& writer, SavePlan& plan) {
    std::vector<store::NodeRow*> rows;
    auto& root = plan.nodes.front();
    // A new project first: the others carry its id.
    if (root.owner.is_new_root) {
        store::NodeRow* const first[] = {&root.row};
        CRIPT_CHECK(writer.insert_nodes(first));
    }
    for (auto& planned : plan.nodes) {
        if (!planned.is_new() || planned.row.id != 0) continue;
        planned.row.project = project_of(planned.owner, plan);
        rows.push_back(&planned.row);
    }
    return writer.insert_nodes(rows);
}

base::Result<void> update_stored(store::Writer& writer, const SavePlan& plan) {
    std::vector<store::NodeUpdate> updates;
    for (const auto& planned : plan.nodes) {
        if (!planned.is_changed || !planned.former) continue;
        updates.push_back({planned.row, *planned.former, planned.former_edges});
    }
    return writer.update_nodes(updates);
}

base::Result<void> write_links(store::Writer& writer, const SavePlan& plan) {
    std::vector<store::ChildrenChange> changes;
    for (const auto& planned : plan.nodes) {
        if (!planned.is_changed) continue;
        for (const auto& links : planned.links) {
            auto& change = changes.emplace_back();
            change = {planned.row.id, links.field, {}, planned.is_new()};
            change.children.reserve(links.children.size());
            for (const auto& child : links.children) {
                change.children.push_back(
                    child.node == LinkTarget::kElsewhere ? child.stored : plan.nodes[child.node].row.id);
            }
        }
    }
    return writer.set_children(changes);
}

base::Result<void> write_identifiers(store::Writer& writer, const SavePlan& plan) {
    std::vector<store::IdentifiersChange> changes;
    for (const auto& planned : plan.nodes) {
        const auto& row = planned.row;
        if (!planned.is_changed || !has_identifiers(row.type)) continue;
        if (planned.former && row.attributes == planned.former->attributes) continue;
        changes.push_back({row.id, identifiers_of(row.type, row.attributes), planned.is_new()});
    }
    return writer.set_identifiers(changes);
}

base::Result<void> write_measured(store::Writer& writer, const SavePlan& plan) {
    std::vector<store::MeasuredChange> changes;
    for (const auto& planned : plan.nodes) {
        const auto& row = planned.row;
        if (!planned.is_changed || !model::can_be_measured(row.type)) continue;
        if (planned.former && row.attributes == planned.former->attributes) continue;
        auto measured = model::measured_value(row.type, row.attributes);
        if (!measured && planned.is_new()) continue;
        changes.push_back({row.id, std::move(measured), planned.is_new()});
    }
    return changes.empty() ? base::Result<void>{} : writer.set_measured(changes);
}

base::Result<void> write_custom_words(store::Writer& writer, const SavePlan& plan) {
    std::vector<store::CustomWordsChange> changes;
    for (const auto& planned : plan.nodes) {
        const auto& row = planned.row;
        if (!planned.is_changed) continue;
        if (planned.former && row.attributes == planned.former->attributes) continue;
        auto words = custom_words_of(row.type, row.attributes);
        const auto former = planned.former ? custom_words_of(row.type, planned.former->attributes)
                                           : std::vector<store::CustomWord>();
        if (words != former) changes.push_back({row.id, std::move(words), planned.is_new()});
    }
    return changes.empty() ? base::Result<void>{} : writer.set_custom_words(changes);
}

base::Result<void> write_project(store::Writer& writer, const account::Caller& caller, const SavePlan& plan) {
    const auto& root = plan.nodes.front();
    if (root.row.type != model::NodeType::Project) return {};
    if (!root.former || root.row.name != root.former->name) {
        CRIPT_CHECK(writer.set_project_name(root.row.id, root.row.name));
    }
    for (const auto& change : plan.roles)
        CRIPT_CHECK(writer.set_role(root.row.id, change.account, change.role));
    if (!root.is_new()) return {};
    return writer.set_role(root.row.id, caller.account, account::Role::Admin);
}

base::Result<void> write_adoptions(store::Writer& writer, const SavePlan& plan) {
    std::unordered_map<NodeId, std::vector<NodeId>> by_project;
    for (const auto& adoption : plan.adoptions)
        by_project[*project_of(adoption.owner, plan)].push_back(adoption.node);
    for (const auto& [project, nodes] : by_project) CRIPT_CHECK(writer.adopt(nodes, project));
    return {};
}

base::Result<void> write_file_sources(store::Writer& writer, const SavePlan& plan) {
    for (const auto& planned : plan.nodes) {
        if (!planned.file_source) continue;
        const auto& [key, file] = *planned.file_source;
        const auto& row = planned.row;
        if (!key.empty()) {
            CRIPT_CHECK(writer.set_file_source(row.id, key, file, row.updated_at));
        } else if (!planned.is_new()) {
            const NodeId nodes[] = {row.id};
            CRIPT_CHECK(writer.drop_file_sources(nodes, row.updated_at));
        }
    }
    return {};
}

}  // namespace

base::Result<void> apply_plan(store::Writer& writer, const account::Caller& caller, SavePlan& plan) {
    CRIPT_CHECK(insert_new(writer, plan));
    CRIPT_CHECK(update_stored(writer, plan));
    CRIPT_CHECK(write_links(writer, plan));
    CRIPT_CHECK(write_identifiers(writer, plan));
    CRIPT_CHECK(write_measured(writer, plan));
    CRIPT_CHECK(write_custom_words(writer, plan));
    CRIPT_CHECK(write_file_sources(writer, plan));
    CRIPT_CHECK(write_project(writer, caller, plan));
    return write_adoptions(writer, plan);
}

SaveOutcome outcome_of(SavePlan& plan, bool lists_changes) {
    SaveOutcome outcome;
    outcome.root = plan.nodes.front().row.uuid;
    outcome.revision = plan.nodes.front().row.revision;
    for (std::uint32_t at = 0; at < plan.nodes.size(); ++at) {
        auto& planned = plan.nodes[at];
        auto& count = planned.is_new()     ? outcome.created
                      : planned.is_changed ? outcome.changed
                                           : outcome.unchanged;
        ++count;
        if (!lists_changes || !planned.is_changed) continue;
        outcome.changes.push_back(
            {at, planned.row.uuid, planned.row.type, planned.is_new(), std::move(planned.fields)});
    }
    outcome.warnings = std::move(plan.warnings);
    return outcome;
}

}  // namespace cript::service
