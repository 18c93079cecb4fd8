#include "service/find_records.hpp"

#include <algorithm>

#include "service/node_page.hpp"
#include "service/read_node.hpp"
#include "service/record_place.hpp"

namespace cript::service {

namespace {

using store::NodeId;
using store::NodeRow;

constexpr unsigned kChunk = 500;
constexpr unsigned kMostOfOneName = 100'000;

/// Answers one query. Candidates come from the narrowest source that the query allows.
class Finding {
  public:
    Finding(store::Reader& reader, const account::Caller& caller, const RecordQuery& query)
        : reader_(reader), caller_(caller), query_(query) {}

    base::Result<RecordPage> run() {
        const bool is_every_one = !query_.uuid && !query_.name && !query_.matches;
        auto list = list_query(caller_, query_.type, query_.limit);
        if (is_every_one && may_be_counted()) {
            CRIPT_CHECK(narrow_to_project(list));
            if (query_.parent && !list.project) return RecordPage{};
            return page_of(list);
        }
        CRIPT_CHECK(look_at_candidates());
        return page_of_hits();
    }

  private:
    /// A node of another type may stand nowhere, and is no record then: the database cannot tell.
    [[nodiscard]] bool may_be_counted() const {
        return !parent_rule(query_.type) || (query_.parent && belongs_to_project(query_.type));
    }

    base::Result<void> look_at_candidates() {
        if (query_.uuid) return look_at_one();
        if (query_.name) return look_at_named();
        if (query_.parent && !belongs_to_project(query_.type)) return look_at_children();
        return look_at_all();
    }

    base::Result<void> look_at_one() {
        auto point = reader_.read_point(*query_.uuid, caller_.account);
        CRIPT_CHECK(point);
        if (!*point || (*point)->node.type != query_.type) return {};
        std::vector<NodeRow> rows;
        rows.push_back(std::move((*point)->node));
        CRIPT_CHECK(keep_visible(reader_, caller_, rows));
        return consider(std::move(rows));
    }

    base::Result<void> look_at_named() {
        auto rows = reader_.find_named(list_query(caller_, query_.type, kMostOfOneName), *query_.name);
        CRIPT_CHECK(rows);
        CRIPT_CHECK(keep_visible(reader_, caller_, *rows));
        return consider(std::move(*rows));
    }

    base::Result<void> look_at_children() {
        const base::Uuid uuids[] = {*query_.parent};
        auto parents = reader_.find_nodes(uuids);
        CRIPT_CHECK(parents);
        const auto rule = parent_rule(query_.type);
        if (!parents->front() || !rule || parents->front()->type != rule->parent) return {};
        const NodeId ids[] = {parents->front()->id};
        auto edges = reader_.edges_of(ids);
        CRIPT_CHECK(edges);
        std::vector<NodeId> children;
        for (const auto& edge : *edges) {
            if (edge.field == rule->field) children.push_back(edge.child);
        }
        auto rows = reader_.nodes_with_ids(children);
        CRIPT_CHECK(rows);
        CRIPT_CHECK(keep_visible(reader_, caller_, *rows));
        return consider(std::move(*rows));
    }

    base::Result<void> look_at_all() {
        auto query = list_query(caller_, query_.type, kChunk);
        CRIPT_CHECK(narrow_to_project(query));
        if (query_.parent && !query.project) return {};
        while (true) {
            auto rows = reader_.list(query);
            CRIPT_CHECK(rows);
            if (rows->empty()) return {};
            query.after = rows->back().id;
            CRIPT_CHECK(keep_visible(reader_, caller_, *rows));
            CRIPT_CHECK(consider(std::move(*rows)));
        }
    }

    base::Result<void> narrow_to_project(store::ListQuery& query) {
        if (!query_.parent || !belongs_to_project(query_.type)) return {};
        const base::Uuid uuids[] = {*query_.parent};
        auto parents = reader_.find_nodes(uuids);
        CRIPT_CHECK(parents);
        if (parents->front() && parents->front()->type == model::NodeType::Project)
            query.project = parents->front()->id;
        return {};
    }

    /// Keeps the ids of those that match.
    base::Result<void> consider(std::vector<NodeRow> rows) {
        std::vector<NodeId> ids;
        for (const auto& row : rows) ids.push_back(row.id);
        std::sort(ids.begin(), ids.end());
        auto set = read_records(reader_, std::move(rows));
        CRIPT_CHECK(set);
        for (const auto id : ids) {
            if (!set->is_placed(set->rows.at(id))) continue;
            if (!query_.matches || query_.matches(*set, id)) hits_.push_back(id);
        }
        return {};
    }

    base::Result<RecordPage> page_of_hits() {
        RecordPage page;
        page.count = hits_.size();
        const auto first = std::min<std::uint64_t>(query_.offset, hits_.size());
        const auto last = std::min<std::uint64_t>(first + query_.limit, hits_.size());
        page.hits.assign(hits_.begin() + static_cast<std::ptrdiff_t>(first),
                         hits_.begin() + static_cast<std::ptrdiff_t>(last));
        auto rows = reader_.nodes_with_ids(page.hits);
        CRIPT_CHECK(rows);
        auto set = read_records(reader_, std::move(*rows));
        CRIPT_CHECK(set);
        page.set = std::move(*set);
        return page;
    }

    /// Every node of the list is a hit: the database counts and cuts.
    base::Result<RecordPage> page_of(store::ListQuery& query) {
        query.offset = query_.offset;
        RecordPage page;
        auto count = reader_.count(query);
        CRIPT_CHECK(count);
        page.count = *count;
        auto rows = reader_.list(query);
        CRIPT_CHECK(rows);
        CRIPT_CHECK(keep_visible(reader_, caller_, *rows));
        for (const auto& row : *rows) page.hits.push_back(row.id);
        auto set = read_records(reader_, std::move(*rows));
        CRIPT_CHECK(set);
        page.set = std::move(*set);
        return page;
    }

    store::Reader& reader_;
    const account::Caller& caller_;
    const RecordQuery& query_;
    std::vector<NodeId> hits_;
};

}  // namespace

base::Result<RecordPage> find_records(Context& context, const account::Caller& caller,
                                      const RecordQuery& query) {
    return read<RecordPage>(context.store,
                            [&](store::Reader& reader) { return Finding(reader, caller, query).run(); });
}

base::Result<RecordPage> find_records_in(Context& context, const account::Caller& caller,
                                         model::NodeType parent_type, const RecordQuery& query) {
    return read<RecordPage>(context.store, [&](store::Reader& reader) -> base::Result<RecordPage> {
        CRIPT_CHECK(read_visible(reader, caller, parent_type, *query.parent));
        return Finding(reader, caller, query).run();
    });
}

}  // namespace cript::service
