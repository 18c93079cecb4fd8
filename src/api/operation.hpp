#pragma once

#include <vector>

#include "api/route_table.hpp"

namespace cript::api {

/// `/healthz` and `/readyz`.
[[nodiscard]] std::vector<ApiRoute> operation_routes();

}  // namespace cript::api
