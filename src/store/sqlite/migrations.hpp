#pragma once

#include "store/numbering.hpp"
#include "store/sqlite/connection.hpp"

namespace cript::store::sqlite {

/// Brings the schema to this program's version, in one transaction. Throws Failure.
void migrate(Connection& connection);

[[nodiscard]] std::int64_t schema_version(Connection& connection);
/// That of this program.
[[nodiscard]] std::int64_t newest_schema_version();

/// The numbers of this database.
[[nodiscard]] Numbering read_numbering(Connection& connection);

}  // namespace cript::store::sqlite
