/// What is taken for a credential: an `Authorization` value, and a query string that may hold one.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "account/token.hpp"
#include "base/encoding.hpp"

namespace {

using cript::account::secret_of_header;

void require(bool holds) {
    if (!holds) std::abort();
}

void check_header(std::string_view header) {
    const auto secret = secret_of_header(header);
    // A view into the header, so that wiping the header wipes the secret.
    require(secret.data() >= header.data());
    require(secret.data() + secret.size() <= header.data() + header.size());
    require(!secret.starts_with(' ') && !secret.ends_with(' '));
    // A word that is taken off leaves the secret as it is, whatever the secret.
    if (secret.empty() || secret.find(' ') != std::string_view::npos) return;
    for (const std::string word : {"Token ", "bearer ", "Bearer TOKEN "}) {
        require(secret_of_header(word + std::string(secret)) == secret);
    }
}

void check_query(std::string_view query) {
    const auto secrets = cript::account::bare_secrets_in_query(query);
    for (const auto& secret : secrets) {
        require(secret.size() == cript::account::kSecretBytes * 2);
        require(cript::base::from_hex(secret).has_value());
    }
    // What names a token still does so beside another parameter.
    const bool named = cript::account::query_names_a_token(query);
    const std::string longer = std::string(query) + "&page=2";
    require(!named || cript::account::query_names_a_token(longer));
    require(cript::account::bare_secrets_in_query(longer) == secrets);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_header(bytes);
    check_query(bytes);
    return 0;
}
