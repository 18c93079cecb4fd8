#pragma once

#include "store/numbering.hpp"
#include "store/postgres/connection.hpp"

namespace cript::store::postgres {

/// Brings the schema to this program's version, in one transaction, while no other replica does. Throws
/// Failure.
void migrate(Connection& connection);

/// The numbers of this database.
[[nodiscard]] Numbering read_numbering(Connection& connection);

}  // namespace cript::store::postgres
