#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cript {

/// One state of a node, as its history tells.
struct Revision {
    std::int64_t number = 0;
    std::string name;                 ///< of the node at that time
    std::string updated_at;           ///< RFC 3339, UTC
    std::string updated_by;           ///< uuid of the account
    std::vector<std::string> fields;  ///< that it changed; none for the first
};

}  // namespace cript
