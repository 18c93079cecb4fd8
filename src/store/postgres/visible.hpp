#pragma once

#include <string>

namespace cript::store::postgres {

/// What a caller may see, for pages and counts. It says in SQL what account::decide says for one node; every
/// row is still put before that function. It takes $1 the type, $2 whether the caller is an administrator, $3
/// the caller and $4 the type of projects.
inline const std::string kVisible = R"sql(
      and ($2
           or n.type in (select id from node_type where is_shared)
           or n.project in (select project from project_role where account = $3)
           or n.project in (select id from node where type = $4 and is_public)
           or (n.project is null and n.created_by = $3)))sql";

}  // namespace cript::store::postgres
