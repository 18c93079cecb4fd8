#include "store/row_text.hpp"
#include "store/sqlite/transaction.hpp"

namespace cript::store::sqlite {

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
            row.edges = read_history_edges(node, query.text(3));
            row.updated_by = query.integer(4);
            row.updated_at = query.time(5);
            rows.push_back(std::move(row));
        }
        return rows;
    });
}

}  // namespace cript::store::sqlite
