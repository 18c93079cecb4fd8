#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "store/store.hpp"
#include "store/tables.hpp"

namespace cript::store {

/// Something in the database that cannot be right.
struct Damage {
    std::string kind;   ///< stable word for programs, such as "dangling_edge"
    std::string place;  ///< which row, for a person
    std::string text;   ///< what is wrong with it
};

/// All rows of an instance in one consistent view, on a connection of its own. Used by one thread.
/// Every function fails with Unavailable when the database does, and with nothing else unless said.
class TableReader {
  public:
    virtual ~TableReader() = default;

    /// The first rows, at most `limit`, whose keys come after this one; of all rows if it is empty.
    [[nodiscard]] virtual base::Result<std::vector<Cells>> rows_after(const Table& table, const Cells& key,
                                                                      unsigned limit) = 0;
    /// The highest id of a table that has ids, and of one that gives them once, the highest ever given; or 0.
    [[nodiscard]] virtual base::Result<std::int64_t> last_id(const Table& table) = 0;
    /// What is wrong with the parts that only this kind of database has: its indexes of names and the like.
    [[nodiscard]] virtual base::Result<std::vector<Damage>> own_damage() = 0;
    /// Which database this is, for people: without a password.
    [[nodiscard]] virtual std::string name() const = 0;
};

/// Calls `visit(cells)` for each row of the table in the order of its key. A visit that fails ends it.
using VisitRow = std::function<base::Result<void>(Cells&)>;
[[nodiscard]] base::Result<void> for_each_row(TableReader& reader, const Table& table, const VisitRow& visit);

/// A database under construction. As long as it is not finished, it is marked as such and nothing serves it.
class UnfinishedCopy {
  public:
    virtual ~UnfinishedCopy() = default;

    /// What was noted of the copy that was begun; nothing if none was.
    [[nodiscard]] virtual base::Result<std::optional<std::string>> note() = 0;
    /// Makes the tables and marks the database. Errors: Conflict if there is anything in it.
    [[nodiscard]] virtual base::Result<void> begin(const std::string& note) = 0;
    /// Adds rows and replaces the note, both or neither. Errors: InvalidInput if the database cannot hold
    /// them.
    [[nodiscard]] virtual base::Result<void> append(const Table& table, const std::vector<Cells>& rows,
                                                    const std::string& note) = 0;
    /// The next row of a table gets an id above this one.
    [[nodiscard]] virtual base::Result<void> set_last_id(const Table& table, std::int64_t id) = 0;
    /// Throws away what has been copied, and the mark. Errors: Conflict if there is no mark.
    [[nodiscard]] virtual base::Result<void> discard() = 0;
    /// Takes the mark off: from now on it is an instance.
    [[nodiscard]] virtual base::Result<void> finish() = 0;
    /// What is in it so far.
    [[nodiscard]] virtual base::Result<std::unique_ptr<TableReader>> read() = 0;
    [[nodiscard]] virtual std::string name() const = 0;
};

/// Opens the rows of a database that `store::open` accepts, as it is. Errors: as of `store::open`; NotFound
/// if there is none; Conflict if its schema is not this program's, or if it is an unfinished copy.
[[nodiscard]] base::Result<std::unique_ptr<TableReader>> open_table_reader(const std::string& url,
                                                                           const ServerLimits& limits = {});
/// Opens a database that is, or is to become, a copy. Errors: as of `store::open`.
[[nodiscard]] base::Result<std::unique_ptr<UnfinishedCopy>> open_unfinished_copy(
    const std::string& url, const ServerLimits& limits = {});

/// How many sessions of servers (of criptd serve, on any machine) a PostgreSQL database has. Errors: as of
/// `store::open`.
[[nodiscard]] base::Result<std::uint64_t> count_servers(const std::string& url,
                                                        const ServerLimits& limits = {});

// What each kind of database makes of the above.
[[nodiscard]] base::Result<std::unique_ptr<TableReader>> open_sqlite_tables(
    const std::filesystem::path& file);
[[nodiscard]] base::Result<std::unique_ptr<UnfinishedCopy>> open_sqlite_copy(
    const std::filesystem::path& file);
[[nodiscard]] base::Result<std::unique_ptr<TableReader>> open_postgres_tables(const std::string& url,
                                                                              const ServerLimits& limits);
[[nodiscard]] base::Result<std::unique_ptr<UnfinishedCopy>> open_postgres_copy(const std::string& url,
                                                                               const ServerLimits& limits);

/// What is said of a marked database that is to be used.
inline constexpr const char* kUnfinishedCopy =
    "the database is an unfinished copy: run the criptd migrate or restore that was making it again, and let "
    "it end";

}  // namespace cript::store
