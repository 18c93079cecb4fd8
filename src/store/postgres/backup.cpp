#include "store/backup.hpp"
#include "store/postgres/client_program.hpp"
#include "store/postgres/connection.hpp"

namespace cript::store {

base::Result<Manifest> back_up_postgres(const std::string& url, const ServerLimits& limits,
                                        const std::filesystem::path& to, const CountRows& count) {
    auto reader = open_postgres_tables(url, limits);
    CRIPT_CHECK(reader);
    // What pg_dump sees is what is summed up here, whatever servers change meanwhile.
    auto snapshot = (*reader)->share_view();
    CRIPT_CHECK(snapshot);
    CRIPT_CHECK(
        postgres::run_client_program("pg_dump",
                                     {"--format=custom", "--no-owner", "--no-privileges", "--no-comments",
                                      "--file=" + to.string(), "--snapshot=" + *snapshot},
                                     url));
    return take_manifest(**reader, count);
}

base::Result<void> restore_postgres(const std::string& url, const std::filesystem::path& file) {
    const ServerLimits limits;
    CRIPT_CHECK(postgres::address_of(url, limits.connect_within, limits.answer_within));
    return postgres::run_client_program(
        "pg_restore",
        {"--single-transaction", "--no-owner", "--no-privileges", "--no-comments",
         "--dbname=" + postgres::database_of(url), file.string()},
        url);
}

}  // namespace cript::store
