#include "service/find_records.hpp"

#include <algorithm>
#include <iterator>
#include <span>

#include "service/node_page.hpp"
#include "service/read_node.hpp"
#include "service/record_place.hpp"

namespace cript::service {

namespace {

using store::NodeId;
using store::NodeRow;

constexpr unsigned kChunk = 500;
constexpr unsigned kMostOfOneName = 100'000;
constexpr unsigned kNamesAtOnce = 10'000;
constexpr unsigned kMostMeasured = 20'000;  ///< with more of them it is no slower to look at all records

/// Answers one query. Candidates come from the narrowest source that the query allows.
class Finding {
  public:
    Finding(store::Reader& reader, const account::Caller& caller, const RecordQuery& query)
        : reader_(reader), caller_(caller), query_(query), rule_(parent_rule(query.type)) {}

    base::Result<RecordPage> run() {
        if (query_.parent) {
            CRIPT_CHECK(find_parent());
            if (!parent_) return RecordPage{};
        }
        const bool is_every_one = !query_.uuid && !query_.name && !query_.matches;
        if (is_every_one) return page_of_list();
        CRIPT_CHECK(look_at_candidates());
        return page_of_hits();
    }

  private:
    base::Result<void> find_parent() {
        const base::Uuid uuids[] = {*query_.parent};
        auto rows = reader_.find_nodes(uuids);
        CRIPT_CHECK(rows);
        const auto& row = rows->front();
        if (row && rule_ && row->type == rule_->parent) parent_ = row->id;
        return {};
    }

    base::Result<void> look_at_candidates() {
        if (query_.uuid) return look_at_one();
        if (query_.name) return look_at_named();
        if (!query_.identified.empty()) return look_at_identified();
        if (query_.measured) return look_at_measured();
        if (query_.name_contains) return look_at_named_like();
        return look_at_all();
    }

    base::Result<void> look_at_one() {
        auto point = reader_.read_point(*query_.uuid, caller_.account);
        CRIPT_CHECK(point);
        if (!*point || (*point)->node.type != query_.type) return {};
        std::vector<NodeRow> rows;
        rows.push_back(std::move((*point)->node));
        return consider(std::move(rows));
    }

    base::Result<void> look_at_named() {
        auto rows = reader_.find_named(list_query(caller_, query_.type, kMostOfOneName), *query_.name);
        CRIPT_CHECK(rows);
        return consider_in_chunks(std::move(*rows));
    }

    base::Result<void> look_at_identified() {
        std::vector<NodeRow> all;
        for (const auto& [field, value] : query_.identified) {
            auto rows = reader_.nodes_identified(query_.type, field, value);
            CRIPT_CHECK(rows);
            std::ranges::move(*rows, std::back_inserter(all));
        }
        return consider_in_chunks(std::move(all));
    }

    base::Result<void> look_at_measured() {
        auto nodes = reader_.measured_nodes(*query_.measured, kMostMeasured + 1);
        CRIPT_CHECK(nodes);
        if (nodes->size() > kMostMeasured) return look_at_all();
        auto holders = holders_of(std::move(*nodes));
        CRIPT_CHECK(holders);
        for (std::size_t first = 0; first < holders->size(); first += kChunk) {
            const auto chunk =
                std::span(*holders).subspan(first, std::min<std::size_t>(kChunk, holders->size() - first));
            auto rows = reader_.nodes_with_ids(chunk);
            CRIPT_CHECK(rows);
            CRIPT_CHECK(consider(std::move(*rows)));
        }
        return {};
    }

    /// The records of the type that are asked for around some sub-objects, each once, ascending.
    base::Result<std::vector<NodeId>> holders_of(std::vector<NodeId> level) {
        std::vector<NodeId> holders;
        while (!level.empty()) {
            auto edges = reader_.edges_to(level);
            CRIPT_CHECK(edges);
            std::vector<NodeId> parents;
            for (const auto& edge : *edges) parents.push_back(edge.parent);
            sort_once(parents);
            auto rows = reader_.nodes_with_ids(parents);
            CRIPT_CHECK(rows);
            level.clear();
            for (const auto& row : *rows) {
                if (row.type == query_.type) {
                    holders.push_back(row.id);
                } else if (model::info(row.type).group == model::NodeGroup::Subobject) {
                    level.push_back(row.id);
                }
            }
        }
        sort_once(holders);
        return holders;
    }

    base::Result<void> look_at_named_like() {
        // Each page asks the index anew for all of them.
        auto query = list_query(caller_, query_.type, kNamesAtOnce);
        query.name_contains = query_.name_contains;
        return look_at_pages(query, [this](const auto& page) { return reader_.list(page); });
    }

    base::Result<void> look_at_all() {
        auto query = all_of_type();
        query.limit = kChunk;
        return look_at_pages(query, [this](const auto& page) { return reader_.list_records(page); });
    }

    template <class Query, class Read>
    base::Result<void> look_at_pages(Query query, Read read_page) {
        while (true) {
            auto rows = read_page(query);
            CRIPT_CHECK(rows);
            if (rows->empty()) return {};
            query.after = rows->back().id;
            CRIPT_CHECK(consider_in_chunks(std::move(*rows)));
        }
    }

    base::Result<void> consider_in_chunks(std::vector<NodeRow> rows) {
        for (auto first = rows.begin(); first != rows.end();) {
            const auto last = first + std::min<std::ptrdiff_t>(kChunk, rows.end() - first);
            CRIPT_CHECK(consider({std::move_iterator(first), std::move_iterator(last)}));
            first = last;
        }
        return {};
    }

    /// Keeps the ids of those that match.
    base::Result<void> consider(std::vector<NodeRow> rows) {
        CRIPT_CHECK(keep_visible(reader_, caller_, rows));
        std::vector<NodeId> ids;
        for (const auto& row : rows) ids.push_back(row.id);
        auto set = read_records(reader_, caller_, std::move(rows));
        CRIPT_CHECK(set);
        for (const auto id : ids) {
            if (!is_wanted(*set, id)) continue;
            if (!query_.matches || query_.matches(*set, id)) hits_.push_back(id);
        }
        return {};
    }

    /// Does it stand somewhere, and where it is asked for?
    [[nodiscard]] bool is_wanted(const RecordSet& set, NodeId id) const {
        const auto& row = set.rows.at(id);
        if (!set.is_placed(row)) return false;
        if (!parent_) return true;
        return belongs_to_project(query_.type) ? row.project == parent_ : set.parents.at(id) == *parent_;
    }

    base::Result<RecordPage> page_of_hits() {
        sort_once(hits_);
        RecordPage page;
        page.count = hits_.size();
        const auto first = std::min<std::uint64_t>(query_.offset, hits_.size());
        const auto last = std::min<std::uint64_t>(first + query_.limit, hits_.size());
        page.hits.assign(hits_.begin() + static_cast<std::ptrdiff_t>(first),
                         hits_.begin() + static_cast<std::ptrdiff_t>(last));
        auto rows = reader_.nodes_with_ids(page.hits);
        CRIPT_CHECK(rows);
        CRIPT_CHECK(keep_visible(reader_, caller_, *rows));
        page.hits.clear();
        for (const auto& row : *rows) page.hits.push_back(row.id);
        auto set = read_records(reader_, caller_, std::move(*rows));
        CRIPT_CHECK(set);
        page.set = std::move(*set);
        return page;
    }

    /// All records of the type, or those of the parent.
    [[nodiscard]] store::RecordListQuery all_of_type() const {
        store::RecordListQuery list{
            .type = query_.type, .caller = caller_.account, .caller_is_admin = caller_.is_admin};
        if (!rule_) return list;
        list.is_owned = true;
        if (belongs_to_project(query_.type)) {
            list.project = parent_;
        } else {
            list.listed = store::Listed{*rule_->field, rule_->parent, parent_};
        }
        return list;
    }

    /// Every node of the list is a hit: the database counts and cuts.
    base::Result<RecordPage> page_of_list() {
        auto list = all_of_type();
        list.offset = query_.offset;
        list.limit = query_.limit;
        RecordPage page;
        auto count = reader_.count_records(list);
        CRIPT_CHECK(count);
        page.count = *count;
        auto rows = reader_.list_records(list);
        CRIPT_CHECK(rows);
        CRIPT_CHECK(keep_visible(reader_, caller_, *rows));
        for (const auto& row : *rows) page.hits.push_back(row.id);
        auto set = read_records(reader_, caller_, std::move(*rows));
        CRIPT_CHECK(set);
        page.set = std::move(*set);
        return page;
    }

    static void sort_once(std::vector<NodeId>& ids) {
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    }

    store::Reader& reader_;
    const account::Caller& caller_;
    const RecordQuery& query_;
    const std::optional<ParentRule> rule_;
    std::optional<NodeId> parent_;  ///< of the query
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
