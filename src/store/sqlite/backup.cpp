#include "store/backup.hpp"
#include "store/sqlite/tables.hpp"

namespace cript::store {

base::Result<Manifest> back_up_sqlite(const std::filesystem::path& file, const std::filesystem::path& to,
                                      const CountRows& count) {
    {
        // Says what stands against it: no file, another schema, an unfinished copy.
        const auto reader = open_sqlite_tables(file);
        CRIPT_CHECK(reader);
    }
    auto copied = sqlite::guarded([&] {
        sqlite::Connection connection(file, sqlite::Connection::Mode::ReadOnly);
        // One read transaction, which writers do not disturb. The backup API would begin anew at their every
        // commit.
        connection.query("vacuum into :to").bind(to.string()).step();
    });
    CRIPT_CHECK(copied);
    const auto copy = open_sqlite_tables(to);
    CRIPT_CHECK(copy);
    return take_manifest(**copy, count);
}

}  // namespace cript::store
