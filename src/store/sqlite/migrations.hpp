#pragma once

#include "store/numbering.hpp"
#include "store/sqlite/connection.hpp"

namespace cript::store::sqlite {

/// Brings the schema to this program's version, in one transaction. Throws Failure.
void migrate(Connection& connection);

/// The numbers of this database.
[[nodiscard]] Numbering read_numbering(Connection& connection);

}  // namespace cript::store::sqlite
