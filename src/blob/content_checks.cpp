#include "blob/content_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cript::blob {

namespace {

using base::ErrorKind;
using base::fail;

constexpr std::string_view kPrefix = "x-amz-checksum-";

std::string big_endian_base64(std::uint32_t value) {
    const std::array<std::uint8_t, 4> bytes{
        static_cast<std::uint8_t>(value >> 24U), static_cast<std::uint8_t>(value >> 16U),
        static_cast<std::uint8_t>(value >> 8U), static_cast<std::uint8_t>(value)};
    return base::to_base64(bytes);
}

base::Error problem(std::string message, std::string_view code) {
    base::Error error{ErrorKind::InvalidInput, std::move(message), {}};
    error.problems.push_back({"", error.message, std::string(code), ""});
    return error;
}

}  // namespace

bool ContentChecks::is_checksum_field(std::string_view field) {
    return field == "content-md5" || (field.starts_with(kPrefix) && field != "x-amz-checksum-type");
}

std::optional<ContentChecks::Algorithm> ContentChecks::algorithm_of(std::string_view field) {
    if (field == "content-md5") return Algorithm::Md5;
    if (!field.starts_with(kPrefix)) return std::nullopt;
    const auto name = field.substr(kPrefix.size());
    if (name == "crc32") return Algorithm::Crc32;
    if (name == "crc32c") return Algorithm::Crc32c;
    if (name == "sha256") return Algorithm::Sha256;
    return std::nullopt;
}

base::Result<ContentChecks::Algorithm> ContentChecks::begin(std::string_view field) {
    const auto algorithm = algorithm_of(field);
    if (!algorithm) {
        return fail(ErrorKind::InvalidInput,
                    fmt::format("'{}' cannot be checked here: use crc32, crc32c or sha256", field));
    }
    if (*algorithm == Algorithm::Crc32 && !crc32_) crc32_.emplace(crypto::Crc32Kind::Ieee);
    if (*algorithm == Algorithm::Crc32c && !crc32c_) crc32c_.emplace(crypto::Crc32Kind::Castagnoli);
    return *algorithm;
}

base::Result<void> ContentChecks::expect(std::string_view field, std::string_view value) {
    const auto name = base::ascii_lower(field);
    auto algorithm = begin(name);
    CRIPT_CHECK(algorithm);
    expected_.push_back({*algorithm, name, std::string(value)});
    return {};
}

base::Result<void> ContentChecks::announce(std::string_view field) {
    const auto name = base::ascii_lower(field);
    CRIPT_CHECK(begin(name));
    announced_.push_back(name);
    return {};
}

void ContentChecks::add(std::string_view piece) {
    if (crc32_) crc32_->add(base::as_bytes(piece));
    if (crc32c_) crc32c_->add(base::as_bytes(piece));
}

std::string ContentChecks::value_of(Algorithm algorithm, const ContentDigests& digests) const {
    switch (algorithm) {
        case Algorithm::Md5:
            return base::to_base64(digests.md5);
        case Algorithm::Crc32:
            return big_endian_base64(crc32_->value());
        case Algorithm::Crc32c:
            return big_endian_base64(crc32c_->value());
        case Algorithm::Sha256:
            return base::to_base64(digests.sha256);
    }
    return "";
}

base::Result<void> ContentChecks::verify(const ContentDigests& digests) const {
    if (!sha256_hex_.empty() && sha256_hex_ != base::to_hex(digests.sha256)) {
        return fail(problem("the content is not that of x-amz-content-sha256", kPayloadMismatch));
    }
    for (const auto& field : announced_) {
        const bool came = std::any_of(expected_.begin(), expected_.end(),
                                      [&](const Expected& expected) { return expected.field == field; });
        if (!came) return fail(problem(fmt::format("'{}' was announced and did not come", field), kMissing));
    }
    for (const auto& expected : expected_) {
        if (value_of(expected.algorithm, digests) == expected.value) continue;
        return fail(problem(fmt::format("the content is not that of '{}'", expected.field), kMismatch));
    }
    return {};
}

}  // namespace cript::blob
