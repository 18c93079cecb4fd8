#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/digest.hpp"
#include "crypto/key.hpp"

namespace cript::crypto {

/// The keys of one version of the ring.
struct RingKeys {
    std::uint32_t version;
    HmacKey pepper;  ///< digests of tokens and other bearer secrets
    Key data;        ///< seals what must be shown again
    HmacKey audit;   ///< chains the audit log
};

/// The keys that live outside the database. Without the file a copy of the database opens nothing.
///
/// File format, UTF-8 lines, mode 0600:
///
///     opencript key ring 1
///     version 1 made 2026-11-24T10:00:00.000000Z pepper <64 hex> data <64 hex> audit <64 hex>
///
/// The last line is the active version; older ones still open and verify what they made.
class KeyRing {
  public:
    /// Writes a new ring of one version, fsynced. Errors: Conflict if the file is there; Unavailable with the
    /// reason.
    [[nodiscard]] static base::Result<KeyRing> create(const std::filesystem::path& file, base::Timestamp now);
    /// Errors: NotFound without a file; Forbidden if others may read it; InvalidInput if it is damaged.
    [[nodiscard]] static base::Result<KeyRing> load(const std::filesystem::path& file);

    [[nodiscard]] const RingKeys& active() const { return versions_.back(); }
    [[nodiscard]] const RingKeys* find(std::uint32_t version) const;
    [[nodiscard]] const std::vector<RingKeys>& versions() const { return versions_; }
    /// What the database keeps to recognise a version: it says nothing about the keys.
    [[nodiscard]] static Digest check_value(const RingKeys& keys);

  private:
    KeyRing() = default;
    std::vector<RingKeys> versions_;
};

}  // namespace cript::crypto
