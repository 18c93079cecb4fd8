#include "service/delete_node.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "service/node_policy.hpp"
#include "service/required_link.hpp"

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

    base::Result<void> run(model::NodeType type, const base::Uuid& uuid, const DeleteOptions& options) {
        CRIPT_CHECK(find_root(type, uuid, options));
        CRIPT_CHECK(gather());
        keep_what_others_contain();
        CRIPT_CHECK(refuse_dangling_links());
        CRIPT_CHECK(mark_parents_changed());
        std::vector<NodeRow> doomed;
        for (const auto& row : rows_) {
            if (!kept_.contains(row.id)) doomed.push_back(row);
        }
        return writer_.delete_nodes(doomed, caller_.account, now_);
    }

  private:
    base::Result<void> find_root(model::NodeType type, const base::Uuid& uuid, const DeleteOptions& options) {
        auto point = writer_.read_point(uuid, caller_.account);
        CRIPT_CHECK(point);
        const auto not_there = fail(ErrorKind::NotFound, "there is no such node");
        if (!*point || (*point)->node.type != type) return not_there;
        root_ = std::move((*point)->node);
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
            return fail(ErrorKind::Conflict, "the node was changed since you read it");
        }
        return {};
    }

    base::Result<void> gather() {
        auto ids = writer_.contained_in(root_.id);
        CRIPT_CHECK(ids);
        auto rows = writer_.nodes_with_ids(*ids);
        CRIPT_CHECK(rows);
        rows_ = std::move(*rows);
        for (const auto& row : rows_) types_.emplace(row.id, row.type);
        auto incoming = writer_.edges_to(*ids);
        CRIPT_CHECK(incoming);
        incoming_ = std::move(*incoming);
        std::vector<NodeId> outside;
        for (const auto& edge : incoming_) {
            if (!types_.contains(edge.parent)) outside.push_back(edge.parent);
        }
        std::sort(outside.begin(), outside.end());
        outside.erase(std::unique(outside.begin(), outside.end()), outside.end());
        auto parents = writer_.nodes_with_ids(outside);
        CRIPT_CHECK(parents);
        for (auto& row : *parents) outside_.emplace(row.id, std::move(row));
        return {};
    }

    [[nodiscard]] const model::Field* field_of(const EdgeRow& edge) const {
        const auto inside = types_.find(edge.parent);
        const auto type = inside != types_.end() ? inside->second : outside_.at(edge.parent).type;
        return model::find_field(type, edge.field);
    }

    /// A node that something outside contains stays, and with it all that it contains.
    void keep_what_others_contain() {
        std::vector<NodeId> waiting;
        const auto keep = [&](NodeId node) {
            if (node != root_.id && kept_.insert(node).second) waiting.push_back(node);
        };
        std::unordered_multimap<NodeId, NodeId> contained;
        for (const auto& edge : incoming_) {
            const auto* field = field_of(edge);
            if (field == nullptr || field->role != model::LinkRole::Containment) continue;
            if (types_.contains(edge.parent)) {
                contained.emplace(edge.parent, edge.child);
            } else if (root_.type != model::NodeType::Project) {
                keep(edge.child);
            } else if (outside_.at(edge.parent).project != root_.id) {
                keep(edge.child);
            }
        }
        while (!waiting.empty()) {
            const auto node = waiting.back();
            waiting.pop_back();
            const auto [first, last] = contained.equal_range(node);
            for (auto entry = first; entry != last; ++entry) keep(entry->second);
        }
    }

    /// Ingredient.material, Citation.reference and SoftwareConfiguration.software must point to something.
    base::Result<void> refuse_dangling_links() {
        std::vector<base::Problem> problems;
        for (const auto& edge : incoming_) {
            if (kept_.contains(edge.child)) continue;
            const auto parent = outside_.find(edge.parent);
            if (parent == outside_.end()) continue;
            const auto* field = field_of(edge);
            if (field == nullptr || !is_required_link(*field)) continue;
            problems.push_back(
                {"",
                 fmt::format("{} {} needs it as its '{}'", model::info(parent->second.type).name,
                             parent->second.uuid.text(), model::text(edge.field)),
                 "still_needed", ""});
        }
        if (problems.empty()) return {};
        auto message = fmt::format("it is still in use: {}", problems.front().message);
        return fail({ErrorKind::Conflict, std::move(message), std::move(problems)});
    }

    /// Nodes that lose a link have changed, and their history says what was cut.
    base::Result<void> mark_parents_changed() {
        std::vector<NodeId> losing;
        for (const auto& edge : incoming_) {
            if (outside_.contains(edge.parent) && !kept_.contains(edge.child)) losing.push_back(edge.parent);
        }
        std::sort(losing.begin(), losing.end());
        losing.erase(std::unique(losing.begin(), losing.end()), losing.end());
        for (const auto parent : losing) {
            const NodeId ids[] = {parent};
            auto edges = writer_.edges_of(ids);
            CRIPT_CHECK(edges);
            const auto& former = outside_.at(parent);
            auto changed = former;
            changed.updated_by = caller_.account;
            changed.updated_at = now_;
            ++changed.revision;
            CRIPT_CHECK(writer_.update_node(changed, former, *edges));
        }
        return {};
    }

    store::Writer& writer_;
    const account::Caller& caller_;
    base::Timestamp now_;
    NodeRow root_;
    std::vector<NodeRow> rows_;  ///< the root and what it contains
    std::unordered_map<NodeId, model::NodeType> types_;
    std::vector<EdgeRow> incoming_;
    std::unordered_map<NodeId, NodeRow> outside_;  ///< nodes that link into it
    std::unordered_set<NodeId> kept_;
};

}  // namespace

base::Result<void> delete_node(Context& context, const account::Caller& caller, model::NodeType type,
                               const base::Uuid& uuid, const DeleteOptions& options) {
    return context.store.write([&](store::Writer& writer) {
        return Deletion(writer, caller, context.clock.now()).run(type, uuid, options);
    });
}

}  // namespace cript::service
