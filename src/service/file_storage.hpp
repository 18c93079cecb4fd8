#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "blob/blob_store.hpp"
#include "service/completions.hpp"
#include "service/context.hpp"
#include "service/storage_rooms.hpp"

namespace cript::service {

struct StorageLimits {
    /// Names under which files are stored. The first one is that of files which come without a bucket.
    std::vector<std::string> buckets{"cript-user-data", "cript-stage-user-data"};
    std::uint64_t quota = std::uint64_t{50} << 30U;  ///< bytes of an account that has no quota of its own
    std::optional<std::uint64_t> disk_floor{};       ///< bytes of the disk that stay free; see StorageRooms
};

/// Where a file goes, or is.
struct FileAddress {
    std::string bucket;
    std::string key;
    std::string sha256{};  ///< in hexadecimal, of the only content that may come; empty if any may
};

/// The longest key, in bytes, as in S3.
inline constexpr std::size_t kLongestKey = 1'024;
/// The largest file, in bytes, as in S3.
inline constexpr std::uint64_t kLargestFile = std::uint64_t{5} << 40U;

// Codes of the problems that files have. A dialect may have words of its own for them.
inline constexpr std::string_view kNoSuchBucket = "unknown_bucket";
inline constexpr std::string_view kBadKey = "invalid_key";
inline constexpr std::string_view kKeyTaken = "key_taken";  ///< by another's file, or by other content
inline constexpr std::string_view kQuotaExceeded = "quota_exceeded";
inline constexpr std::string_view kInvalidPart = "invalid_part";
inline constexpr std::string_view kPartOrder = "part_order";
inline constexpr std::string_view kNoSuchUpload = "unknown_upload";

/// Stores and gives out the contents of files. A file belongs to the account that stored it first, and its
/// content never changes.
class FileStorage {
  public:
    FileStorage(Context& context, blob::BlobStore& blobs, StorageLimits limits)
        : context_(context), blobs_(blobs), limits_(std::move(limits)), rooms_(limits_.disk_floor) {}

    [[nodiscard]] const StorageLimits& limits() const { return limits_; }

    /// May the caller store a file of that size there? Asked before its content is taken.
    /// Errors: NotFound for a bucket that there is not; InvalidInput for a key that cannot be; Conflict for
    /// one that is another's; TooLarge for what the quota does not hold.
    [[nodiscard]] base::Result<void> admit(const account::Caller& caller, const FileAddress& address,
                                           std::uint64_t size);
    /// A place for the content of a file, in which as much room is kept as `size` says; what goes beyond
    /// needs more of it. Errors: those of admit(), which the spool may end with too; Unavailable, with code
    /// blob::kDiskFull if the disk has to stay free.
    [[nodiscard]] base::Result<std::unique_ptr<blob::Spool>> receive(const account::Caller& caller,
                                                                     const FileAddress& address,
                                                                     std::uint64_t size);
    /// Can files be stored just now? Errors: Unavailable.
    [[nodiscard]] base::Result<void> check_condition();
    /// Stores what was spooled. The same content under the same key is success and changes nothing.
    /// Errors: those of admit(); InvalidInput for another content than the address asks for, which is not
    /// stored; Conflict for other content under a key of the caller's.
    [[nodiscard]] base::Result<store::StoredFileRow> put(const account::Caller& caller,
                                                         const FileAddress& address,
                                                         std::string_view media_type, blob::Spool& spool);

    // Files in parts. An upload ends with the credential that began it.
    /// Errors: those of admit().
    [[nodiscard]] base::Result<store::UploadRow> begin_upload(const account::Caller& caller,
                                                              const FileAddress& address,
                                                              std::string_view media_type);
    /// Errors: NotFound for one that is not, or not the caller's, with code kNoSuchUpload.
    [[nodiscard]] base::Result<store::UploadRow> find_upload(const account::Caller& caller,
                                                             std::string_view id);
    /// A place for the content of a part, as receive(). Errors: InvalidInput for a number that is not from 1
    /// to 10,000; those of receive() and find_upload().
    [[nodiscard]] base::Result<std::unique_ptr<blob::Spool>> receive_part(const account::Caller& caller,
                                                                          std::string_view id,
                                                                          unsigned number,
                                                                          std::uint64_t size);
    [[nodiscard]] base::Result<store::UploadPartRow> put_part(const account::Caller& caller,
                                                              std::string_view id, unsigned number,
                                                              blob::Spool& spool);
    [[nodiscard]] base::Result<std::vector<store::UploadPartRow>> parts(const account::Caller& caller,
                                                                        std::string_view id);
    struct Part {
        unsigned number = 0;
        std::string etag;  ///< MD5 in hexadecimal; empty is not compared
    };
    /// Has the parts put together and the file stored: all parts, or those that are named. Whoever asks while
    /// that is under way joins it, and whoever asks again later is told of the same file. Errors:
    /// InvalidInput for parts that are not there, differ (kInvalidPart), or do not ascend (kPartOrder);
    /// Conflict while it is being completed with others. The outcome: those of put(), `sha256` being that of
    /// an address; Unauthenticated if the credential has ended.
    [[nodiscard]] base::Result<std::shared_ptr<Completion>> complete(
        const account::Caller& caller, std::string_view id, const std::optional<std::vector<Part>>& parts,
        const std::string& sha256 = {});
    [[nodiscard]] base::Result<void> abort(const account::Caller& caller, std::string_view id);

    /// A file that the caller stored, or that a File node names which the caller may read.
    /// Errors: NotFound.
    [[nodiscard]] base::Result<store::StoredFileRow> find(const account::Caller& caller,
                                                          const FileAddress& address);
    /// The file of a File node. Errors: NotFound if there is none, or it is not for the caller's eyes.
    [[nodiscard]] base::Result<store::StoredFileRow> find_of_node(const account::Caller& caller,
                                                                  const base::Uuid& uuid);
    [[nodiscard]] base::Result<std::unique_ptr<blob::BlobReader>> open(const store::StoredFileRow& file) {
        return blobs_.open(file.digest);
    }

    /// The server ends: what waits for the store of contents, or takes long, is given up soon.
    void end() {
        is_ending_ = true;
        completions_.end();
        blobs_.end();
    }

    /// What the caller keeps and may keep.
    [[nodiscard]] base::Result<store::StorageUse> use(const account::Caller& caller);

  private:
    friend class FileCollection;

    [[nodiscard]] base::Result<void> check_address(const FileAddress& address) const;
    [[nodiscard]] base::Result<void> check_room(store::Reader& reader, store::AccountId account,
                                                std::uint64_t size) const;
    /// What the account may add; as if it kept nothing, if what it has is only sent again.
    [[nodiscard]] base::Result<StorageRooms::Allowance> allowance(store::Reader& reader,
                                                                  store::AccountId account,
                                                                  bool is_sent_again) const;
    [[nodiscard]] base::Result<std::unique_ptr<blob::Spool>> spool_within(StorageRooms::Allowance allowance,
                                                                          std::uint64_t size);
    /// Puts the content into the blob store, claimed in the rows before.
    [[nodiscard]] base::Result<void> keep(blob::Spool& spool);
    [[nodiscard]] base::Result<store::StoredFileRow> insert(const account::Caller& caller,
                                                            store::StoredFileRow file,
                                                            const store::UploadRow* upload);
    [[nodiscard]] Completion::Outcome put_together(const account::Caller& caller,
                                                   const store::UploadRow& upload,
                                                   const std::vector<store::UploadPartRow>& parts,
                                                   const std::string& sha256,
                                                   const std::atomic<bool>& is_ending);
    [[nodiscard]] base::Result<void> append_part(const store::UploadPartRow& part, blob::Spool& spool,
                                                 const std::atomic<bool>& is_ending);

    Context& context_;
    blob::BlobStore& blobs_;
    StorageLimits limits_;
    StorageRooms rooms_;
    std::atomic<bool> is_ending_ = false;
    Completions completions_;  ///< the last member, hence the first to end
};

/// Errors: InvalidInput for a content that was not announced; nothing announced is any content.
[[nodiscard]] base::Result<void> check_content(const std::string& announced, const crypto::Digest& digest);

/// May the caller read a file: is it theirs, or named by a File node that they may read?
[[nodiscard]] base::Result<bool> may_read_file(store::Reader& reader, const account::Caller& caller,
                                               const store::StoredFileRow& file);

/// A key for a file of that name which nobody else has: `uploads/NAME_UUID.EXTENSION`.
[[nodiscard]] std::string new_key(std::string_view name);

}  // namespace cript::service
