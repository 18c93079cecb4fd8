#pragma once

#include <filesystem>
#include <set>

#include "base/result.hpp"
#include "crypto/digest.hpp"

namespace cript::service {

/// Digests of tokens that were revoked, in a file beside the key ring that is only ever appended to: a backup
/// of the database does not know what was revoked after it, and must not bring such a token back to life.
///
/// File format, mode 0600: one digest a line, 64 hexadecimal digits. A digest opens nothing.
class RevokedDigests {
  public:
    /// That of a key ring: its name with `.revoked` behind it.
    [[nodiscard]] static std::filesystem::path file_beside(const std::filesystem::path& key_ring);

    explicit RevokedDigests(std::filesystem::path file) : file_(std::move(file)) {}

    /// Writes one down, on the disk when this returns. Errors: Unavailable.
    [[nodiscard]] base::Result<void> add(const crypto::Digest& digest) const;
    /// All of a file; none if it is not there. A last line that was not written to its end is left out.
    /// Errors: InvalidInput if another line is no digest; Unavailable.
    [[nodiscard]] static base::Result<std::set<crypto::Digest>> read(const std::filesystem::path& file);

  private:
    std::filesystem::path file_;
};

}  // namespace cript::service
