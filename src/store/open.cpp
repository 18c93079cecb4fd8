#include "store/store.hpp"
#include "store/store_url.hpp"
#include "store/table_rows.hpp"

namespace cript::store {

base::Result<std::optional<std::filesystem::path>> sqlite_file_of(const std::string& url) {
    constexpr std::string_view kSqlite = "sqlite:";
    if (url.starts_with(kSqlite) && url.size() > kSqlite.size())
        return std::filesystem::path(url.substr(kSqlite.size()));
    if (url.starts_with("postgres://") || url.starts_with("postgresql://")) return std::nullopt;
    return base::fail(base::ErrorKind::InvalidInput,
                      "the store is neither sqlite:PATH nor postgres://USER@HOST/DATABASE");
}

base::Result<std::unique_ptr<Store>> open(const std::string& url, const ServerLimits& limits) {
    const auto file = sqlite_file_of(url);
    CRIPT_CHECK(file);
    return *file ? open_sqlite(**file) : open_postgres(url, limits);
}

base::Result<std::unique_ptr<TableReader>> open_table_reader(const std::string& url,
                                                             const ServerLimits& limits) {
    const auto file = sqlite_file_of(url);
    CRIPT_CHECK(file);
    return *file ? open_sqlite_tables(**file) : open_postgres_tables(url, limits);
}

base::Result<std::unique_ptr<UnfinishedCopy>> open_unfinished_copy(const std::string& url,
                                                                   const ServerLimits& limits) {
    const auto file = sqlite_file_of(url);
    CRIPT_CHECK(file);
    return *file ? open_sqlite_copy(**file) : open_postgres_copy(url, limits);
}

}  // namespace cript::store
