#include "store/storable_text.hpp"

#include "base/encoding.hpp"

namespace cript::store {

bool can_be_stored(std::string_view text) {
    return text.find('\0') == std::string_view::npos && base::is_utf8(text);
}

std::string storable(std::string_view text) {
    std::string out(text);
    if (can_be_stored(text)) return out;
    for (auto& c : out) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte == 0 || byte >= 0x80U) c = '?';
    }
    return out;
}

}  // namespace cript::store
