/// What stands in an `Authorization` header or the query of a signed URL, on any bytes: a claim that is read
/// names all of its parts, and nothing but its own secret verifies it.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "crypto/key.hpp"
#include "crypto/sigv4.hpp"

namespace {

namespace sigv4 = cript::crypto::sigv4;

void require(bool holds) {
    if (!holds) std::abort();
}

void check(const cript::base::Result<sigv4::Claim>& claim, const sigv4::Pairs& query) {
    if (!claim) return require(!claim.error().message.empty());
    require(!claim->access_key.empty());
    require(claim->access_key.find('/') == std::string::npos);
    require(claim->signature.size() == 64);
    require(!claim->signed_headers.empty());
    require(sigv4::read_date(claim->date).has_value());
    require(!claim->in_query || (claim->expires >= 1 && claim->expires <= 604'800));
    sigv4::Pairs headers;
    for (const auto& name : claim->signed_headers) headers.emplace_back(name, "value");
    const sigv4::RequestToSign request{"GET", "/key", query, headers, sigv4::kEmptyHash};
    require(!sigv4::verify(*claim, "a secret that no input knows", request));
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    cript::crypto::initialise();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check(sigv4::read_authorization(bytes, "20130524T000000Z"), {});
    if (const auto query = sigv4::read_query(bytes)) check(sigv4::read_signed_query(*query), *query);
    return 0;
}
