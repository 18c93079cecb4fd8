#include "service/save_record.hpp"

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

    /// Sub-objects that the record held, and that nothing holds now, with what they hold.
    base::Result<void> delete_orphans(const SavePlan& plan) {
        auto waiting = released_by(plan);
        std::set<NodeId> doomed;
        while (!waiting.empty()) {
            auto incoming = writer_.edges_to(waiting);
            CRIPT_CHECK(incoming);
            std::erase_if(*incoming,
                          [&](const store::EdgeRow& edge) { return doomed.contains(edge.parent); });
            std::set<NodeId> held;
            for (const auto& edge : *incoming) held.insert(edge.child);
            std::vector<NodeId> next;
            for (const auto node : waiting) {
                if (!held.contains(node) && doomed.insert(node).second) next.push_back(node);
            }
            auto below = sub_objects_of(next);
            CRIPT_CHECK(below);
            waiting = std::move(*below);
        }
        auto rows = writer_.nodes_with_ids(std::vector<NodeId>(doomed.begin(), doomed.end()));
        CRIPT_CHECK(rows);
        return writer_.delete_nodes(*rows, caller_.account, now_);
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
                std::set<NodeId> staying;
                for (const auto& child : links.children) staying.insert(child.stored);
                for (const auto& edge : planned.former_edges) {
                    if (edge.field == links.field && !staying.contains(edge.child))
                        released.push_back(edge.child);
                }
            }
        }
        return released;
    }

    base::Result<std::vector<NodeId>> sub_objects_of(const std::vector<NodeId>& parents) {
        auto rows = writer_.nodes_with_ids(parents);
        CRIPT_CHECK(rows);
        auto edges = writer_.edges_of(parents);
        CRIPT_CHECK(edges);
        std::map<NodeId, model::NodeType> types;
        for (const auto& row : *rows) types.emplace(row.id, row.type);
        std::vector<NodeId> children;
        for (const auto& edge : *edges) {
            const auto parent = types.find(edge.parent);
            if (parent != types.end() && holds_sub_objects(model::find_field(parent->second, edge.field)))
                children.push_back(edge.child);
        }
        return children;
    }

    base::Result<void> set_group(NodeId project) {
        auto group = group_for(writer_, caller_, *save_.group);
        CRIPT_CHECK(group);
        return writer_.set_group_of_project(project, *group);
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
