#include "store/postgres/transaction.hpp"
#include "store/row_text.hpp"

namespace cript::store::postgres {

base::Result<std::vector<RevisionRow>> Transaction::history(NodeId node, std::int64_t before,
                                                            unsigned limit) {
    return guarded([&] {
        auto found = connection_.query(R"sql(
            select revision, name, attributes, edges, updated_by, updated_at
            from history
            where node = $1 and revision < $2
            order by revision desc
            limit $3)sql",
                                       Parameters(node, before, limit));
        std::vector<RevisionRow> rows;
        rows.reserve(found.size());
        while (found.step()) {
            RevisionRow row;
            row.revision = found.integer(0);
            row.name = found.text(1);
            row.attributes = found.text(2);
            row.edges = read_history_edges(node, found.text(3));
            row.updated_by = found.integer(4);
            row.updated_at = found.time(5);
            rows.push_back(std::move(row));
        }
        return rows;
    });
}

}  // namespace cript::store::postgres
