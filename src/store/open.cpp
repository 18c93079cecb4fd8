#include "store/store.hpp"

namespace cript::store {

base::Result<std::unique_ptr<Store>> open(const std::string& url, const ServerLimits& limits) {
    constexpr std::string_view kSqlite = "sqlite:";
    if (url.starts_with(kSqlite) && url.size() > kSqlite.size())
        return open_sqlite(url.substr(kSqlite.size()));
    if (url.starts_with("postgres://") || url.starts_with("postgresql://")) return open_postgres(url, limits);
    return base::fail(base::ErrorKind::InvalidInput,
                      "the store is neither sqlite:PATH nor postgres://USER@HOST/DATABASE");
}

}  // namespace cript::store
