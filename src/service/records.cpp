#include "service/records.hpp"

#include <algorithm>

#include "model/kept_members.hpp"
#include "service/node_page.hpp"
#include "service/read_node.hpp"
#include "service/record_place.hpp"

namespace cript::service {

namespace {

using model::NodeGroup;
using model::NodeType;
using store::EdgeRow;
using store::NodeId;
using store::NodeRow;

constexpr std::size_t kUuidLength = 36;

bool is_sub_object(const NodeRow& row) {
    return model::info(row.type).group == NodeGroup::Subobject;
}

/// The texts in what is kept of a node that are uuids.
void collect_named(const NodeRow& row, std::vector<base::Uuid>& uuids) {
    const auto kept = model::kept_of(row.attributes);
    for (auto at = kept.find('"'); at != std::string_view::npos; at = kept.find('"', at + 1)) {
        if (at + kUuidLength + 1 >= kept.size() || kept[at + kUuidLength + 1] != '"') continue;
        if (const auto uuid = base::Uuid::parse(kept.substr(at + 1, kUuidLength))) uuids.push_back(*uuid);
    }
}

/// Gathers a set. The steps are those of read(), in order.
class Gathering {
  public:
    Gathering(store::Reader& reader, const account::Caller& caller) : reader_(reader), caller_(caller) {}

    base::Result<RecordSet> read(std::vector<NodeRow> roots) {
        for (const auto& row : roots) {
            if (row.project) visible_projects_.insert(*row.project);
        }
        CRIPT_CHECK(read_downwards(std::move(roots)));
        CRIPT_CHECK(find_hidden());
        CRIPT_CHECK(find_parents());
        CRIPT_CHECK(identify_projects());
        CRIPT_CHECK(find_named());
        CRIPT_CHECK(name_makers());
        return std::move(set_);
    }

  private:
    /// Level by level: the nodes of a level and their edges, then what these lead to. Only sub-objects are
    /// gone into, and files, which are shown in full where equipment holds them.
    base::Result<void> read_downwards(std::vector<NodeRow> level) {
        while (!level.empty()) {
            std::vector<NodeId> parents;
            for (auto& row : level) {
                // All that these link to are pages of their own, and long ones.
                const bool has_pages_only = row.type == NodeType::Project || row.type == NodeType::Experiment;
                if (!has_pages_only) parents.push_back(row.id);
                expanded_.insert(row.id);
                set_.rows.insert_or_assign(row.id, std::move(row));
            }
            std::sort(parents.begin(), parents.end());
            auto edges = reader_.edges_of(parents);
            CRIPT_CHECK(edges);
            auto next = targets_of(*edges);
            CRIPT_CHECK(next);
            set_.edges.insert(set_.edges.end(), edges->begin(), edges->end());
            level = std::move(*next);
        }
        std::ranges::stable_sort(set_.edges, {}, &EdgeRow::parent);
        return {};
    }

    /// Reads what edges lead to and gives those nodes whose own edges are wanted.
    base::Result<std::vector<NodeRow>> targets_of(const std::vector<EdgeRow>& edges) {
        std::vector<NodeId> ids;
        for (const auto& edge : edges) {
            if (is_wanted(edge) && !expanded_.contains(edge.child)) ids.push_back(edge.child);
        }
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        std::vector<NodeRow> sub_objects;
        if (ids.empty()) return sub_objects;
        auto rows = reader_.nodes_with_ids(ids);
        CRIPT_CHECK(rows);
        for (auto& row : *rows) {
            if (is_sub_object(row)) {
                sub_objects.push_back(std::move(row));
            } else {
                const auto id = row.id;
                set_.rows.try_emplace(id, std::move(row));
            }
        }
        return sub_objects;
    }

    /// Lists of what belongs to a project, a collection or an experiment are pages of their own.
    [[nodiscard]] bool is_wanted(const EdgeRow& edge) const {
        const auto& parent = set_.rows.at(edge.parent);
        const auto* field = model::find_field(parent.type, edge.field);
        if (field == nullptr || field->role == model::LinkRole::Account) return false;
        const auto rule = parent_rule(field->target);
        return !rule || rule->parent != parent.type || rule->field != edge.field;
    }

    /// What the roots link to may be of other projects.
    base::Result<void> find_hidden() {
        std::vector<NodeRow> strangers;
        for (const auto& [id, row] : set_.rows) {
            if (!row.project || !visible_projects_.contains(*row.project)) strangers.push_back(row);
        }
        auto hidden = hidden_of(reader_, caller_, strangers);
        CRIPT_CHECK(hidden);
        set_.hidden = std::move(*hidden);
        return {};
    }

    base::Result<void> find_parents() {
        std::unordered_map<NodeId, const NodeRow*> listed;
        for (const auto& [id, row] : set_.rows) {
            if (parent_rule(row.type) && !belongs_to_project(row.type)) listed.emplace(id, &row);
        }
        if (listed.empty()) return {};
        auto found = find_listing(reader_, listed);
        CRIPT_CHECK(found);
        set_.parents = std::move(found->parents);
        for (auto& [id, row] : found->rows) set_.rows.try_emplace(id, std::move(row));
        return {};
    }

    base::Result<void> identify_projects() {
        std::vector<NodeId> projects;
        for (const auto& [id, row] : set_.rows) {
            if (row.project) projects.push_back(*row.project);
        }
        std::sort(projects.begin(), projects.end());
        projects.erase(std::unique(projects.begin(), projects.end()), projects.end());
        if (projects.empty()) return {};
        auto identities = reader_.identify_projects(projects);
        CRIPT_CHECK(identities);
        set_.projects = std::move(*identities);
        return {};
    }

    base::Result<void> find_named() {
        std::vector<base::Uuid> uuids;
        for (const auto id : expanded_) collect_named(set_.rows.at(id), uuids);
        if (uuids.empty()) return {};
        auto rows = reader_.find_nodes(uuids);
        CRIPT_CHECK(rows);
        for (const auto& row : *rows) {
            if (row) set_.named.insert(row->uuid);
        }
        return {};
    }

    base::Result<void> name_makers() {
        for (const auto id : expanded_) {
            const auto& row = set_.rows.at(id);
            if (row.type == NodeType::User) CRIPT_CHECK(read_email(row.created_by));
            if (row.project || set_.accounts.contains(row.created_by)) continue;
            auto uuid = reader_.account_uuid(row.created_by);
            CRIPT_CHECK(uuid);
            if (*uuid) set_.accounts.emplace(row.created_by, **uuid);
        }
        return {};
    }

    base::Result<void> read_email(store::AccountId account) {
        auto found = reader_.find_account(account);
        CRIPT_CHECK(found);
        if (*found) set_.emails.emplace(account, (*found)->email);
        return {};
    }

    store::Reader& reader_;
    const account::Caller& caller_;
    RecordSet set_;
    std::unordered_set<NodeId> visible_projects_;
    std::unordered_set<NodeId> expanded_;
};

}  // namespace

const NodeRow* RecordSet::find(NodeId id) const {
    const auto found = rows.find(id);
    return found == rows.end() ? nullptr : &found->second;
}

std::span<const EdgeRow> RecordSet::edges_of(NodeId parent) const {
    const auto found = std::ranges::equal_range(edges, parent, {}, &EdgeRow::parent);
    return {found.begin(), found.end()};
}

std::vector<NodeId> RecordSet::children_of(NodeId parent, model::FieldName field) const {
    std::vector<NodeId> children;
    for (const auto& edge : edges_of(parent)) {
        if (edge.field == field) children.push_back(edge.child);
    }
    return children;
}

bool RecordSet::is_placed(const NodeRow& row) const {
    if (!parent_rule(row.type)) return true;
    return belongs_to_project(row.type) ? row.project.has_value() : parents.contains(row.id);
}

base::Result<RecordSet> read_records(store::Reader& reader, const account::Caller& caller,
                                     std::vector<NodeRow> roots) {
    return Gathering(reader, caller).read(std::move(roots));
}

namespace {

base::Result<Record> record_of(store::Reader& reader, const account::Caller& caller, NodeRow row) {
    const auto id = row.id;
    std::vector<NodeRow> roots;
    roots.push_back(std::move(row));
    auto set = read_records(reader, caller, std::move(roots));
    CRIPT_CHECK(set);
    if (!set->is_placed(set->rows.at(id)))
        return base::fail(base::ErrorKind::NotFound, "there is no such record");
    return Record{id, std::move(*set)};
}

}  // namespace

base::Result<Record> read_record(Context& context, const account::Caller& caller, NodeType type,
                                 const base::Uuid& uuid) {
    return read<Record>(context.store, [&](store::Reader& reader) -> base::Result<Record> {
        auto point = read_visible(reader, caller, type, uuid);
        CRIPT_CHECK(point);
        return record_of(reader, caller, std::move(point->node));
    });
}

base::Result<std::optional<Record>> read_small_record(Context& context, const account::Caller& caller,
                                                      NodeType type, const base::Uuid& uuid) {
    using Answer = std::optional<Record>;
    return read<Answer>(context.store, [&](store::Reader& reader) -> base::Result<Answer> {
        auto point = read_visible(reader, caller, type, uuid);
        CRIPT_CHECK(point);
        if (point->has_links && type != NodeType::Project && type != NodeType::Experiment) return Answer{};
        auto record = record_of(reader, caller, std::move(point->node));
        CRIPT_CHECK(record);
        return Answer{std::move(*record)};
    });
}

}  // namespace cript::service
