#include "service/revoked_digests.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/encoding.hpp"

namespace cript::service {

namespace {

base::Error system_error(std::string_view what, const std::filesystem::path& file) {
    return {base::ErrorKind::Unavailable,
            fmt::format("{} {}: {}", what, file.string(), std::strerror(errno)),
            {}};
}

}  // namespace

std::filesystem::path RevokedDigests::file_beside(const std::filesystem::path& key_ring) {
    return key_ring.string() + ".revoked";
}

base::Result<void> RevokedDigests::add(const crypto::Digest& digest) const {
    const int descriptor = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) return base::fail(system_error("cannot open", file_));
    const auto line = base::to_hex(digest) + "\n";
    // One write of a short line to a file opened for appending is not mixed with another's (POSIX, write).
    const bool is_written =
        ::write(descriptor, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
        ::fsync(descriptor) == 0;
    auto error = system_error("cannot write", file_);
    ::close(descriptor);
    if (!is_written) return base::fail(std::move(error));
    return {};
}

base::Result<std::set<crypto::Digest>> RevokedDigests::read(const std::filesystem::path& file) {
    std::set<crypto::Digest> digests;
    std::error_code error;
    if (!std::filesystem::exists(file, error)) return digests;
    std::ifstream in(file);
    if (!in) return base::fail(system_error("cannot read", file));
    for (std::string line; std::getline(in, line);) {
        const auto bytes = base::from_hex(line);
        const bool is_last = in.peek() == std::ifstream::traits_type::eof();
        crypto::Digest digest{};
        if (bytes && bytes->size() == digest.size()) {
            std::ranges::copy(*bytes, digest.begin());
            digests.insert(digest);
        } else if (!is_last) {
            return base::fail(base::ErrorKind::InvalidInput,
                              fmt::format("{}: '{}' is not the digest of a token", file.string(), line));
        }
    }
    return digests;
}

}  // namespace cript::service
