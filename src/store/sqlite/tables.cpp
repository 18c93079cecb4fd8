#include "store/sqlite/tables.hpp"

#include <fmt/format.h>

#include <bit>
#include <set>
#include <tuple>

#include "store/sqlite/migrations.hpp"

namespace cript::store::sqlite {

namespace {

std::string parameter(std::size_t at) {
    return fmt::format("?{}", at);
}

Cell read_cell(const Query& row, int at, CellKind kind, const NumberNames& names) {
    if (row.is_null(at)) return {};
    switch (kind) {
        case CellKind::Integer:
        case CellKind::Flag:
            return row.integer(at);
        case CellKind::Real:
            return std::bit_cast<std::int64_t>(row.real(at));
        case CellKind::Text:
            return std::string(row.text(at));
        case CellKind::Bytes:
        case CellKind::Uuid: {
            const auto bytes = row.blob(at);
            return std::string(bytes.begin(), bytes.end());
        }
        case CellKind::TypeName:
        case CellKind::FieldName:
            return names.name(kind, row.integer(at));
    }
    return {};
}

void refuse_other_schema(Connection& connection) {
    const auto version = schema_version(connection);
    if (version == newest_schema_version()) return;
    throw Failure{
        {base::ErrorKind::Conflict,
         fmt::format("the database is of schema version {}, this program's is {}: start criptd on it first, "
                     "which brings it up to date",
                     version, newest_schema_version()),
         {}},
        SQLITE_MISMATCH};
}

}  // namespace

NumberNames read_number_names(Connection& connection) {
    NumberNames names;
    auto types = connection.query("select id, name from node_type");
    while (types.step()) names.add(CellKind::TypeName, types.integer(0), std::string(types.text(1)));
    auto fields = connection.query("select id, name from link_field");
    while (fields.step()) names.add(CellKind::FieldName, fields.integer(0), std::string(fields.text(1)));
    return names;
}

bool is_unfinished_copy(Connection& connection) {
    return connection.query("select 1 from sqlite_schema where name = 'unfinished_copy'").step();
}

void refuse_unfinished_copy(Connection& connection) {
    if (is_unfinished_copy(connection))
        throw Failure{{base::ErrorKind::Conflict, kUnfinishedCopy, {}}, SQLITE_MISMATCH};
}

Tables::Tables(const std::filesystem::path& file)
    : file_(file), connection_(file, Connection::Mode::ReadOnly) {
    connection_.query("begin").run();
    refuse_other_schema(connection_);
    names_ = read_number_names(connection_);
}

base::Result<std::vector<Cells>> Tables::rows_after(const Table& table, const Cells& key, unsigned limit) {
    return guarded([&] {
        auto query = connection_.query(statements_.keep(select_statement(table, !key.empty(), parameter)));
        for (std::size_t at = 0; at < key.size(); ++at) {
            const auto kind = table.columns[at].kind;
            if (kind == CellKind::TypeName || kind == CellKind::FieldName) {
                query.bind(names_.number(kind, std::get<std::string>(key[at])));
            } else if (kind == CellKind::Real) {
                query.bind(std::bit_cast<double>(std::get<std::int64_t>(key[at])));
            } else if (const auto* number = std::get_if<std::int64_t>(&key[at])) {
                query.bind(*number);
            } else {
                query.bind(std::get<std::string>(key[at]));
            }
        }
        query.bind(limit);
        std::vector<Cells> rows;
        while (query.step()) {
            auto& row = rows.emplace_back();
            row.reserve(table.columns.size());
            for (std::size_t at = 0; at < table.columns.size(); ++at)
                row.push_back(read_cell(query, static_cast<int>(at), table.columns[at].kind, names_));
        }
        return rows;
    });
}

base::Result<std::int64_t> Tables::last_id(const Table& table) {
    return guarded([&]() -> std::int64_t {
        if (table.ids == Ids::GivenOnce) {
            auto given = connection_.query("select seq from sqlite_sequence where name = :table");
            given.bind(std::string_view(table.name));
            return given.step() ? given.integer(0) : 0;
        }
        auto highest = connection_.query(
            statements_.keep(fmt::format("select coalesce(max(id), 0) from {}", table.name)));
        return highest.step() ? highest.integer(0) : 0;
    });
}

base::Result<std::string> Tables::share_view() {
    return std::string();
}

base::Result<std::vector<Damage>> Tables::own_damage() {
    return guarded([&] {
        std::vector<Damage> found;
        check_pages(found);
        check_names(found);
        return found;
    });
}

void Tables::check_pages(std::vector<Damage>& found) {
    auto query = connection_.query("pragma integrity_check");
    while (query.step()) {
        if (query.text(0) != "ok")
            found.push_back({"damaged_file", "the database file", std::string(query.text(0))});
    }
}

/// Makes the index of names anew, in memory, and compares it with the one that is there.
void Tables::check_names(std::vector<Damage>& found) {
    connection_.execute(
        "create virtual table temp.fresh using fts5 (name, content = '', tokenize = 'trigram');"
        "insert into temp.fresh (rowid, name) select id, name from node where name <> '';"
        "create virtual table temp.fresh_place using fts5vocab (temp, fresh, 'instance');"
        "create virtual table temp.kept_place using fts5vocab (main, node_name, 'instance');");
    // Both are in order of term, node and place in the name.
    auto wanted = connection_.query("select term, doc, offset from temp.fresh_place");
    auto kept = connection_.query("select term, doc, offset from temp.kept_place");
    const auto place = [](const Query& row) {
        return std::tuple(std::string(row.text(0)), row.integer(1), row.integer(2));
    };
    std::set<std::int64_t> differing;
    bool has_wanted = wanted.step();
    bool has_kept = kept.step();
    while (has_wanted || has_kept) {
        const auto order = !has_kept     ? std::strong_ordering::less
                           : !has_wanted ? std::strong_ordering::greater
                                         : place(wanted) <=> place(kept);
        if (order < 0) differing.insert(wanted.integer(1));
        if (order > 0) differing.insert(kept.integer(1));
        if (order <= 0) has_wanted = wanted.step();
        if (order >= 0) has_kept = kept.step();
    }
    for (const auto node : differing)
        found.push_back(
            {"wrong_name_index", fmt::format("node {}", node), "the index of names has another name"});
}

}  // namespace cript::store::sqlite

namespace cript::store {

base::Result<std::unique_ptr<TableReader>> open_sqlite_tables(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return base::fail(base::ErrorKind::NotFound, "there is no database " + file.string());
    return sqlite::guarded([&]() -> std::unique_ptr<TableReader> {
        sqlite::Connection probe(file, sqlite::Connection::Mode::ReadOnly);
        sqlite::refuse_unfinished_copy(probe);
        return std::make_unique<sqlite::Tables>(file);
    });
}

}  // namespace cript::store
