#pragma once

#include "store/numbering.hpp"
#include "store/postgres/connection.hpp"

namespace cript::store::postgres {

/// Brings the schema to this program's version, in one transaction, while no other replica does. Throws
/// Failure.
void migrate(Connection& connection);

/// 0 of a database that has no table of ours.
[[nodiscard]] std::size_t schema_version(Connection& connection);
/// That of this program.
[[nodiscard]] std::size_t newest_schema_version();

/// The numbers of this database.
[[nodiscard]] Numbering read_numbering(Connection& connection);

}  // namespace cript::store::postgres
