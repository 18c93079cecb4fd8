#include "service/save_plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/problem_codes.hpp"
#include "service/attribute_difference.hpp"
#include "service/child_lists.hpp"
#include "service/node_policy.hpp"
#include "service/plan_files.hpp"
#include "service/plan_flags.hpp"
#include "service/plan_roles.hpp"
#include "service/project_name.hpp"
#include "service/read_node.hpp"
#include "service/required_link.hpp"
#include "service/save_faults.hpp"
#include "service/seen_people.hpp"
#include "service/stored_nodes.hpp"
#include "service/value_faults.hpp"

namespace cript::service {

namespace {

using account::Action;
using account::Verdict;
using base::ErrorKind;
using base::fail;
using model::FieldKind;
using model::Graph;
using model::GraphNode;
using model::LinkRole;
using model::LinkTarget;
using model::NodeGroup;
using model::NodeType;
using store::EdgeRow;
using store::NodeId;
using store::NodeRow;

bool is_shared(NodeType type) {
    return model::info(type).group == NodeGroup::PrimaryPublic || type == NodeType::User;
}

/// Plans one save. The steps are those of plan(), in order.
class Planner {
  public:
    Planner(store::Reader& reader, const account::Caller& caller, const Graph& graph,
            const SaveOptions& options, base::Timestamp now)
        : reader_(reader), caller_(caller), graph_(graph), options_(options), now_(now) {}

    base::Result<SavePlan> plan() {
        auto stored = StoredNodes::read(reader_, caller_, graph_);
        CRIPT_CHECK(stored);
        stored_ = std::move(*stored);
        CRIPT_CHECK(judge_revision());
        judge_root();
        if (options_.removes) judge_removal();
        for (std::uint32_t at = 0; at < graph_.nodes.size(); ++at) plan_node(at);
        for (std::uint32_t at = 0; at < graph_.nodes.size(); ++at) CRIPT_CHECK(plan_links(at));
        CRIPT_CHECK(decide_roles());
        for (std::uint32_t at = 0; at < graph_.nodes.size(); ++at) judge_change(at);
        CRIPT_CHECK(judge_project_name(reader_, plan_.nodes.front(), problems_));
        CRIPT_CHECK(plan_file_sources(reader_, caller_, graph_, plan_, problems_));
        if (!problems_.empty()) return fail(in_order(std::move(problems_), unlisted_));
        leave_out_beyond(kMostWarnings, plan_.warnings);
        return std::move(plan_);
    }

  private:
    [[nodiscard]] Verdict verdict(Action action, const NodeRow& row) const {
        return account::decide(caller_, action, policy_target(caller_, row, stored_.access()));
    }
    [[nodiscard]] bool is_hidden(const NodeRow& row) const {
        return verdict(Action::Read, row) == Verdict::Hidden;
    }
    /// Does the stored node at `parent` link to that child already?
    [[nodiscard]] bool links_already(std::uint32_t parent, model::FieldName field, NodeId child) const {
        const auto& edges = plan_.nodes[parent].former_edges;
        return std::any_of(edges.begin(), edges.end(),
                           [&](const EdgeRow& edge) { return edge.field == field && edge.child == child; });
    }
    /// A reader without rights is shown a stub where the graph goes on (decision D6). Sent back in its place,
    /// it says nothing.
    [[nodiscard]] bool comes_back_as_hidden(const GraphNode& node, const NodeRow& row) const {
        return node.parent != GraphNode::kNoParent && node.type == row.type && is_hidden(row) &&
               node.attributes == fmt::format(R"({{"name":"{}"}})", kHiddenName) && node.links.empty() &&
               node.cleared.empty() && links_already(node.parent, node.parent_field, row.id);
    }
    void report(ErrorKind kind, std::string pointer, std::string message, std::string_view code) {
        if (problems_.size() < kMostFaults) {
            problems_.push_back({kind, {std::move(pointer), std::move(message), std::string(code), ""}});
        } else {
            ++unlisted_;
        }
    }
    void warn(std::string pointer, std::string message, std::string_view code) {
        plan_.warnings.push_back({std::move(pointer), std::move(message), std::string(code), ""});
    }

    void judge_root() {
        plan_.nodes.resize(graph_.nodes.size());
        plan_.warnings = graph_.warnings;
        const auto& root = graph_.nodes.front();
        const auto* found = root.uuid_is_new ? nullptr : stored_.find(root.uuid);
        if (options_.must_be_new && found != nullptr) {
            report(ErrorKind::Conflict, "", fmt::format("Duplicate uuid: {} provided", root.uuid.text()),
                   kDuplicateUuid);
        }
        if (options_.must_exist && found == nullptr) {
            report(ErrorKind::Conflict, "", "the node was deleted while you changed it", kRevisionDiffers);
        }
    }

    /// Comes first, and stands alone: what is hidden is answered as what is not there, down to the last word.
    base::Result<void> judge_revision() {
        if (!options_.if_revision) return {};
        const auto* found = stored_.find(graph_.nodes.front().uuid);
        const bool is_visible = found != nullptr && !is_hidden(found->row);
        return check_revision(is_visible ? &found->row : nullptr, *options_.if_revision);
    }

    void judge_removal() {
        if (auto fault = removal_fault(graph_); !fault.empty())
            report(ErrorKind::InvalidInput, "", std::move(fault), kWrongTarget);
    }

    /// Attributes and flags of one node.
    void plan_node(std::uint32_t at) {
        const auto& node = graph_.nodes[at];
        auto& planned = plan_.nodes[at];
        const auto* found = node.uuid_is_new ? nullptr : stored_.find(node.uuid);
        if (found == nullptr) {
            plan_new_node(at, node, planned);
            return;
        }
        planned.former = found->row;
        planned.former_edges = found->edges;
        planned.owner = {found->row.project, false};
        planned.row = found->row;
        if (comes_back_as_hidden(node, found->row)) return;
        if (found->row.type != node.type || is_hidden(found->row)) {
            if (at == 0 && options_.must_be_new) return;  // told already
            report(ErrorKind::Conflict, graph_.pointer(at),
                   fmt::format("Duplicate uuid: {} provided", node.uuid.text()), kDuplicateUuid);
            return;
        }
        warn_of_other_creation(at, node, found->row);
        plan_attributes(at, node, planned);
        if (is_shared(node.type)) return;
        const FlagRights rights{verdict(Action::Administer, found->row) == Verdict::Allowed,
                                options_.may_unset_public};
        plan_flags(node, graph_.pointer(at), rights, planned, plan_.warnings);
    }

    void plan_new_node(std::uint32_t at, const GraphNode& node, PlannedNode& planned) {
        auto& row = planned.row;
        row.uuid = node.uuid;
        row.type = node.type;
        row.name = node.name;
        row.attributes = node.attributes;
        row.created_by = row.updated_by = caller_.account;
        row.created_at = row.updated_at = now_;
        row.is_public = is_shared(node.type) || node.is_public.value_or(false);
        row.is_locked = node.is_locked.value_or(false);
        planned.is_changed = true;
        judge_new_value(at, row.type, row.attributes);
        if (node.type == NodeType::User) {
            report(ErrorKind::InvalidInput, graph_.pointer(at),
                   "there is no account of that uuid: people are added by the server's administrator",
                   kNotAllowed);
        }
        if (is_shared(node.type)) return;
        if (node.type == NodeType::Project && at == 0) {
            planned.owner.is_new_root = true;
        } else if (node.parent != GraphNode::kNoParent) {
            planned.owner = plan_.nodes[node.parent].owner;
        } else {
            planned.owner.stored = options_.owner;
        }
    }

    void plan_attributes(std::uint32_t at, const GraphNode& node, PlannedNode& planned) {
        const auto& former = *planned.former;
        if (node.cleared.empty() && node.attributes == former.attributes) return;
        auto merged = model::merge_attributes(node.type, former.attributes, node.attributes, node.cleared);
        if (merged == former.attributes) return;
        if (ignores_change(at, planned)) return;
        for (auto& problem : model::problems_of_whole(node.type, merged)) {
            problem.pointer.insert(0, graph_.pointer(at));
            problems_.push_back({ErrorKind::InvalidInput, std::move(problem)});
        }
        if (!model::has_same_value(former.attributes, merged)) judge_new_value(at, node.type, merged);
        planned.fields = differing_fields(former.attributes, merged);
        planned.row.attributes = std::move(merged);
        const bool clears_name = std::ranges::count(node.cleared, model::FieldName::Name) > 0;
        if (!node.name.empty() || clears_name) planned.row.name = node.name;
        planned.is_changed = true;
    }

    /// What is stored is not judged again.
    void judge_new_value(std::uint32_t at, NodeType type, std::string_view attributes) {
        judge_value(type, attributes, graph_.pointer(at), options_.values_must_fit, problems_,
                    plan_.warnings);
    }

    /// References and software belong to their creator; what others say of them inside their own documents is
    /// left out.
    bool ignores_change(std::uint32_t at, const PlannedNode& planned) {
        if (at == 0 || !is_shared(planned.row.type)) return false;
        if (verdict(Action::Change, *planned.former) == Verdict::Allowed) return false;
        warn(graph_.pointer(at),
             fmt::format("this {} is shared and belongs to someone else: your change of it was not saved",
                         model::info(planned.row.type).name),
             "shared_node_unchanged");
        return true;
    }

    void warn_of_other_creation(std::uint32_t at, const GraphNode& node, const NodeRow& former) {
        if (!node.seen_created_at || *node.seen_created_at == former.created_at) return;
        warn(graph_.pointer(at) + "/created_at",
             fmt::format("the server sets it; here it is {}", former.created_at.text()),
             model::codes::kReadOnly);
    }

    base::Result<void> plan_links(std::uint32_t at) {
        const auto& node = graph_.nodes[at];
        auto& planned = plan_.nodes[at];
        for (const auto& links : node.links) {
            const auto* field = model::find_field(node.type, links.field);
            std::vector<PlannedChild> sent;
            sent.reserve(links.targets.size());
            for (std::size_t position = 0; position < links.targets.size(); ++position) {
                if (auto child = resolve(at, *field, position, links.targets[position]))
                    sent.push_back(*child);
            }
            if (options_.removes) {
                take_away(at, *field, sent);
                continue;
            }
            const bool says_who_belongs = node.type == NodeType::Project && field->role == LinkRole::Account;
            if (says_who_belongs && !options_.replace_lists && is_stale_copy(node, planned)) {
                auto meant = without_echoes(reader_, {node, planned, *field, graph_.pointer(at)},
                                            std::move(sent), plan_.warnings);
                CRIPT_CHECK(meant);
                sent = std::move(*meant);
            }
            set_children(planned, *field, std::move(sent), options_.replace_lists);
        }
        for (const auto name : node.cleared) {
            const auto* field = model::find_field(node.type, name);
            if (field != nullptr && model::is_link(field->kind)) clear_links(at, *field);
        }
        return {};
    }

    void clear_links(std::uint32_t at, const model::Field& field) {
        if (!is_required_link(field)) return set_children(plan_.nodes[at], field, {}, true);
        report(ErrorKind::InvalidInput, graph_.pointer(at, field.name, 0),
               fmt::format("a {} cannot be without its '{}'", model::info(graph_.nodes[at].type).name,
                           model::text(field.name)),
               kStillNeeded);
    }

    /// What is left of a field's links without some of them.
    void take_away(std::uint32_t at, const model::Field& field, const std::vector<PlannedChild>& unwanted) {
        auto left = without(stored_children(plan_.nodes[at].former_edges, field.name), unwanted);
        for (const auto position : left.strangers) {
            report(ErrorKind::InvalidInput, graph_.pointer(at, field.name, position),
                   fmt::format("'{}' has no link to that node", model::text(field.name)), kNotLinked);
        }
        if (left.children.empty() && is_required_link(field)) return clear_links(at, field);
        set_children(plan_.nodes[at], field, std::move(left.children), true);
    }

    std::optional<PlannedChild> resolve(std::uint32_t at, const model::Field& field, std::size_t position,
                                        const LinkTarget& target) {
        if (target.node != LinkTarget::kElsewhere) return resolve_in_document(at, field, position, target);
        const auto* found = stored_.find(target.uuid);
        if (found == nullptr || !may_link(at, field, found->row)) {
            report_unknown(at, field, position, target.uuid);
            return std::nullopt;
        }
        if (found->row.type != field.target) {
            report(ErrorKind::InvalidInput, graph_.pointer(at, field.name, position),
                   fmt::format("{} is a {}; '{}' links to a {}", target.uuid.text(),
                               model::info(found->row.type).name, model::text(field.name),
                               model::info(field.target).name),
                   kWrongTarget);
            return std::nullopt;
        }
        adopt_if_free(at, found->row);
        return PlannedChild{found->row.id, LinkTarget::kElsewhere};
    }

    std::optional<PlannedChild> resolve_in_document(std::uint32_t at, const model::Field& field,
                                                    std::size_t position, const LinkTarget& target) {
        const auto& child = plan_.nodes[target.node];
        if (child.is_new()) return PlannedChild{0, target.node};
        const auto& node = graph_.nodes[target.node];
        const bool stands_here =
            node.parent == at && node.parent_field == field.name;  // judged where it stands
        if (!stands_here && !may_link(at, field, child.row)) {
            report_unknown(at, field, position, node.uuid);
            return std::nullopt;
        }
        adopt_if_free(at, child.row);
        return PlannedChild{child.row.id, LinkTarget::kElsewhere};
    }

    [[nodiscard]] bool may_link(std::uint32_t at, const model::Field& field, const NodeRow& child) const {
        return !is_hidden(child) || links_already(at, field.name, child.id);
    }

    void report_unknown(std::uint32_t at, const model::Field& field, std::size_t position,
                        const base::Uuid& uuid) {
        auto pointer = graph_.pointer(at, field.name, position);
        if (field.role == LinkRole::Account) {
            warn(std::move(pointer), "there is no account of that uuid; it was left out", "unknown_account");
        } else {
            report(ErrorKind::InvalidInput, std::move(pointer),
                   fmt::format("Bad uuid: {} provided", uuid.text()), kUnknownUuid);
        }
    }

    /// A stored node without a project joins the project of the first node that links to it.
    void adopt_if_free(std::uint32_t at, const NodeRow& child) {
        const auto& owner = plan_.nodes[at].owner;
        if (child.project || owner.is_none() || is_shared(child.type)) return;
        if (verdict(Action::Change, child) != Verdict::Allowed) return;
        plan_.adoptions.push_back({child.id, owner});
    }

    base::Result<void> decide_roles() {
        auto roles = plan_roles(reader_, caller_, plan_.nodes.front());
        CRIPT_CHECK(roles);
        plan_.roles = std::move(roles->changes);
        if (roles->leaves_no_admin) {
            report(ErrorKind::InvalidInput, "/admin", "a project needs at least one administrator",
                   kNotAllowed);
        }
        return {};
    }

    void set_children(PlannedNode& planned, const model::Field& field, std::vector<PlannedChild> children,
                      bool replaces) {
        const auto former = stored_children(planned.former_edges, field.name);
        if (!replaces && field.kind == FieldKind::LinkList) children = united(std::move(children), former);
        if (children == former) return;
        planned.links.push_back({field.name, std::move(children)});
        if (planned.is_new()) return;
        planned.mark_changed(model::text(field.name));
    }

    /// May the caller make the change that has been found?
    void judge_change(std::uint32_t at) {
        auto& planned = plan_.nodes[at];
        if (planned.is_new() || !planned.is_changed) return;
        planned.row.updated_by = caller_.account;
        planned.row.updated_at = now_;
        planned.row.revision = planned.former->revision + 1;
        const auto allowed = verdict(Action::Change, *planned.former);
        const bool only_lock = planned.fields == std::vector<std::string>{"locked"};
        if (allowed == Verdict::Locked && !only_lock) {
            report(ErrorKind::Forbidden, graph_.pointer(at),
                   "the node is locked: an administrator of the project unlocks it", kLocked);
        } else if (allowed == Verdict::Denied) {
            report(ErrorKind::Forbidden, graph_.pointer(at), "you may read this node, not change it",
                   kNotAllowed);
        }
        const bool opens_project =
            planned.row.type == NodeType::Project && planned.row.is_public && !planned.former->is_public;
        const bool changes_roles = at == 0 && !plan_.roles.empty();
        if ((opens_project || changes_roles) &&
            verdict(Action::Administer, *planned.former) != Verdict::Allowed) {
            report(ErrorKind::Forbidden, graph_.pointer(at),
                   "only an administrator of the project makes it public or changes who belongs to it",
                   kNotAllowed);
        }
    }

    store::Reader& reader_;
    const account::Caller& caller_;
    const Graph& graph_;
    const SaveOptions& options_;
    base::Timestamp now_;
    StoredNodes stored_;
    std::vector<Fault> problems_;
    std::size_t unlisted_ = 0;  ///< problems beyond kMostFaults
    SavePlan plan_;
};

}  // namespace

base::Result<SavePlan> plan_save(store::Reader& reader, const account::Caller& caller, const Graph& graph,
                                 const SaveOptions& options, base::Timestamp now) {
    return Planner(reader, caller, graph, options, now).plan();
}

}  // namespace cript::service
