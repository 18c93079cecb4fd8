#pragma once

#include <string>
#include <vector>

#include "api/route_table.hpp"

namespace cript::api {

/// `/api/v1/openapi.json`.
[[nodiscard]] std::vector<ApiRoute> openapi_routes();

/// The OpenAPI 3.1 document of these routes.
[[nodiscard]] std::string openapi_document(const std::vector<ApiRoute>& routes, std::string_view version);

}  // namespace cript::api
