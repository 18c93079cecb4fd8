#include "service/delete_node.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "service/node_policy.hpp"
#include "service/required_link.hpp"
#include "service/save_graph.hpp"

namespace cript::service {

namespace {

using account::Action;
using account::Verdict;
using base::ErrorKind;
using base::fail;
using store::EdgeRow;
using store::NodeId;
using store::NodeRow;

/// Deletes one node. The steps are those of run(), in order.
class Deletion {
  public:
    Deletion(store::Writer& writer, const account::Caller& caller, base::Timestamp now)
        : writer_(writer), caller_(caller), now_(now) {}

    base::Result<std::vector<DeletedNode>> run(model::NodeType type, const base::Uuid& uuid,
                                               const DeleteOptions& options) {
        CRIPT_CHECK(find_root(type, uuid, options));
        CRIPT_CHECK(find_doomed());
        while (options.cascade && add_what_needs_it()) CRIPT_CHECK(find_doomed());
        CRIPT_CHECK(refuse_locked());
        CRIPT_CHECK(refuse_locked_survivors());
        CRIPT_CHECK(refuse_dangling_links());
        std::vector<NodeRow> doomed;
        std::vector<DeletedNode> deleted;
        for (const auto& [id, row] : inside_) {
            if (kept_.contains(id)) continue;
            doomed.push_back(row);
            deleted.push_back({row.uuid, row.type});
        }
        if (options.dry_run) return deleted;
        CRIPT_CHECK(mark_survivors_changed());
        CRIPT_CHECK(writer_.delete_nodes(doomed, caller_.account, now_));
        return deleted;
    }

  private:
    base::Result<void> find_root(model::NodeType type, const base::Uuid& uuid, const DeleteOptions& options) {
        auto point = writer_.read_point(uuid, caller_.account);
        CRIPT_CHECK(point);
        const auto not_there = fail(ErrorKind::NotFound, "there is no such node");
        if (!*point || (*point)->node.type != type) return not_there;
        root_ = std::move((*point)->node);
        roots_.emplace(root_.id, root_.project);
        if (model::info(type).group == model::NodeGroup::PrimaryPublic && !options.may_delete_shared) {
            return fail(
                ErrorKind::InvalidInput,
                fmt::format("a {} is shared by everyone and cannot be deleted", model::info(type).name));
        }
        switch (account::decide(caller_, Action::Delete, policy_target(caller_, root_, (*point)->access))) {
            case Verdict::Hidden:
                return not_there;
            case Verdict::Denied:
                return fail(ErrorKind::Forbidden, "you may read this node, not delete it");
            case Verdict::Locked:
                return fail(ErrorKind::Forbidden, "the node is locked");
            case Verdict::Allowed:
                break;
        }
        if (options.if_revision && *options.if_revision != root_.revision) {
            std::string message = "the node was changed since you read it";
            return fail({ErrorKind::Conflict, message, {{"", message, std::string(kRevisionDiffers), ""}}});
        }
        return {};
    }

    base::Result<void> find_doomed() {
        inside_.clear();
        outside_.clear();
        owners_.clear();
        kept_.clear();
        CRIPT_CHECK(gather());
        keep_what_others_own();
        keep_what_others_contain();
        return {};
    }

    /// Reads what the roots contain, and everything that links into it.
    base::Result<void> gather() {
        std::set<NodeId> contained;
        for (const auto& [root, project] : roots_) {
            auto ids = writer_.contained_in(root);
            CRIPT_CHECK(ids);
            contained.insert(ids->begin(), ids->end());
            if (root == root_.id) inside_root_ = {ids->begin(), ids->end()};
            for (const auto id : *ids) owners_.emplace(id, project);
        }
        const std::vector<NodeId> ids(contained.begin(), contained.end());
        auto rows = writer_.nodes_with_ids(ids);
        CRIPT_CHECK(rows);
        std::set<NodeId> projects;
        for (auto& row : *rows) {
            if (row.project) projects.insert(*row.project);
            inside_.emplace(row.id, std::move(row));
        }
        auto incoming = writer_.edges_to(ids);
        CRIPT_CHECK(incoming);
        incoming_ = std::move(*incoming);
        std::set<NodeId> outside;
        for (const auto& edge : incoming_) {
            if (!inside_.contains(edge.parent)) outside.insert(edge.parent);
        }
        auto parents = writer_.nodes_with_ids(std::vector<NodeId>(outside.begin(), outside.end()));
        CRIPT_CHECK(parents);
        for (auto& row : *parents) {
            if (row.project) projects.insert(*row.project);
            outside_.emplace(row.id, std::move(row));
        }
        auto access =
            writer_.project_access(caller_.account, std::vector<NodeId>(projects.begin(), projects.end()));
        CRIPT_CHECK(access);
        access_ = std::move(*access);
        return {};
    }

    /// Makes roots of the nodes that could not be without what goes, as far as the caller may delete them.
    /// Was there one?
    bool add_what_needs_it() {
        const auto before = roots_.size();
        for (const auto& edge : dangling_links()) {
            const auto& needs_it = row_of(edge.parent);
            const auto target = policy_target(caller_, needs_it, access_);
            if (account::decide(caller_, Action::Delete, target) == Verdict::Allowed)
                roots_.emplace(needs_it.id, needs_it.project);
        }
        return roots_.size() > before;
    }

    /// Links without which a node that survives cannot be, to what goes.
    [[nodiscard]] std::vector<EdgeRow> dangling_links() const {
        std::vector<EdgeRow> dangling;
        for (const auto& edge : incoming_) {
            if (kept_.contains(edge.child) || !survives(edge.parent)) continue;
            const auto* field = field_of(edge);
            if (field != nullptr && is_required_link(*field)) dangling.push_back(edge);
        }
        return dangling;
    }

    [[nodiscard]] const NodeRow& row_of(NodeId node) const {
        const auto found = inside_.find(node);
        return found != inside_.end() ? found->second : outside_.at(node);
    }
    [[nodiscard]] bool survives(NodeId node) const { return kept_.contains(node) || outside_.contains(node); }
    [[nodiscard]] const model::Field* field_of(const EdgeRow& edge) const {
        return model::find_field(row_of(edge.parent).type, edge.field);
    }

    /// Whoever contains another project's node, or another's, does not thereby own it.
    void keep_what_others_own() {
        for (const auto& [id, row] : inside_) {
            const bool is_the_roots =
                row.project ? owners_.contains({id, row.project}) : row.created_by == caller_.account;
            if (!roots_.contains(id) && !is_the_roots) kept_.emplace(id, row.project);
        }
    }

    /// A node that something that survives contains stays, and with it all that it contains. When its project
    /// goes, it belongs to the project of what contains it.
    void keep_what_others_contain() {
        std::vector<std::pair<NodeId, std::optional<NodeId>>> waiting(kept_.begin(), kept_.end());
        const auto keep = [&](NodeId node, std::optional<NodeId> project) {
            if (roots_.contains(node)) return;
            const auto& owner = inside_.at(node).project;
            const auto next = owner == root_.id ? project : owner;
            if (kept_.emplace(node, next).second) waiting.emplace_back(node, next);
        };
        std::unordered_multimap<NodeId, NodeId> contained;
        for (const auto& edge : incoming_) {
            const auto* field = field_of(edge);
            if (field == nullptr || field->role != model::LinkRole::Containment) continue;
            const auto outside = outside_.find(edge.parent);
            if (outside == outside_.end()) {
                contained.emplace(edge.parent, edge.child);
            } else {
                keep(edge.child, outside->second.project);
            }
        }
        while (!waiting.empty()) {
            const auto [node, project] = waiting.back();
            waiting.pop_back();
            const auto [first, last] = contained.equal_range(node);
            for (auto entry = first; entry != last; ++entry) keep(entry->second, project);
        }
    }

    /// A lock would be worth nothing if the node could be deleted with what contains it.
    base::Result<void> refuse_locked() {
        for (const auto& [id, row] : inside_) {
            if (roots_.contains(id) || kept_.contains(id) || !row.is_locked) continue;
            return fail(ErrorKind::Forbidden, fmt::format("it contains a {} that is locked: {}",
                                                          model::info(row.type).name, row.uuid.text()));
        }
        return {};
    }

    /// Nor could whoever asks for the cascade take what it takes besides out of a node that is locked.
    base::Result<void> refuse_locked_survivors() {
        for (const auto& edge : incoming_) {
            if (inside_root_.contains(edge.child) || kept_.contains(edge.child) || !survives(edge.parent))
                continue;
            const auto& parent = row_of(edge.parent);
            const auto target = policy_target(caller_, parent, access_);
            if (account::decide(caller_, Action::Change, target) != Verdict::Locked) continue;
            auto message = fmt::format("{} is locked, and would lose a '{}'", name_for_caller(parent),
                                       model::text(edge.field));
            return fail({ErrorKind::Conflict, message, {{"", message, std::string(kLocked), ""}}});
        }
        return {};
    }

    /// Ingredient.material, Citation.reference and SoftwareConfiguration.software must point to something.
    base::Result<void> refuse_dangling_links() {
        std::vector<base::Problem> problems;
        for (const auto& edge : dangling_links()) {
            problems.push_back({"",
                                fmt::format("{} needs it as its '{}'", name_for_caller(row_of(edge.parent)),
                                            model::text(edge.field)),
                                "still_needed", ""});
        }
        if (problems.empty()) return {};
        auto message = fmt::format("it is still in use: {}", problems.front().message);
        return fail({ErrorKind::Conflict, std::move(message), std::move(problems)});
    }

    /// A node of a project that the caller may not see has no name here.
    [[nodiscard]] std::string name_for_caller(const NodeRow& row) const {
        const auto target = policy_target(caller_, row, access_);
        if (account::decide(caller_, Action::Read, target) == Verdict::Hidden)
            return "a node that you may not see";
        return fmt::format("{} {}", model::info(row.type).name, row.uuid.text());
    }

    /// Nodes that lose a link or change their project have changed, and their history says what was.
    base::Result<void> mark_survivors_changed() {
        std::set<NodeId> changed;
        for (const auto& edge : incoming_) {
            if (survives(edge.parent) && !kept_.contains(edge.child)) changed.insert(edge.parent);
        }
        for (const auto& [node, project] : kept_) {
            if (inside_.at(node).project != project) changed.insert(node);
        }
        auto edges = writer_.edges_of(std::vector<NodeId>(changed.begin(), changed.end()));
        CRIPT_CHECK(edges);
        std::vector<NodeRow> rows;
        for (const auto node : changed) {
            auto& row = rows.emplace_back(row_of(node));
            if (const auto kept = kept_.find(node); kept != kept_.end()) row.project = kept->second;
            row.updated_by = caller_.account;
            row.updated_at = now_;
            ++row.revision;
        }
        std::vector<store::NodeUpdate> updates;
        for (const auto& row : rows) {
            const auto own = std::ranges::equal_range(*edges, row.id, {}, &EdgeRow::parent);
            updates.push_back({row, row_of(row.id), {own.begin(), own.end()}});
        }
        return writer_.update_nodes(updates);
    }

    store::Writer& writer_;
    const account::Caller& caller_;
    base::Timestamp now_;
    NodeRow root_;
    /// What is deleted by name, with its project: the root, and what cannot be without it.
    std::map<NodeId, std::optional<NodeId>> roots_;
    std::set<NodeId> inside_root_;  ///< the root and what it contains
    /// Of what the roots contain, the projects of those that contain it.
    std::set<std::pair<NodeId, std::optional<NodeId>>> owners_;
    std::map<NodeId, NodeRow> inside_;             ///< the roots and what they contain
    std::vector<EdgeRow> incoming_;                ///< all edges that point to these
    std::unordered_map<NodeId, NodeRow> outside_;  ///< nodes that link into it
    ProjectAccessMap access_;                      ///< of the caller to their projects
    /// What is inside and stays, with the project that it belongs to from now on.
    std::map<NodeId, std::optional<NodeId>> kept_;
};

}  // namespace

base::Result<std::vector<DeletedNode>> delete_node(Context& context, const account::Caller& caller,
                                                   model::NodeType type, const base::Uuid& uuid,
                                                   const DeleteOptions& options) {
    return write<std::vector<DeletedNode>>(context.store, [&](store::Writer& writer) {
        return Deletion(writer, caller, context.clock.now()).run(type, uuid, options);
    });
}

}  // namespace cript::service
