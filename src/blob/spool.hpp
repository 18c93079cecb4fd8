#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "base/result.hpp"
#include "blob/content_checks.hpp"
#include "blob/descriptor.hpp"
#include "crypto/hasher.hpp"

namespace cript::blob {

/// What bounds how much is written to a spool. It ends with it.
class SpoolRoom {
  public:
    virtual ~SpoolRoom() = default;
    /// Asked before that many bytes are written. Errors: what the upload ends with.
    [[nodiscard]] virtual base::Result<void> take(std::uint64_t bytes) = 0;
};

/// The problem of an Unavailable that says that the disk is full.
inline constexpr std::string_view kDiskFull = "disk_full";
[[nodiscard]] base::Error disk_full();

struct DiskSpace {
    std::uint64_t size = 0;  ///< bytes
    std::uint64_t free = 0;  ///< for this process
};

/// Content on its way in: a file of its own on the local disk, hashed as it is written. The file goes with
/// the object, unless a store has taken it over.
class Spool {
  public:
    Spool(std::filesystem::path file, Descriptor descriptor);
    ~Spool();
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;

    /// From now on what is written has to fit in there.
    void keep_within(std::unique_ptr<SpoolRoom> room) { room_ = std::move(room); }
    /// Errors: those of the room; Unavailable if the disk fails or, with code kDiskFull, is full.
    [[nodiscard]] base::Result<void> write(std::string_view piece);
    /// The digests of all that was written. Once; nothing is written after it.
    [[nodiscard]] const ContentDigests& finish();
    /// Makes the content durable. Errors: Unavailable.
    [[nodiscard]] base::Result<void> sync() const;

    /// Of the disk that it is on. Errors: Unavailable.
    [[nodiscard]] base::Result<DiskSpace> disk_space() const;
    [[nodiscard]] const std::filesystem::path& file() const { return file_; }
    [[nodiscard]] int descriptor() const { return descriptor_.number(); }
    /// The file has another name now.
    void release() { file_.clear(); }

  private:
    std::filesystem::path file_;
    Descriptor descriptor_;
    crypto::Sha256Hasher sha256_;
    crypto::Md5Hasher md5_;
    ContentDigests digests_;
    bool is_finished_ = false;
    std::unique_ptr<SpoolRoom> room_;
};

/// The folder of the spools. A process holds a lock on each of its own, so that those of a process that was
/// killed are known.
class SpoolFolder {
  public:
    /// Makes the folder if it is missing, and removes the spools that dead processes left in it, and
    /// nothing else. Errors: Unavailable.
    [[nodiscard]] static base::Result<SpoolFolder> open(std::filesystem::path folder);

    /// Errors: Unavailable.
    [[nodiscard]] base::Result<std::unique_ptr<Spool>> begin() const;

  private:
    explicit SpoolFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path folder_;
};

}  // namespace cript::blob
