#pragma once

#include <string>
#include <string_view>

namespace cript::client {

/// A node type as it stands in URLs: "computation_process" for "ComputationProcess".
[[nodiscard]] std::string slug_of_type(std::string_view node_type);

}  // namespace cript::client
