#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "base/result.hpp"
#include "base/time.hpp"
#include "blob/spool.hpp"
#include "crypto/digest.hpp"

namespace cript::blob {

/// An opened content. Of a store on this machine it can be read to its end even if it is removed meanwhile;
/// one that is remote ends with an error then.
class BlobReader {
  public:
    virtual ~BlobReader() = default;

    [[nodiscard]] virtual std::uint64_t size() const = 0;
    /// Reads bytes from `offset` on into `out`: at least one, unless `offset` is the end. Errors:
    /// Unavailable.
    [[nodiscard]] virtual base::Result<std::size_t> read(std::uint64_t offset, std::span<char> out) = 0;
    /// Does reading wait for more than a local disk?
    [[nodiscard]] virtual bool is_remote() const = 0;
};

/// Keeps contents under their SHA-256. Safe to use from any thread.
///
/// Who puts and removes contents agrees about it through the rows of `store`: a content is claimed there
/// before it is put, and doomed there before it is removed.
class BlobStore {
  public:
    virtual ~BlobStore() = default;

    /// A place for content that comes in. Errors: Unavailable.
    [[nodiscard]] virtual base::Result<std::unique_ptr<Spool>> begin() = 0;
    /// Keeps a finished content, unless it is kept already. Success means that it is durable.
    /// Errors: Unavailable.
    [[nodiscard]] virtual base::Result<void> put(Spool& spool) = 0;
    /// Errors: NotFound; Unavailable.
    [[nodiscard]] virtual base::Result<std::unique_ptr<BlobReader>> open(const crypto::Digest& digest) = 0;
    /// Success also if it is not there. Errors: Unavailable.
    [[nodiscard]] virtual base::Result<void> remove(const crypto::Digest& digest) = 0;
    /// Calls `visit` for each content that is kept; not at all if this kind of store cannot tell. What comes
    /// or goes meanwhile may be among them. Errors: Unavailable.
    using Visit = std::function<void(const crypto::Digest&)>;
    [[nodiscard]] virtual base::Result<void> for_each(const Visit& visit) {
        (void)visit;
        return {};
    }
    /// Where it is, for people: without a password.
    [[nodiscard]] virtual std::string name() const = 0;

    // Of stores that are reached over a network.
    [[nodiscard]] virtual bool is_remote() const { return false; }
    /// Is it set up as it must be? Errors: InvalidInput for what a person must change; Unavailable if it does
    /// not answer.
    [[nodiscard]] virtual base::Result<void> check() { return {}; }
    /// False from a failure until it answers again. Meanwhile what asks it is refused at once.
    [[nodiscard]] virtual bool is_available() const { return true; }
    /// The server ends: what waits for the network ends soon, with Unavailable, and nothing waits any more.
    virtual void end() {}
    /// Removes what puts that began before that instant and never ended have left. Errors: Unavailable.
    [[nodiscard]] virtual base::Result<void> remove_interrupted(base::Timestamp begun_before) {
        (void)begun_before;
        return {};
    }
};

struct S3Settings;

/// Opens `file:FOLDER` or `s3://BUCKET[/PREFIX]`. Errors: InvalidInput for anything else; those of the store.
[[nodiscard]] base::Result<std::unique_ptr<BlobStore>> open(const std::string& url, const S3Settings& s3);

/// Opens (and makes) a store in a folder of this machine, or of several that share it. Errors: Unavailable.
///
///     FOLDER/sha256/ab/abcd…   contents, by their digest
///     FOLDER/incoming/         spools
[[nodiscard]] base::Result<std::unique_ptr<BlobStore>> open_filesystem(const std::filesystem::path& folder);

}  // namespace cript::blob
