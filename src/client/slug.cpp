#include "client/slug.hpp"

namespace cript::client {

std::string slug_of_type(std::string_view node_type) {
    std::string slug;
    for (const char c : node_type) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper && !slug.empty()) slug.push_back('_');
        slug.push_back(upper ? static_cast<char>(c - 'A' + 'a') : c);
    }
    return slug;
}

}  // namespace cript::client
