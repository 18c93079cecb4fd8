/// Reads any bytes as what the storage gateway is sent beside its signatures: the XML that completes an
/// upload in parts, and a range of bytes.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/storage/complete_body.hpp"
#include "http/byte_range.hpp"

namespace {

using namespace cript;

void require(bool condition) {
    if (!condition) std::abort();
}

void check_range(std::string_view header, std::uint64_t size) {
    const auto range = http::read_range(header, size);
    const auto* bytes = std::get_if<http::ByteRange>(&range);
    if (bytes == nullptr) return;
    require(bytes->length > 0 && bytes->offset < size && bytes->length <= size - bytes->offset);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto parts = api::storage::read_complete_body(text);
    if (!parts)
        require(parts.error().kind == base::ErrorKind::InvalidInput && !parts.error().message.empty());
    for (const std::uint64_t length : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1'000}, UINT64_MAX})
        check_range(text, length);
    return 0;
}
