#include "store/postgres/rows.hpp"

#include <charconv>
#include <cstring>

namespace cript::store::postgres {

std::int64_t Rows::changes() const {
    const std::string_view text = PQcmdTuples(result_.get());
    std::int64_t count = 0;
    std::from_chars(text.data(), text.data() + text.size(), count);
    return count;
}

std::string_view Rows::text(int column) const {
    return {PQgetvalue(result_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
}

std::int64_t Rows::integer(int column) const {
    const auto bytes = blob(column);
    if (bytes.empty()) return 0;
    // The first byte carries the sign.
    auto value = static_cast<std::uint64_t>(static_cast<std::int64_t>(static_cast<std::int8_t>(bytes[0])));
    for (const auto byte : bytes.subspan(1)) value = (value << 8U) | byte;
    return static_cast<std::int64_t>(value);
}

bool Rows::flag(int column) const {
    const auto bytes = blob(column);
    return !bytes.empty() && bytes[0] != 0;
}

base::Uuid Rows::uuid(int column) const {
    return base::Uuid::from_bytes(blob(column)).value_or(base::Uuid{});
}

crypto::Digest Rows::digest(int column) const {
    crypto::Digest digest{};
    const auto bytes = blob(column);
    if (bytes.size() == digest.size()) std::memcpy(digest.data(), bytes.data(), digest.size());
    return digest;
}

}  // namespace cript::store::postgres
