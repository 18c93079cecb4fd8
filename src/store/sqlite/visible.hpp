#pragma once

#include <string>

namespace cript::store::sqlite {

/// What a caller may see, for pages and counts. It says in SQL what account::decide says for one node; every
/// row is still put before that function. It binds :admin, :caller and :project_type, in this order.
inline const std::string kVisible = R"sql(
      and (:admin
           or n.type in (select id from node_type where is_shared)
           or n.project in (select project from project_role where account = :caller)
           or n.project in (select id from node where type = :project_type and is_public = 1)
           or (n.project is null and n.created_by = :caller)))sql";

}  // namespace cript::store::sqlite
