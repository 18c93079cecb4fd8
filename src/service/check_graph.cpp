#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/json_reader.hpp"
#include "service/appended_children.hpp"
#include "service/attribute_difference.hpp"
#include "service/check_instance.hpp"
#include "service/custom_words.hpp"
#include "service/required_link.hpp"
#include "service/row_columns.hpp"
#include "store/row_text.hpp"

namespace cript::service {

namespace {

using base::Result;
using model::LinkRole;
using model::NodeType;
using store::Cells;
using store::NodeId;

/// Of each node what the rest is held against.
struct Facts {
    std::optional<NodeType> type;
    NodeId project = 0;
    std::int64_t revision = 0;
    std::uint64_t identifiers = 0;     ///< sum over what the side table should have, less what it has
    std::uint64_t custom_words = 0;    ///< likewise
    std::uint32_t required_links = 0;  ///< that were not seen yet
    std::int64_t last_former = 0;      ///< revision, of those in the history
    std::int64_t appendable = 0;       ///< children that may have come without an entry in the history
    bool is_contained = false;
    bool is_contained_at_home = false;  ///< by a node of its own project
    bool has_name_row = false;
};

bool is_shared_type(NodeType type) {
    const auto& node = model::info(type);
    return node.group == model::NodeGroup::PrimaryPublic || type == NodeType::User;
}

std::uint64_t hash_of(std::string_view kind, std::string_view value) {
    return std::hash<std::string_view>{}(value) * 31 + std::hash<std::string_view>{}(kind);
}

/// Checks all nodes and everything about them. The steps are those of run(), in order.
class GraphCheck {
  public:
    GraphCheck(store::TableReader& reader, DamageList& damage) : reader_(reader), damage_(damage) {}

    Result<void> run() {
        CRIPT_CHECK(read_account_ids());
        CRIPT_CHECK(check_nodes());
        CRIPT_CHECK(check_edges());
        CRIPT_CHECK(check_identifiers());
        CRIPT_CHECK(check_custom_words());
        CRIPT_CHECK(check_project_names());
        CRIPT_CHECK(check_roles());
        CRIPT_CHECK(check_history());
        CRIPT_CHECK(check_tombstones());
        judge_nodes();
        return {};
    }

  private:
    template <class Visit>
    Result<void> each(const store::Table& table, Visit visit) {
        return store::for_each_row(reader_, table, [&](const Cells& row) -> Result<void> {
            visit(row);
            return {};
        });
    }
    void report(std::string kind, NodeId node, std::string text) {
        damage_.add(std::move(kind), fmt::format("node {}", node), std::move(text));
    }
    Facts* find(NodeId node) {
        const auto found = nodes_.find(node);
        return found != nodes_.end() ? &found->second : nullptr;
    }

    Result<void> read_account_ids() {
        const RowColumns<1> columns("account", {"id"});
        return each(columns.table(), [&](const Cells& row) { accounts_.insert(columns.number(row, 0)); });
    }

    Result<void> check_nodes() {
        const RowColumns<8> columns(
            "node", {"id", "type", "project", "created_by", "updated_by", "revision", "name", "attributes"});
        return each(columns.table(), [&](const Cells& row) {
            const auto id = columns.number(row, 0);
            auto& facts = nodes_[id];
            facts.type = model::node_type_named(columns.text(row, 1));
            facts.project = columns.number(row, 2);
            facts.revision = columns.number(row, 5);
            if (!facts.type) report("unknown_type", id, fmt::format("its type is {}", columns.text(row, 1)));
            for (const std::size_t by : {3U, 4U}) {
                if (!accounts_.contains(columns.number(row, by)))
                    report("missing_account", id, "it was made or changed by an account that is not there");
            }
            check_attributes(id, facts, columns.text(row, 6), columns.text(row, 7));
        });
    }

    void check_attributes(NodeId id, Facts& facts, std::string_view name, std::string_view attributes) {
        const auto document = base::JsonDocument::parse(attributes);
        simdjson::dom::object object;
        if (!document || document->root().get(object) != simdjson::SUCCESS)
            return report("bad_attributes", id, "its attributes are no JSON object");
        std::string_view own_name;
        if (object["name"].get(own_name) != simdjson::SUCCESS) own_name = {};
        if (own_name != name)
            report("wrong_name", id,
                   fmt::format("its name is '{}', its attributes say '{}'", name, own_name));
        if (!facts.type) return;
        for (const auto& field : model::info(*facts.type).fields)
            facts.required_links += is_required_link(field) ? 1 : 0;
        std::set<std::pair<model::FieldName, std::string>> wanted;
        for (auto& identifier : identifiers_of(*facts.type, attributes)) wanted.insert(std::move(identifier));
        for (const auto& [kind, value] : wanted) facts.identifiers += hash_of(model::text(kind), value);
        for (const auto& [vocabulary, word, unit] : custom_words_of(*facts.type, attributes))
            facts.custom_words += hash_of(vocabulary, word) ^ hash_of("unit", unit);
    }

    Result<void> check_edges() {
        const RowColumns<4> columns("edge", {"parent", "field", "position", "child"});
        NodeId last_parent = 0;
        std::string last_field;
        std::int64_t next = 0;
        return each(columns.table(), [&](const Cells& row) {
            const auto parent = columns.number(row, 0);
            const auto name = columns.text(row, 1);
            const bool is_first = parent != last_parent || name != last_field;
            if (is_first) {
                last_parent = parent;
                last_field = name;
                next = 0;
            }
            const auto position = columns.number(row, 2);
            if (position != next)
                report("wrong_position", parent,
                       fmt::format("'{}' has no place {}, but a place {}", name, next, position));
            next = position + 1;
            check_edge(parent, name, columns.number(row, 3), is_first);
        });
    }

    void check_edge(NodeId parent, std::string_view name, NodeId child, bool is_first) {
        auto* from = find(parent);
        auto* to = find(child);
        if (from == nullptr || to == nullptr) {
            return report("dangling_edge", from == nullptr ? parent : child,
                          fmt::format("'{}' links {} to {}, and {} is not there", name, parent, child,
                                      from == nullptr ? parent : child));
        }
        if (!from->type || !to->type) return;
        const auto* field = model::find_field(*from->type, name);
        if (field == nullptr || !model::is_link(field->kind)) {
            return report("wrong_edge", parent,
                          fmt::format("a {} has no link '{}'", model::info(*from->type).name, name));
        }
        if (field->target != *to->type) {
            report("wrong_edge", parent,
                   fmt::format("'{}' leads to node {}, a {}", name, child, model::info(*to->type).name));
        }
        if (field->kind == model::FieldKind::Link && !is_first)
            report("wrong_edge", parent, fmt::format("'{}' has more than one node", name));
        if (is_first && is_required_link(*field) && from->required_links > 0) --from->required_links;
        from->appendable += may_be_appended_to(*field) ? 1 : 0;
        if (field->role != LinkRole::Containment || is_shared_type(*to->type)) return;
        to->is_contained = true;
        to->is_contained_at_home |= from->project == to->project;
        if (from->project != 0 && to->project == 0)
            report("wrong_owner", child, fmt::format("it belongs to no project, but {} contains it", parent));
    }

    Result<void> check_identifiers() {
        const RowColumns<3> columns("identifier", {"node", "kind", "value"});
        return each(columns.table(), [&](const Cells& row) {
            const auto node = columns.number(row, 0);
            auto* facts = find(node);
            if (facts == nullptr)
                return report("stray_identifier", node, "it is not there, but has an identifier");
            facts->identifiers -= hash_of(columns.text(row, 1), columns.text(row, 2));
        });
    }

    Result<void> check_custom_words() {
        const RowColumns<4> columns("custom_word", {"node", "vocabulary", "word", "unit"});
        return each(columns.table(), [&](const Cells& row) {
            const auto node = columns.number(row, 0);
            auto* facts = find(node);
            if (facts == nullptr)
                return report("stray_custom_word", node, "it is not there, but has a custom word");
            facts->custom_words -=
                hash_of(columns.text(row, 1), columns.text(row, 2)) ^ hash_of("unit", columns.text(row, 3));
        });
    }

    Result<void> check_project_names() {
        const auto& nodes = store::instance_table("node");
        const RowColumns<2> columns("project_name", {"project", "name"});
        return each(columns.table(), [&](const Cells& row) {
            const auto project = columns.number(row, 0);
            auto* facts = find(project);
            if (facts == nullptr || facts->type != NodeType::Project)
                return report("stray_project_name", project, "it is no project, but has a project's name");
            facts->has_name_row = true;
            auto rows = reader_.rows_after(nodes, {project - 1}, 1);
            const auto name_at = store::column_of(nodes, "name");
            const bool is_same = rows && !rows->empty() &&
                                 std::get<std::string>(rows->front()[name_at]) == columns.text(row, 1);
            if (!is_same)
                report("wrong_project_name", project,
                       fmt::format("it holds the name '{}', which is not its own", columns.text(row, 1)));
        });
    }

    Result<void> check_roles() {
        const RowColumns<3> columns("acl", {"project", "account", "role"});
        return each(columns.table(), [&](const Cells& row) {
            const auto project = columns.number(row, 0);
            const auto account = columns.number(row, 1);
            const auto* facts = find(project);
            if (facts == nullptr || facts->type != NodeType::Project) {
                report("stray_role", project,
                       fmt::format("account {} has a role in it, and it is no project", account));
            } else if (!accounts_.contains(account)) {
                report("stray_role", project,
                       fmt::format("account {} has a role in it, and is not there", account));
            }
            if (columns.number(row, 2) == static_cast<std::int64_t>(account::Role::Admin))
                administered_.insert(project);
        });
    }

    Result<void> check_history() {
        const RowColumns<4> columns("history", {"node", "revision", "attributes", "edges"});
        return each(columns.table(), [&](const Cells& row) {
            const auto node = columns.number(row, 0);
            for (const std::size_t at : {2U, 3U}) {
                if (!base::JsonDocument::parse(columns.text(row, at)))
                    report("bad_history", node,
                           fmt::format("its revision {} cannot be read", columns.number(row, 1)));
            }
            auto* facts = find(node);
            if (facts == nullptr) return;  // deleted
            const auto revision = columns.number(row, 1);
            if (revision >= facts->revision)
                report("wrong_history", node,
                       fmt::format("it is at revision {}, its history at {}", facts->revision, revision));
            const auto left_out = revision - facts->last_former - 1;
            if (left_out > 0)
                judge_gap(node, left_out, appendable_of(*facts, node, columns.text(row, 3)), revision);
            facts->last_former = revision;
        });
    }

    static std::int64_t appendable_of(const Facts& facts, NodeId node, std::string_view edges) {
        if (!facts.type) return 0;
        const auto links = store::read_history_edges(node, edges);
        return std::ranges::count_if(links, [&](const store::EdgeRow& edge) {
            const auto* field = model::find_field(*facts.type, edge.field);
            return field != nullptr && may_be_appended_to(*field);
        });
    }

    /// A record that is put into a node makes a revision without an entry, and is there afterwards.
    void judge_gap(NodeId id, std::int64_t left_out, std::int64_t appendable, std::int64_t next) {
        if (left_out <= appendable) return;
        report(
            "wrong_history", id,
            fmt::format("before revision {}, {} are missing, and only {} children can have come without one",
                        next, left_out, appendable));
    }

    Result<void> check_tombstones() {
        const RowColumns<1> columns("tombstone", {"node"});
        return each(columns.table(), [&](const Cells& row) {
            const auto node = columns.number(row, 0);
            if (find(node) != nullptr) report("living_tombstone", node, "it is there and marked as deleted");
        });
    }

    /// What is known of a node only when everything has been read.
    void judge_nodes() {
        for (const auto& [id, facts] : nodes_) {
            if (facts.project != 0) judge_owner(id, facts);
            if (facts.identifiers != 0)
                report("wrong_identifiers", id,
                       "the side table of identifiers does not have those of its attributes");
            if (facts.custom_words != 0)
                report("wrong_custom_words", id,
                       "the side table of custom words does not have those of its attributes");
            if (facts.required_links != 0)
                report("missing_link", id, "a link that it must have is not there");
            judge_gap(id, facts.revision - facts.last_former - 1, facts.appendable, facts.revision);
            if (facts.type != NodeType::Project) continue;
            if (!facts.has_name_row) report("wrong_project_name", id, "its name is not held for it");
            if (!administered_.contains(id))
                report("no_administrator", id, "the project has no administrator");
            if (facts.project != id) report("wrong_owner", id, "a project belongs to itself");
        }
    }

    void judge_owner(NodeId id, const Facts& facts) {
        const auto* owner = find(facts.project);
        if (owner == nullptr || owner->type != NodeType::Project)
            return report("wrong_owner", id,
                          fmt::format("it belongs to {}, which is no project", facts.project));
        // Others stay with their first project when they are taken out of it; what is a part of a node goes
        // with it.
        const bool is_part = facts.type && model::info(*facts.type).group == model::NodeGroup::Subobject;
        if (is_part && facts.is_contained && !facts.is_contained_at_home)
            report("wrong_owner", id,
                   fmt::format("it belongs to project {}, and no node there contains it", facts.project));
    }

    store::TableReader& reader_;
    DamageList& damage_;
    std::unordered_map<NodeId, Facts> nodes_;
    std::unordered_set<store::AccountId> accounts_;
    std::unordered_set<NodeId> administered_;
};

}  // namespace

Result<void> check_graph(store::TableReader& reader, DamageList& damage) {
    return GraphCheck(reader, damage).run();
}

}  // namespace cript::service
