#include "store/postgres/migrations.hpp"

#include <fmt/format.h>

#include <array>

#include "base/log.hpp"
#include "store/postgres/schema.hpp"

namespace cript::store::postgres {

namespace {

/// Of advisory locks: the one that replicas take while they migrate. The number says "CRIPT" in ASCII.
constexpr const char* kLock = "select pg_advisory_xact_lock(x'4352495054'::bigint)";

/// Ends the transaction when the migration fails.
class MigrationLock {
  public:
    explicit MigrationLock(Connection& connection) : connection_(connection) {
        connection_.script("begin isolation level read committed");
        connection_.script(kLock);
    }
    ~MigrationLock() {
        if (is_done_ || connection_.is_broken()) return;
        try {
            connection_.script("rollback");
        } catch (const Failure& failure) {
            base::log(base::LogLevel::Error, "store.rollback_failed", {{"reason", failure.error.message}});
        }
    }
    MigrationLock(const MigrationLock&) = delete;
    MigrationLock& operator=(const MigrationLock&) = delete;

    void commit() {
        connection_.script("commit");
        is_done_ = true;
    }

  private:
    Connection& connection_;
    bool is_done_ = false;
};

std::size_t read_version(Connection& connection) {
    auto rows = connection.query("select max(version) from schema_version");
    return rows.step() ? static_cast<std::size_t>(rows.integer(0)) : 0;
}

void write_version(Connection& connection, std::size_t version) {
    connection.run("delete from schema_version");
    connection.query("insert into schema_version (version) values ($1)", Parameters(version));
}

/// Tells the database what the model of this program has: types, fields and what contains what.
void write_model(Connection& connection) {
    for (std::size_t field = 0; field < model::kFieldNameCount; ++field) {
        connection.run(
            "insert into link_field (id, name)"
            " select coalesce(max(id), 0) + 1, $1 from link_field on conflict (name) do nothing",
            Parameters(model::text(static_cast<model::FieldName>(field))));
    }
    connection.run("delete from containment");
    for (std::size_t number = 0; number < model::kNodeTypeCount; ++number) {
        const auto& node = model::info(static_cast<model::NodeType>(number));
        connection.run(
            "insert into node_type (id, name, is_subobject, is_shared)"
            " select coalesce(max(id), 0) + 1, $1, $2, $3 from node_type"
            " on conflict (name) do update set is_subobject = excluded.is_subobject, is_shared = "
            "excluded.is_shared",
            Parameters(node.name, node.group == model::NodeGroup::Subobject, is_shared(node)));
        for (const auto& field : node.fields) {
            if (field.role != model::LinkRole::Containment) continue;
            connection.run(
                "insert into containment (type, field)"
                " select t.id, f.id from node_type t, link_field f where t.name = $1 and f.name = $2",
                Parameters(node.name, model::text(field.name)));
        }
    }
    connection.query("select 1");
}

/// Without the extension names are searched row by row.
void index_names(Connection& connection) {
    connection.script("savepoint names");
    try {
        connection.script(
            "create extension if not exists pg_trgm;"
            "create index if not exists node_name_trigrams on node using gin (folded_name gin_trgm_ops);");
    } catch (const Failure& failure) {
        if (connection.is_broken()) throw;
        connection.script("rollback to names");
        base::log(base::LogLevel::Warning, "store.no_name_index",
                  {{"reason", failure.error.message},
                   {"hint", "the owner of the database can: create extension pg_trgm"}});
    }
    connection.script("release names");
}

void check_server(Connection& connection) {
    if (connection.server_version() < 150'000) {
        throw Failure{{base::ErrorKind::Conflict, "the server is older than PostgreSQL 15", {}}};
    }
    auto rows = connection.query(
        "select current_setting('server_encoding'), current_setting('fsync'),"
        " current_setting('transaction_read_only')");
    rows.step();
    if (rows.text(0) != "UTF8") {
        throw Failure{{base::ErrorKind::Conflict,
                       fmt::format("the database is encoded in {}: it must be UTF8", rows.text(0)),
                       {}}};
    }
    if (rows.text(2) == "on")
        throw unavailable("the database takes no changes: it is a standby, or set to read only");
    if (rows.text(1) != "on")
        base::log(base::LogLevel::Warning, "store.not_durable", {{"reason", "fsync is off in the server"}});
}

}  // namespace

std::size_t schema_version(Connection& connection) {
    auto rows = connection.query("select to_regclass('schema_version') is not null");
    rows.step();
    return rows.flag(0) ? read_version(connection) : 0;
}

std::size_t newest_schema_version() {
    return kMigrations.size();
}

void migrate(Connection& connection) {
    check_server(connection);
    MigrationLock lock(connection);
    connection.script("create table if not exists schema_version (version bigint not null)");
    auto version = read_version(connection);
    const auto newest = newest_schema_version();
    if (version > newest) {
        throw Failure{
            {base::ErrorKind::Conflict,
             fmt::format("the database is of schema version {}, newer than this program's {}: use the "
                         "program that wrote it, or a later one",
                         version, newest),
             {}}};
    }
    if (version < newest) {
        for (; version < newest; ++version) connection.script(kMigrations.at(version));
        write_version(connection, newest);
    }
    write_model(connection);
    index_names(connection);
    lock.commit();
}

Numbering read_numbering(Connection& connection) {
    Numbering numbering;
    auto types = connection.query("select id, name from node_type");
    while (types.step()) {
        if (const auto type = model::node_type_named(types.text(1))) numbering.add(*type, types.integer(0));
    }
    auto fields = connection.query("select id, name from link_field");
    while (fields.step()) {
        if (const auto field = model::field_named(fields.text(1))) numbering.add(*field, fields.integer(0));
    }
    return numbering;
}

}  // namespace cript::store::postgres
