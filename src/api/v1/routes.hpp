#pragma once

#include <vector>

#include "api/route_table.hpp"

namespace cript::api::v1 {

/// `/schema/`, `/cv/`: public (decision C18).
[[nodiscard]] std::vector<ApiRoute> model_routes();
/// Reading, saving and deleting nodes of all types.
[[nodiscard]] std::vector<ApiRoute> node_routes();
[[nodiscard]] std::vector<ApiRoute> search_routes();
/// Searching by what was measured, in any unit.
[[nodiscard]] std::vector<ApiRoute> measured_routes();
[[nodiscard]] std::vector<ApiRoute> history_routes();
[[nodiscard]] std::vector<ApiRoute> validation_routes();
/// Contents of files.
[[nodiscard]] std::vector<ApiRoute> download_routes();
[[nodiscard]] std::vector<ApiRoute> upload_routes();

}  // namespace cript::api::v1
