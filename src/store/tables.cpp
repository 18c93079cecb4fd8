#include "store/tables.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace cript::store {

namespace {

using enum CellKind;

constexpr std::array kAccount{Column{"id", Integer},         Column{"uuid", Uuid},
                              Column{"username", Text},      Column{"email", Text},
                              Column{"password_hash", Text}, Column{"is_admin", Flag},
                              Column{"is_disabled", Flag},   Column{"created_at", Integer}};
constexpr std::array kNode{
    Column{"id", Integer},         Column{"uuid", Uuid},          Column{"type", TypeName},
    Column{"project", Integer},    Column{"created_by", Integer}, Column{"updated_by", Integer},
    Column{"created_at", Integer}, Column{"updated_at", Integer}, Column{"is_public", Flag},
    Column{"is_locked", Flag},     Column{"revision", Integer},   Column{"name", Text},
    Column{"attributes", Text}};
constexpr std::array kEdge{Column{"parent", Integer}, Column{"field", FieldName}, Column{"position", Integer},
                           Column{"child", Integer}};
constexpr std::array kIdentifier{Column{"node", Integer}, Column{"kind", FieldName}, Column{"value", Text}};
constexpr std::array kProjectName{Column{"project", Integer}, Column{"name", Text}};
constexpr std::array kAcl{Column{"project", Integer}, Column{"account", Integer}, Column{"role", Integer}};
constexpr std::array kHistory{
    Column{"node", Integer},    Column{"revision", Integer},   Column{"name", Text},
    Column{"attributes", Text}, Column{"edges", Text},         Column{"is_public", Flag},
    Column{"is_locked", Flag},  Column{"updated_by", Integer}, Column{"updated_at", Integer}};
constexpr std::array kTombstone{Column{"node", Integer},       Column{"uuid", Uuid},
                                Column{"type", TypeName},      Column{"project", Integer},
                                Column{"deleted_by", Integer}, Column{"deleted_at", Integer}};
constexpr std::array kToken{
    Column{"id", Integer},          Column{"account", Integer},      Column{"digest", Bytes},
    Column{"key_version", Integer}, Column{"sealed", Bytes},         Column{"state", Integer},
    Column{"created_at", Integer},  Column{"revoked_at", Integer},   Column{"last_used_at", Integer},
    Column{"last_used_from", Text}, Column{"last_used_client", Text}};
constexpr std::array kTokenAddress{Column{"token", Integer}, Column{"address", Text}};
constexpr std::array kSession{Column{"id", Integer},           Column{"digest", Bytes},
                              Column{"account", Integer},      Column{"created_at", Integer},
                              Column{"last_seen_at", Integer}, Column{"address", Text},
                              Column{"client", Text},          Column{"reauthenticated_at", Integer},
                              Column{"nonce", Bytes}};
constexpr std::array kAudit{Column{"id", Integer},         Column{"at", Integer},  Column{"account", Integer},
                            Column{"action", Text},        Column{"actor", Text},  Column{"address", Text},
                            Column{"client", Text},        Column{"detail", Text}, Column{"seal", Bytes},
                            Column{"key_version", Integer}};
constexpr std::array kKeyCheck{Column{"version", Integer}, Column{"value", Bytes}};

constexpr std::array kBlob{Column{"id", Integer},   Column{"digest", Bytes},       Column{"size", Integer},
                           Column{"uses", Integer}, Column{"touched_at", Integer}, Column{"is_doomed", Flag}};
constexpr std::array kStoredFile{
    Column{"id", Integer},    Column{"bucket", Text},       Column{"key", Text},
    Column{"owner", Integer}, Column{"digest", Bytes},      Column{"size", Integer},
    Column{"etag", Text},     Column{"media_type", Text},   Column{"created_at", Integer},
    Column{"uses", Integer},  Column{"touched_at", Integer}};
constexpr std::array kFileSource{Column{"node", Integer}, Column{"key", Text}, Column{"file", Integer}};
constexpr std::array kUpload{Column{"id", Integer},
                             Column{"uuid", Uuid},
                             Column{"bucket", Text},
                             Column{"key", Text},
                             Column{"owner", Integer},
                             Column{"credential", Integer},
                             Column{"credential_id", Integer},
                             Column{"media_type", Text},
                             Column{"created_at", Integer},
                             Column{"completed", Bytes}};
constexpr std::array kUploadPart{Column{"upload", Integer}, Column{"number", Integer},
                                 Column{"digest", Bytes}, Column{"size", Integer}, Column{"md5", Bytes}};
constexpr std::array kStorageUse{Column{"account", Integer}, Column{"used", Integer},
                                 Column{"quota", Integer}};
constexpr std::array kAccountGroup{Column{"id", Integer},         Column{"uuid", Uuid},
                                   Column{"name", Text},          Column{"is_public", Flag},
                                   Column{"created_by", Integer}, Column{"created_at", Integer},
                                   Column{"updated_at", Integer}};
constexpr std::array kGroupMember{Column{"account", Integer}, Column{"group_id", Integer}};
constexpr std::array kProjectGroup{Column{"project", Integer}, Column{"group_id", Integer}};
constexpr std::array kMeasuredValue{Column{"node", Integer}, Column{"value", Real}, Column{"key", Text},
                                    Column{"unit", Text}};
constexpr std::array kCustomWord{Column{"node", Integer}, Column{"vocabulary", Text}, Column{"word", Text},
                                 Column{"unit", Text}};

constexpr std::array kTables{Table{"key_check", kKeyCheck, 1, Ids::None},
                             Table{"account", kAccount, 1, Ids::Given},
                             Table{"token", kToken, 1, Ids::Given},
                             Table{"token_address", kTokenAddress, 2, Ids::None},
                             Table{"session", kSession, 1, Ids::Given},
                             Table{"audit", kAudit, 1, Ids::GivenOnce},
                             Table{"node", kNode, 1, Ids::GivenOnce},
                             Table{"edge", kEdge, 3, Ids::None},
                             Table{"identifier", kIdentifier, 3, Ids::None},
                             Table{"project_name", kProjectName, 1, Ids::None},
                             Table{"acl", kAcl, 2, Ids::None},
                             Table{"history", kHistory, 2, Ids::None, 100},
                             Table{"tombstone", kTombstone, 1, Ids::None},
                             Table{"blob", kBlob, 1, Ids::Given},
                             Table{"stored_file", kStoredFile, 1, Ids::Given},
                             Table{"file_source", kFileSource, 1, Ids::None},
                             Table{"upload", kUpload, 1, Ids::Given},
                             Table{"upload_part", kUploadPart, 2, Ids::None},
                             Table{"storage_use", kStorageUse, 1, Ids::None},
                             Table{"account_group", kAccountGroup, 1, Ids::GivenOnce},
                             Table{"group_member", kGroupMember, 2, Ids::None},
                             Table{"project_group", kProjectGroup, 1, Ids::None},
                             Table{"measured_value", kMeasuredValue, 2, Ids::None},
                             Table{"custom_word", kCustomWord, 4, Ids::None}};

// The model's numbers and what contains what (written at each start), the index of names, the link that sets
// the first account up (a new one is printed at each start), the folder of the contents (the first server of
// a copy marks its own), what is known for ten minutes only, by which rules the side tables were made (a copy
// makes them anew), and what is the database's own.
constexpr std::array<std::string_view, 11> kLeftOut{
    "blob_place", "awaited_node",   "node_type",  "link_field",      "containment",  "node_name",
    "setup_link", "schema_version", "write_turn", "unfinished_copy", "index_version"};

}  // namespace

std::span<const Table> instance_tables() {
    return kTables;
}

const Table& instance_table(std::string_view name) {
    const auto* found = std::ranges::find(kTables, name, &Table::name);
    if (found == kTables.end()) throw std::logic_error("there is no such table");
    return *found;
}

std::size_t column_of(const Table& table, std::string_view name) {
    const auto found = std::ranges::find(table.columns, name, &Column::name);
    if (found == table.columns.end()) throw std::logic_error("there is no such column");
    return static_cast<std::size_t>(found - table.columns.begin());
}

std::span<const std::string_view> tables_left_out() {
    return kLeftOut;
}

}  // namespace cript::store
