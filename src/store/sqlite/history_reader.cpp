#include "base/json_reader.hpp"
#include "store/sqlite/transaction.hpp"

namespace cript::store::sqlite {

namespace {

namespace dom = simdjson::dom;

/// The edges as write_history() wrote them: [["material", 0, 17], …]. A field that the model has no more is
/// left out.
std::vector<EdgeRow> read_edges(NodeId parent, std::string_view text) {
    std::vector<EdgeRow> edges;
    const auto document = base::JsonDocument::parse(text);
    dom::array list;
    if (!document || document->root().get(list) != simdjson::SUCCESS) return edges;
    for (const auto entry : list) {
        std::string_view name;
        std::uint64_t position = 0;
        std::int64_t child = 0;
        if (entry.at(0).get(name) != simdjson::SUCCESS || entry.at(1).get(position) != simdjson::SUCCESS ||
            entry.at(2).get(child) != simdjson::SUCCESS) {
            continue;
        }
        if (const auto field = model::field_named(name))
            edges.push_back({parent, *field, static_cast<std::uint32_t>(position), child});
    }
    return edges;
}

}  // namespace

base::Result<std::vector<RevisionRow>> Transaction::history(NodeId node, std::int64_t before,
                                                            unsigned limit) {
    return guarded([&] {
        std::vector<RevisionRow> rows;
        auto query = connection_.query(R"sql(
            select revision, name, attributes, edges, updated_by, updated_at
            from history
            where node = :node and revision < :before
            order by revision desc
            limit :limit)sql");
        query.bind(node, before, limit);
        while (query.step()) {
            RevisionRow row;
            row.revision = query.integer(0);
            row.name = query.text(1);
            row.attributes = query.text(2);
            row.edges = read_edges(node, query.text(3));
            row.updated_by = query.integer(4);
            row.updated_at = query.time(5);
            rows.push_back(std::move(row));
        }
        return rows;
    });
}

}  // namespace cript::store::sqlite
