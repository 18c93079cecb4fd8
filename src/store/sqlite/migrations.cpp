#include "store/sqlite/migrations.hpp"

#include <fmt/format.h>

#include <array>

namespace cript::store::sqlite {

namespace {

// One string a version, never edited after a release: a change is a new string at the end.
constexpr std::array kMigrations{
    R"sql(
-- Node types and link fields by number, so that rows stay small and the model may be reordered.
create table node_type (
    id integer primary key,
    name text not null unique,
    is_subobject integer not null,
    is_shared integer not null
) strict;
create table link_field (id integer primary key, name text not null unique) strict;
create table containment (
    type integer not null,
    field integer not null,
    primary key (type, field)
) strict, without rowid;

create table account (
    id integer primary key,
    uuid blob not null unique,
    username text not null collate nocase unique,
    email text not null collate nocase unique,
    password_hash text not null,
    is_admin integer not null,
    is_disabled integer not null default 0,
    created_at integer not null
) strict;

-- Every node, sub-objects too. `attributes` holds what is its own, never its children.
create table node (
    id integer primary key autoincrement,
    uuid blob not null unique,
    type integer not null,
    project integer,
    created_by integer not null,
    updated_by integer not null,
    created_at integer not null,
    updated_at integer not null,
    is_public integer not null,
    is_locked integer not null,
    revision integer not null,
    name text not null,
    attributes text not null
) strict;
create index node_of_type on node (type, name);
create index node_of_project on node (project) where project is not null;
create index node_public on node (type, id) where is_public = 1;

create table edge (
    parent integer not null,
    field integer not null,
    position integer not null,
    child integer not null,
    primary key (parent, field, position)
) strict, without rowid;
create index edge_to on edge (child, field, parent);

-- Side tables of search.
create virtual table node_name using fts5 (name, content = 'node', content_rowid = 'id', tokenize = 'trigram');
create table identifier (
    kind integer not null,
    value text not null,
    node integer not null,
    primary key (kind, value, node)
) strict, without rowid;
create index identifier_of on identifier (node);

create table project_name (name text primary key, project integer not null unique) strict, without rowid;
create table acl (
    project integer not null,
    account integer not null,
    role integer not null,
    primary key (account, project)
) strict, without rowid;
create index acl_of_project on acl (project);

-- What a node was before each change; the present state is in `node` and `edge`.
create table history (
    node integer not null,
    revision integer not null,
    name text not null,
    attributes text not null,
    edges text not null,
    is_public integer not null,
    is_locked integer not null,
    updated_by integer not null,
    updated_at integer not null,
    primary key (node, revision)
) strict, without rowid;
create table tombstone (
    node integer primary key,
    uuid blob not null unique,
    type integer not null,
    project integer,
    deleted_by integer not null,
    deleted_at integer not null
) strict;

create table token (
    id integer primary key,
    account integer not null,
    digest blob not null unique,
    key_version integer not null,
    sealed blob,
    state integer not null,
    created_at integer not null,
    revoked_at integer,
    last_used_at integer,
    last_used_from text not null default '',
    last_used_client text not null default ''
) strict;
create unique index account_token on token (account) where state = 1;
create table token_address (
    token integer not null,
    address text not null,
    primary key (token, address)
) strict, without rowid;

create table session (
    id integer primary key,
    digest blob not null unique,
    account integer not null,
    created_at integer not null,
    last_seen_at integer not null,
    address text not null,
    client text not null,
    reauthenticated_at integer,
    nonce blob
) strict;
create index session_of on session (account);
create table setup_link (digest blob primary key, expires_at integer not null) strict, without rowid;

create table audit (
    id integer primary key autoincrement,
    at integer not null,
    account integer not null,
    action text not null,
    actor text not null,
    address text not null,
    client text not null,
    detail text not null,
    seal blob,
    key_version integer not null default 0
) strict;
create index audit_of on audit (account, id);
create table key_check (version integer primary key, value blob not null) strict;
)sql",
    R"sql(
-- Contents of files, by their SHA-256. `uses` counts the files and parts that are of it. A row stands here before
-- the content is in the blob store, and until it is gone from there.
create table blob (
    id integer primary key,
    digest blob not null unique,
    size integer not null,
    uses integer not null default 0,
    touched_at integer not null,
    is_doomed integer not null default 0
) strict;
create index blob_unused on blob (touched_at) where uses = 0;

-- Files under their keys. `uses` counts the File nodes that name it.
create table stored_file (
    id integer primary key,
    bucket text not null,
    key text not null,
    owner integer not null,
    digest blob not null,
    size integer not null,
    etag text not null,
    media_type text not null,
    created_at integer not null,
    uses integer not null default 0,
    touched_at integer not null,
    unique (bucket, key)
) strict;
create index stored_file_key on stored_file (key);
create index stored_file_unused on stored_file (touched_at) where uses = 0;

-- The key that a File node has as its source, and the file if there is one that it may name.
create table file_source (node integer primary key, key text not null, file integer) strict;
create index file_source_file on file_source (file, node) where file is not null;
create index file_source_waiting on file_source (key) where file is null;

create table upload (
    id integer primary key,
    uuid blob not null unique,
    bucket text not null,
    key text not null,
    owner integer not null,
    credential integer not null,
    credential_id integer not null,
    media_type text not null,
    created_at integer not null
) strict;
create index upload_created on upload (created_at);
create table upload_part (
    upload integer not null,
    number integer not null,
    digest blob not null,
    size integer not null,
    md5 blob not null,
    primary key (upload, number)
) strict, without rowid;

create table storage_use (account integer primary key, used integer not null default 0, quota integer) strict;
)sql",
    R"sql(
create table account_group (
    id integer primary key autoincrement,
    uuid blob not null unique,
    name text not null unique,
    is_public integer not null,
    created_by integer not null,
    created_at integer not null,
    updated_at integer not null
) strict;
create table group_member (
    account integer not null,
    group_id integer not null,
    primary key (account, group_id)
) strict, without rowid;
create index member_of_group on group_member (group_id);
create table project_group (project integer primary key, group_id integer not null) strict;
create index project_of_group on project_group (group_id);

-- What each account is to each project, by itself and through the project's group.
create view project_role as
    select project, account, role from acl
    union all
    select pg.project, m.account, 1
    from group_member m
    join project_group pg on pg.group_id = m.group_id;

-- References are looked up as materials are: by what identifies them.
insert or ignore into identifier (kind, value, node)
    select f.id, json_extract(n.attributes, '$.' || f.name), n.id
    from node n join node_type t on t.id = n.type join link_field f on f.name in ('title', 'doi')
    where t.name = 'Reference' and json_extract(n.attributes, '$.' || f.name) is not null;
)sql",
    R"sql(
-- The numbers of properties, conditions, parameters and quantities in SI units, for searching.
create table measured_value (
    key text not null,
    unit text not null,
    value real not null,
    node integer not null,
    primary key (key, unit, value, node)
) strict, without rowid;
create index measured_value_of on measured_value (node);
)sql",
    R"sql(
-- Unknown nodes that an account was told of, for ten minutes.
create table awaited_node (
    account integer not null,
    uuid blob not null,
    awaited_at integer not null,
    primary key (account, uuid)
) strict, without rowid;
create index awaited_since on awaited_node (awaited_at);
)sql",
    R"sql(
-- The content of the file that an upload became: its completion can be asked for again.
alter table upload add column completed blob;
-- The mark of the folder that the contents are in, which servers of one database share.
create table blob_place (mark blob not null) strict;
)sql",
    R"sql(
-- The words of users' own (`+word`) in place of a vocabulary's, for listing them.
create table custom_word (
    vocabulary text not null,
    word text not null,
    unit text not null,
    node integer not null,
    primary key (vocabulary, word, unit, node)
) strict, without rowid;
create index custom_word_of on custom_word (node);

-- By which version of the rules the side tables of searches were made.
create table index_version (version integer not null) strict;
insert into index_version (version) values (0);
)sql"};

/// Tells the database what the model of this program has: types, fields and what contains what.
void write_model(Connection& connection) {
    for (std::size_t field = 0; field < model::kFieldNameCount; ++field) {
        connection.query("insert or ignore into link_field (name) values (:name)")
            .bind(model::text(static_cast<model::FieldName>(field)))
            .run();
    }
    connection.execute("delete from containment");
    for (std::size_t number = 0; number < model::kNodeTypeCount; ++number) {
        const auto& node = model::info(static_cast<model::NodeType>(number));
        connection
            .query(
                "insert into node_type (name, is_subobject, is_shared) values (:name, :is_subobject, "
                ":is_shared)"
                " on conflict (name) do update set is_subobject = excluded.is_subobject,"
                " is_shared = excluded.is_shared")
            .bind(node.name, node.group == model::NodeGroup::Subobject, is_shared(node))
            .run();
        for (const auto& field : node.fields) {
            if (field.role != model::LinkRole::Containment) continue;
            connection
                .query(
                    "insert into containment (type, field) select t.id, f.id from node_type t, link_field f"
                    " where t.name = :type and f.name = :field")
                .bind(node.name, model::text(field.name))
                .run();
        }
    }
}

}  // namespace

std::int64_t schema_version(Connection& connection) {
    auto query = connection.query("pragma user_version");
    return query.step() ? query.integer(0) : 0;
}

std::int64_t newest_schema_version() {
    return static_cast<std::int64_t>(kMigrations.size());
}

void migrate(Connection& connection) {
    connection.execute("begin immediate");
    try {
        auto version = schema_version(connection);
        const auto newest = newest_schema_version();
        if (version > newest) {
            throw Failure{
                {base::ErrorKind::Conflict,
                 fmt::format("the database is of schema version {}, newer than this program's {}: use the "
                             "program that wrote it, or a later one",
                             version, newest),
                 {}},
                SQLITE_MISMATCH};
        }
        for (; version < newest; ++version)
            connection.execute(kMigrations.at(static_cast<std::size_t>(version)));
        connection.execute(fmt::format("pragma user_version = {}", newest).c_str());
        write_model(connection);
        connection.execute("commit");
    } catch (const Failure&) {
        if (connection.in_transaction()) connection.execute("rollback");
        throw;
    }
}

Numbering read_numbering(Connection& connection) {
    Numbering numbering;
    {
        auto query = connection.query("select id, name from node_type");
        while (query.step()) {
            if (const auto type = model::node_type_named(query.text(1)))
                numbering.add(*type, query.integer(0));
        }
    }
    auto query = connection.query("select id, name from link_field");
    while (query.step()) {
        if (const auto field = model::field_named(query.text(1))) numbering.add(*field, query.integer(0));
    }
    return numbering;
}

}  // namespace cript::store::sqlite
