#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cript::store {

// The rows of an instance, table by table, as every database has them: what moves from one to another, what a
// backup is compared with, and what is looked through for damage.

/// A value: null; a number, flag (0 or 1) or instant; text or bytes.
using Cell = std::variant<std::monostate, std::int64_t, std::string>;
using Cells = std::vector<Cell>;

enum class CellKind : std::uint8_t {
    Integer,
    Flag,
    Text,
    Bytes,
    Uuid,       ///< 16 bytes
    TypeName,   ///< of a node type; the databases keep a number of their own
    FieldName,  ///< of a link field, likewise
};

struct Column {
    const char* name;
    CellKind kind;
};

/// What the first column of a table is.
enum class Ids : std::uint8_t {
    None,      ///< no id of its own rows
    Given,     ///< an id that the database gives
    GivenOnce  ///< one that it never gives again, whatever is deleted
};

struct Table {
    const char* name;
    std::span<const Column> columns;  ///< those of the key first
    std::size_t key_size;             ///< columns that no two rows share
    Ids ids;
    unsigned portion = 2'000;  ///< rows that are read or written at a time; fewer where one may be long

    [[nodiscard]] std::span<const Column> key() const { return columns.first(key_size); }
};

/// The tables that make up an instance.
[[nodiscard]] std::span<const Table> instance_tables();
/// The one of that name, which must be among them.
[[nodiscard]] const Table& instance_table(std::string_view name);
/// The place of a column of that name, which the table must have.
[[nodiscard]] std::size_t column_of(const Table& table, std::string_view name);

/// Tables that are not among them: each database makes its own, or can do without what was in them.
[[nodiscard]] std::span<const std::string_view> tables_left_out();

}  // namespace cript::store
