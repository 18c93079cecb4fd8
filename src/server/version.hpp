#pragma once

#include <string_view>

namespace cript::server {

inline constexpr std::string_view kVersion = CRIPT_VERSION;

}  // namespace cript::server
