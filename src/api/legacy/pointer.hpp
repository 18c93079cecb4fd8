#pragma once

#include <string>
#include <string_view>

#include "api/legacy/fields.hpp"

namespace cript::api::legacy {

/// A JSON Pointer into the model's document as one into the body that it was made from: `/property/0/key` is
/// `/properties/0/key`.
[[nodiscard]] std::string pointer_in_body(const Type& type, std::string_view pointer);

}  // namespace cript::api::legacy
