#include "api/legacy/routes.hpp"

#include <iterator>

#include "api/legacy/errors.hpp"

namespace cript::api::legacy {

std::vector<ApiRoute> routes() {
    std::vector<ApiRoute> all;
    for (auto part : {session_info_routes(), key_routes(), record_routes(), list_routes(), group_routes(),
                      file_routes()}) {
        all.insert(all.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
    }
    for (auto& route : all) {
        route.group = kGroup;
        route.refusal = failure;
    }
    return all;
}

}  // namespace cript::api::legacy
