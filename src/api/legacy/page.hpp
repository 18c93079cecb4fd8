#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace cript::api::legacy {

/// Which part of a list is asked for: `?limit=&offset=`.
struct PageRequest {
    unsigned limit = 10;
    std::uint64_t offset = 0;
    std::vector<std::pair<std::string, std::string>> others{};  ///< further parameters, decoded
};

/// Errors: InvalidInput for a limit or offset that is no number.
[[nodiscard]] base::Result<PageRequest> read_page_request(std::string_view raw_query);

/// `{"count", "next", "previous", "results"}`; `url` is that of the list, without a query.
[[nodiscard]] std::string page_json(const PageRequest& request, std::string_view url, std::uint64_t count,
                                    const std::vector<std::string>& results);

}  // namespace cript::api::legacy
