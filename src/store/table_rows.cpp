#include "store/table_rows.hpp"

namespace cript::store {

base::Result<void> for_each_row(TableReader& reader, const Table& table, const VisitRow& visit) {
    Cells key;
    while (true) {
        auto rows = reader.rows_after(table, key, table.portion);
        CRIPT_CHECK(rows);
        if (rows->empty()) return {};
        const auto& last = rows->back();
        key.assign(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(table.key_size));
        for (auto& row : *rows) CRIPT_CHECK(visit(row));
    }
}

}  // namespace cript::store
