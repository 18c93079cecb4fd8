// raw_inserts BEFORE.db AFTER.db TARGET.db: the floor under a save.
//
// Collects every row that AFTER has and BEFORE has not (by primary key), in every table, then puts them into
// TARGET (a copy of BEFORE, made by the caller: the same schema, indices and contents) with prepared
// statements in one transaction, under the pragmas that criptd uses. Prints pragmas, SQL, counts, and the
// milliseconds from BEGIN to the end of COMMIT.
#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr auto kPragmas =
    "pragma journal_mode = wal;"
    "pragma synchronous = full;"
    "pragma foreign_keys = on;"
    "pragma temp_store = memory;"
    "pragma cache_size = -4096;"
    "pragma mmap_size = 268435456;";

struct CloseDatabase {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct FinishStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
struct FreeValue {
    void operator()(sqlite3_value* value) const { sqlite3_value_free(value); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;
using Value = std::unique_ptr<sqlite3_value, FreeValue>;

struct Table {
    std::string name;
    std::string insert;
    std::vector<std::vector<Value>> rows;
};

[[noreturn]] void stop(sqlite3* database, const std::string& what) {
    fmt::print(stderr, "raw_inserts: {}: {}\n", what, sqlite3_errmsg(database));
    std::exit(2);
}

Database open(const char* path) {
    sqlite3* opened = nullptr;
    const int status = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(opened);
    if (status != SQLITE_OK) stop(opened, path);
    return database;
}

void execute(sqlite3* database, const std::string& sql) {
    if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) stop(database, sql);
}

Statement prepare(sqlite3* database, const std::string& sql) {
    sqlite3_stmt* prepared = nullptr;
    if (sqlite3_prepare_v2(database, sql.c_str(), -1, &prepared, nullptr) != SQLITE_OK) stop(database, sql);
    return Statement(prepared);
}

std::string text(sqlite3_stmt* statement, int column) {
    const auto* bytes = sqlite3_column_text(statement, column);
    return bytes != nullptr ? reinterpret_cast<const char*>(bytes) : "";
}

std::vector<Value> copy_row(sqlite3_stmt* statement) {
    std::vector<Value> row;
    row.reserve(static_cast<std::size_t>(sqlite3_column_count(statement)));
    for (int column = 0; column < sqlite3_column_count(statement); ++column) {
        row.emplace_back(sqlite3_value_dup(sqlite3_column_value(statement, column)));
    }
    return row;
}

/// The tables that a save writes to. Others change on the side: uses of tokens, the audit log.
std::vector<Table> tables_of(sqlite3* database) {
    std::vector<Table> tables;
    const auto names = prepare(
        database,
        "select name from pragma_table_list where schema = 'main' and type = 'table'"
        " and name in ('acl', 'edge', 'history', 'identifier', 'node', 'project_name') order by name");
    while (sqlite3_step(names.get()) == SQLITE_ROW) tables.push_back({text(names.get(), 0), {}, {}});
    return tables;
}

/// That a row of BEFORE has the same primary key as the row `now`.
std::string same_key(sqlite3* database, const std::string& table) {
    std::string condition;
    const auto columns =
        prepare(database, fmt::format("select name from pragma_table_info('{}') where pk > 0", table));
    while (sqlite3_step(columns.get()) == SQLITE_ROW) {
        const auto column = text(columns.get(), 0);
        condition += fmt::format("{}former.{} = now.{}", condition.empty() ? "" : " and ", column, column);
    }
    return condition;
}

void collect_new_rows(sqlite3* after, Table& table) {
    const auto rows = prepare(
        after,
        fmt::format("select * from main.{0} now where not exists (select 1 from before.{0} former where {1})",
                    table.name, same_key(after, table.name)));
    std::string marks = "?";
    for (int column = 1; column < sqlite3_column_count(rows.get()); ++column) marks += ", ?";
    table.insert = fmt::format("insert into {} values ({})", table.name, marks);
    while (sqlite3_step(rows.get()) == SQLITE_ROW) {
        table.rows.push_back(copy_row(rows.get()));
    }
}

/// The full-text index over names has no rows of its own in a table: they are those of the new nodes.
Table collect_names(sqlite3* after) {
    Table table{"node_name", "insert into node_name (rowid, name) values (?, ?)", {}};
    const auto rows = prepare(after,
                              "select id, name from main.node where name != ''"
                              " and id not in (select id from before.node) order by id");
    while (sqlite3_step(rows.get()) == SQLITE_ROW) {
        table.rows.push_back(copy_row(rows.get()));
    }
    return table;
}

void insert(sqlite3* database, sqlite3_stmt* statement, const Table& table) {
    for (const auto& row : table.rows) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            sqlite3_bind_value(statement, static_cast<int>(column) + 1, row[column].get());
        }
        if (sqlite3_step(statement) != SQLITE_DONE) stop(database, table.insert);
        sqlite3_reset(statement);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        fmt::print(stderr, "raw_inserts BEFORE.db AFTER.db TARGET.db\n");
        return 2;
    }
    std::vector<Table> tables;
    {
        const auto after = open(argv[2]);
        execute(after.get(), fmt::format("attach '{}' as before", argv[1]));
        for (auto& table : tables_of(after.get())) {
            collect_new_rows(after.get(), table);
            if (!table.rows.empty()) tables.push_back(std::move(table));
        }
        tables.push_back(collect_names(after.get()));
    }

    const auto target = open(argv[3]);
    execute(target.get(), kPragmas);
    fmt::print("pragmas {}\n", kPragmas);
    std::vector<Statement> statements;
    for (const auto& table : tables) {
        statements.push_back(prepare(target.get(), table.insert));
        fmt::print("sql {} x {}\n", table.insert, table.rows.size());
    }

    const auto began = std::chrono::steady_clock::now();
    execute(target.get(), "begin immediate");
    for (std::size_t i = 0; i < tables.size(); ++i) insert(target.get(), statements[i].get(), tables[i]);
    execute(target.get(), "commit");
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
    fmt::print("milliseconds {:.3f}\n", took.count());
    return 0;
}
