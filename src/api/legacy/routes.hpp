#pragma once

#include <vector>

#include "api/legacy/fields.hpp"
#include "api/route_table.hpp"

namespace cript::api::legacy {

/// `/api/{type}/…`, `/api/search/…`, `/api/group/…`, `/api/session-info/`, and the pages of keys.
[[nodiscard]] std::vector<ApiRoute> routes();

// The parts, one file each.
[[nodiscard]] std::vector<ApiRoute> record_routes();
[[nodiscard]] std::vector<ApiRoute> list_routes();
[[nodiscard]] std::vector<ApiRoute> group_routes();
[[nodiscard]] std::vector<ApiRoute> session_info_routes();
[[nodiscard]] std::vector<ApiRoute> key_routes();
[[nodiscard]] std::vector<ApiRoute> file_routes();

inline constexpr std::size_t kLargestBody = std::size_t{16} << 20U;
inline constexpr std::string_view kGroup = "SDK 0.4 to 0.6";
inline constexpr Parameter kUid{"uid", "path", "uid of the record", true};

/// A handler for one record type, as the handler of a route.
using RecordHandler = http::Response (*)(const Call&, const Type&);
[[nodiscard]] inline CallHandler bind(RecordHandler handler, const Type& type) {
    return [handler, &type](const Call& call) { return handler(call, type); };
}

}  // namespace cript::api::legacy
