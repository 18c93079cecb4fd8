#pragma once

#include <string>

#include "cript/json.hpp"

namespace cript::cli {

/// The name under which the content of a File node is written: that of the node, else that in its source,
/// without the uuid that the server put into it. Whatever the node says, it is the name of a file in the
/// present folder.
[[nodiscard]] std::string file_name_of(const Json& file);

}  // namespace cript::cli
