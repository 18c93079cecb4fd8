/// The strict checks of a request header and the reading of its target, on any bytes.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/encoding.hpp"
#include "http/request_target.hpp"
#include "http/strictness.hpp"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void check_scanning(std::string_view bytes) {
    using cript::http::find_header_end;
    const auto at_once = find_header_end(bytes, 0);
    for (std::size_t size = 0, scanned = 0; size <= bytes.size(); ++size) {
        const auto step_by_step = find_header_end(bytes.substr(0, size), scanned);
        if (!step_by_step) return require(!at_once);
        if (*step_by_step > 0) return require(at_once && *at_once == *step_by_step);
        scanned = size;
    }
    require(at_once && *at_once == 0);
}

void check_target(std::string_view bytes) {
    const auto target = cript::http::parse_target(bytes);
    if (!target) return;
    const std::string path = target->path + "/";
    require(path.front() == '/');
    require(path.find('\0') == std::string::npos);
    require(path.find("/../") == std::string::npos);
    require(cript::base::is_utf8(path));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_scanning(bytes);
    check_target(bytes);
    if (const auto rejection = cript::http::check_header(bytes)) require(rejection->status >= 400);
    return 0;
}
