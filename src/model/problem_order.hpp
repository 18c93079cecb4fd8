#pragma once

#include <simdjson.h>

#include <vector>

#include "base/result.hpp"

namespace cript::model {

/// Sorts problems by where they stand in the document.
void order_problems(std::vector<base::Problem>& problems, simdjson::dom::element document);

}  // namespace cript::model
