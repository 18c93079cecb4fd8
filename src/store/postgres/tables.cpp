#include "store/postgres/tables.hpp"

#include <fmt/format.h>

#include <bit>

#include "store/letter_case.hpp"
#include "store/postgres/migrations.hpp"

namespace cript::store::postgres {

namespace {

std::string parameter(std::size_t at) {
    return fmt::format("${}", at);
}

Cell read_cell(const Rows& row, int at, CellKind kind, const NumberNames& names) {
    if (row.is_null(at)) return {};
    switch (kind) {
        case CellKind::Integer:
        case CellKind::Real:  // both travel as eight bytes
            return row.integer(at);
        case CellKind::Flag:
            return std::int64_t{row.flag(at) ? 1 : 0};
        case CellKind::Text:
        case CellKind::Bytes:
        case CellKind::Uuid:
            return std::string(row.text(at));
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
         {}}};
}

}  // namespace

std::string database_name(Connection& connection) {
    auto rows = connection.query(
        "select current_database()::text, coalesce(inet_server_addr()::text, 'local'),"
        " current_setting('port')");
    rows.step();
    return fmt::format("postgres:{}:{}/{}", rows.text(1), rows.text(2), rows.text(0));
}

NumberNames read_number_names(Connection& connection) {
    NumberNames names;
    auto types = connection.query("select id, name from node_type");
    while (types.step()) names.add(CellKind::TypeName, types.integer(0), std::string(types.text(1)));
    auto fields = connection.query("select id, name from link_field");
    while (fields.step()) names.add(CellKind::FieldName, fields.integer(0), std::string(fields.text(1)));
    return names;
}

bool is_unfinished_copy(Connection& connection) {
    auto rows = connection.query("select to_regclass('unfinished_copy') is not null");
    return rows.step() && rows.flag(0);
}

void refuse_unfinished_copy(Connection& connection) {
    if (is_unfinished_copy(connection)) throw Failure{{base::ErrorKind::Conflict, kUnfinishedCopy, {}}};
}

Tables::Tables(const Address& address) : connection_(address) {
    // Whoever reads may be slow between two questions.
    connection_.script("set idle_in_transaction_session_timeout = 0");
    connection_.begin(Turn::Reading);
    refuse_other_schema(connection_);
    name_ = database_name(connection_);
    names_ = read_number_names(connection_);
}

base::Result<std::vector<Cells>> Tables::rows_after(const Table& table, const Cells& key, unsigned limit) {
    return guarded([&] {
        Parameters parameters;
        for (std::size_t at = 0; at < key.size(); ++at) {
            const auto kind = table.columns[at].kind;
            if (kind == CellKind::TypeName || kind == CellKind::FieldName) {
                parameters.add(names_.number(kind, std::get<std::string>(key[at])));
            } else if (kind == CellKind::Real) {
                parameters.add(std::bit_cast<double>(std::get<std::int64_t>(key[at])));
            } else if (const auto* number = std::get_if<std::int64_t>(&key[at])) {
                parameters.add(*number);
            } else {
                parameters.add(std::get<std::string>(key[at]));
            }
        }
        parameters.add(limit);
        auto found =
            connection_.query(statements_.keep(select_statement(table, !key.empty(), parameter)), parameters);
        std::vector<Cells> rows;
        rows.reserve(found.size());
        while (found.step()) {
            auto& row = rows.emplace_back();
            row.reserve(table.columns.size());
            for (std::size_t at = 0; at < table.columns.size(); ++at)
                row.push_back(read_cell(found, static_cast<int>(at), table.columns[at].kind, names_));
        }
        return rows;
    });
}

base::Result<std::int64_t> Tables::last_id(const Table& table) {
    return guarded([&]() -> std::int64_t {
        if (table.ids == Ids::GivenOnce) {
            auto given = connection_.query(
                "select last_value from pg_sequences where schemaname = current_schema() and sequencename = "
                "$1",
                Parameters(fmt::format("{}_id_seq", table.name)));
            return given.step() ? given.integer(0) : 0;
        }
        auto highest = connection_.query(
            statements_.keep(fmt::format("select coalesce(max(id), 0) from {}", table.name)));
        return highest.step() ? highest.integer(0) : 0;
    });
}

base::Result<std::string> Tables::share_view() {
    return guarded([&] {
        auto rows = connection_.query("select pg_export_snapshot()");
        rows.step();
        return std::string(rows.text(0));
    });
}

base::Result<std::vector<Damage>> Tables::own_damage() {
    return guarded([&] {
        std::vector<Damage> found;
        auto invalid =
            connection_.query("select indexrelid::regclass::text from pg_index where not indisvalid");
        while (invalid.step())
            found.push_back(
                {"invalid_index", std::string(invalid.text(0)), "the index was not built to its end"});
        auto digests = connection_.query(
            "select project from project_name where digest <> sha256(convert_to(name, 'UTF8'))");
        while (digests.step()) {
            found.push_back({"wrong_name_digest", fmt::format("node {}", digests.integer(0)),
                             "the digest of the project's name is another name's"});
        }
        check_sequences(found);
        check_folded_names(found);
        return found;
    });
}

/// Ids that may come again must still not be those of rows that are there.
void Tables::check_sequences(std::vector<Damage>& found) {
    for (const auto& table : instance_tables()) {
        if (table.ids != Ids::Given) continue;
        auto behind = connection_.query(statements_.keep(fmt::format(
            "select max(id) from {0} having max(id) > (select coalesce(last_value, 0) from pg_sequences"
            " where schemaname = current_schema() and sequencename = '{0}_id_seq')",
            table.name)));
        while (behind.step())
            found.push_back({"sequence_behind", table.name,
                             fmt::format("ids up to {} are there, and some of them would be given again",
                                         behind.integer(0))});
    }
}

void Tables::check_folded_names(std::vector<Damage>& found) {
    std::int64_t after = 0;
    while (true) {
        auto rows = connection_.query(
            "select id, name, folded_name from node where id > $1 order by id limit 5000", Parameters(after));
        if (rows.size() == 0) return;
        while (rows.step()) {
            after = rows.integer(0);
            if (folded(rows.text(1)) == rows.text(2)) continue;
            found.push_back(
                {"wrong_name_index", fmt::format("node {}", after), "the index of names has another name"});
        }
    }
}

}  // namespace cript::store::postgres
