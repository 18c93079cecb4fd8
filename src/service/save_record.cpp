#include "service/save_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "service/apply_plan.hpp"
#include "service/groups.hpp"
#include "service/node_policy.hpp"
#include "service/record_place.hpp"
#include "service/record_uniqueness.hpp"

namespace cript::service {

namespace {

using account::Action;
using account::Verdict;
using base::ErrorKind;
using base::fail;
using model::FieldName;
using store::NodeId;
using store::NodeRow;

/// Saves one record. The steps are those of run(), in order.
class RecordSaving {
  public:
    RecordSaving(store::Writer& writer, const account::Caller& caller, const model::Graph& graph,
                 const RecordSave& save, base::Timestamp now)
        : writer_(writer), caller_(caller), graph_(graph), save_(save), options_(save.options), now_(now) {}

    base::Result<SaveOutcome> run() {
        CRIPT_CHECK(find_stored());
        CRIPT_CHECK(find_place());
        CRIPT_CHECK(
            refuse_duplicate(writer_, caller_, graph_.nodes.front(), stored_ ? &*stored_ : nullptr, place_));
        auto plan = plan_save(writer_, caller_, graph_, options_, now_);
        CRIPT_CHECK(plan);
        CRIPT_CHECK(apply_plan(writer_, caller_, *plan));
        const auto root = plan->nodes.front().row.id;
        if (!stored_ && place_.parent)
            CRIPT_CHECK(writer_.append_child(*place_.parent, place_.field, root, caller_.account, now_));
        CRIPT_CHECK(delete_orphans(*plan));
        if (save_.group) CRIPT_CHECK(set_group(root));
        CRIPT_CHECK(audit_visibility(plan->nodes.front()));
        return outcome_of(*plan, false);
    }

  private:
    base::Result<void> find_stored() {
        if (options_.must_be_new) return {};
        const base::Uuid uuids[] = {graph_.nodes.front().uuid};
        auto rows = writer_.find_nodes(uuids);
        CRIPT_CHECK(rows);
        stored_ = std::move(rows->front());
        return {};
    }

    base::Result<void> find_place() {
        if (stored_) {
            auto place = place_of(writer_, *stored_);
            CRIPT_CHECK(place);
            place_ = *place;
            return {};
        }
        if (!save_.placement) return {};
        auto parent = writer_.read_point(save_.placement->parent, caller_.account);
        CRIPT_CHECK(parent);
        const auto verdict = *parent
                                 ? account::decide(caller_, Action::Change,
                                                   policy_target(caller_, (*parent)->node, (*parent)->access))
                                 : Verdict::Hidden;
        if (verdict == Verdict::Hidden || (*parent)->node.type != save_.placement->parent_type) {
            return fail({ErrorKind::InvalidInput,
                         "there is no such node to put it in",
                         {{"", "there is no such node to put it in", std::string(kUnknownUuid), ""}}});
        }
        if (verdict == Verdict::Locked) return fail(ErrorKind::Forbidden, "the node to put it in is locked");
        if (verdict == Verdict::Denied)
            return fail(ErrorKind::Forbidden, "you may read the node to put it in, not change it");
        place_.project = (*parent)->node.project;
        options_.owner = place_.project;
        if (!save_.placement->field) return {};
        place_.parent = (*parent)->node.id;
        place_.field = *save_.placement->field;
        return {};
    }

    /// Sub-objects that the record held, and that nothing holds now, with what they hold. One of another
    /// project stays, unless the caller may delete there.
    base::Result<void> delete_orphans(const SavePlan& plan) {
        auto waiting = released_by(plan);
        std::map<NodeId, NodeRow> doomed;
        while (!waiting.empty()) {
            auto incoming = writer_.edges_to(waiting);
            CRIPT_CHECK(incoming);
            std::set<NodeId> held;
            for (const auto& edge : *incoming) {
                if (!doomed.contains(edge.parent)) held.insert(edge.child);
            }
            std::erase_if(waiting, [&](NodeId node) { return held.contains(node) || doomed.contains(node); });
            auto rows = deletable(waiting);
            CRIPT_CHECK(rows);
            auto below = sub_objects_of(*rows);
            CRIPT_CHECK(below);
            waiting = std::move(*below);
            for (auto& row : *rows) doomed.emplace(row.id, std::move(row));
        }
        std::vector<NodeRow> rows;
        for (auto& [id, row] : doomed) rows.push_back(std::move(row));
        return writer_.delete_nodes(rows, caller_.account, now_);
    }

    base::Result<std::vector<NodeRow>> deletable(const std::vector<NodeId>& nodes) {
        auto rows = writer_.nodes_with_ids(nodes);
        CRIPT_CHECK(rows);
        auto access = access_to(*rows);
        CRIPT_CHECK(access);
        std::erase_if(*rows, [&](const NodeRow& row) {
            return account::decide(caller_, Action::Delete, policy_target(caller_, row, *access)) !=
                   Verdict::Allowed;
        });
        return rows;
    }

    static bool holds_sub_objects(const model::Field* field) {
        return field != nullptr && field->role == model::LinkRole::Containment &&
               model::info(field->target).group == model::NodeGroup::Subobject;
    }

    static std::vector<NodeId> released_by(const SavePlan& plan) {
        std::vector<NodeId> released;
        for (const auto& planned : plan.nodes) {
            for (const auto& links : planned.links) {
                if (!holds_sub_objects(model::find_field(planned.row.type, links.field))) continue;
                std::set<NodeId> kept;
                for (const auto& child : links.children) kept.insert(child.stored);
                for (const auto& edge : planned.former_edges) {
                    if (edge.field == links.field && !kept.contains(edge.child))
                        released.push_back(edge.child);
                }
            }
        }
        return released;
    }

    base::Result<std::vector<NodeId>> sub_objects_of(const std::vector<NodeRow>& parents) {
        std::map<NodeId, model::NodeType> types;
        std::vector<NodeId> ids;
        for (const auto& row : parents) {
            types.emplace(row.id, row.type);
            ids.push_back(row.id);
        }
        auto edges = writer_.edges_of(ids);
        CRIPT_CHECK(edges);
        std::vector<NodeId> children;
        for (const auto& edge : *edges) {
            if (holds_sub_objects(model::find_field(types.at(edge.parent), edge.field)))
                children.push_back(edge.child);
        }
        return children;
    }

    base::Result<void> set_group(NodeId project) {
        if (stored_) CRIPT_CHECK(refuse_group_change());
        auto group = group_for(writer_, caller_, *save_.group);
        CRIPT_CHECK(group);
        CRIPT_CHECK(writer_.set_group_of_project(project, *group));
        return stored_ ? audit("project.group_changed",
                               fmt::format("{} to {}", stored_->uuid.text(), save_.group->text()))
                       : base::Result<void>{};
    }

    /// Whoever is in the group belongs to the project: as with the list of members, that is for
    /// administrators.
    base::Result<void> refuse_group_change() {
        auto access = access_to({*stored_});
        CRIPT_CHECK(access);
        const auto target = policy_target(caller_, *stored_, *access);
        if (account::decide(caller_, Action::Change, target) == Verdict::Locked)
            return fail(ErrorKind::Forbidden, "the project is locked");
        const bool is_allowed = account::decide(caller_, Action::Change, target) == Verdict::Allowed &&
                                account::decide(caller_, Action::Administer, target) == Verdict::Allowed;
        if (is_allowed) return {};
        return fail({ErrorKind::Forbidden,
                     "only an administrator of the project changes its group",
                     {{"/group", "only an administrator of the project changes its group",
                       std::string(kNotAllowed), ""}}});
    }

    base::Result<void> audit_visibility(const PlannedNode& root) {
        const bool turns_private = root.row.type == model::NodeType::Project && root.former &&
                                   root.former->is_public && !root.row.is_public;
        return turns_private ? audit("project.made_private", root.row.uuid.text()) : base::Result<void>{};
    }

    base::Result<void> audit(std::string_view action, std::string detail) {
        auto event = save_.event;
        event.action = action;
        event.detail = std::move(detail);
        return writer_.append_audit(now_, event);
    }

    base::Result<ProjectAccessMap> access_to(const std::vector<NodeRow>& rows) {
        std::set<NodeId> projects;
        for (const auto& row : rows) {
            if (row.project) projects.insert(*row.project);
        }
        return writer_.project_access(caller_.account, std::vector<NodeId>(projects.begin(), projects.end()));
    }

    store::Writer& writer_;
    const account::Caller& caller_;
    const model::Graph& graph_;
    const RecordSave& save_;
    SaveOptions options_;
    base::Timestamp now_;
    std::optional<NodeRow> stored_;
    RecordPlace place_;
};

}  // namespace

base::Result<SaveOutcome> save_record(Context& context, const account::Caller& caller,
                                      const model::Graph& graph, const RecordSave& save) {
    return write<SaveOutcome>(context.store, [&](store::Writer& writer) {
        return RecordSaving(writer, caller, graph, save, context.clock.now()).run();
    });
}

}  // namespace cript::service
