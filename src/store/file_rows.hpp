#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "crypto/hasher.hpp"
#include "store/types.hpp"

namespace cript::store {

/// A file under its key: who stored it, and which content it is. Its content never changes.
struct StoredFileRow {
    std::int64_t id = 0;
    std::string bucket;
    std::string key;
    AccountId owner = 0;
    crypto::Digest digest{};  ///< SHA-256 of the content, by which the blob store knows it
    std::uint64_t size = 0;
    std::string etag;  ///< as S3 makes it, without quotes
    std::string media_type;
    base::Timestamp created_at;
};

/// A file that is being sent in parts.
struct UploadRow {
    std::int64_t id = 0;
    base::Uuid uuid;
    std::string bucket;
    std::string key;
    AccountId owner = 0;
    account::Credential credential{};  ///< that began it; the upload ends with it
    std::int64_t credential_id = 0;
    std::string media_type;
    base::Timestamp created_at;
    std::optional<crypto::Digest> completed{};  ///< SHA-256 of the file that it became
};

struct UploadPartRow {
    unsigned number = 0;
    crypto::Digest digest{};
    std::uint64_t size = 0;
    crypto::Md5Digest md5{};
};

/// What an account keeps, and may keep. Bytes, logical size: equal contents count for each owner and key.
struct StorageUse {
    std::uint64_t used = 0;
    std::optional<std::uint64_t> quota{};  ///< of this account; nothing is the server's
};

/// Questions about files, uploads and contents.
class FileReader {
  public:
    virtual ~FileReader() = default;

    [[nodiscard]] virtual base::Result<std::optional<StoredFileRow>> find_file(std::string_view bucket,
                                                                               std::string_view key) = 0;
    /// The files of that key in all buckets, oldest first.
    [[nodiscard]] virtual base::Result<std::vector<StoredFileRow>> files_with_key(std::string_view key) = 0;
    /// The file that a File node names, if it names one.
    [[nodiscard]] virtual base::Result<std::optional<StoredFileRow>> file_of_node(NodeId node) = 0;
    /// The File nodes that name a file, at most `limit`, newest first.
    [[nodiscard]] virtual base::Result<std::vector<NodeId>> nodes_with_file(std::int64_t file,
                                                                            unsigned limit) = 0;
    [[nodiscard]] virtual base::Result<std::optional<UploadRow>> find_upload(const base::Uuid& uuid) = 0;
    /// Ascending by number.
    [[nodiscard]] virtual base::Result<std::vector<UploadPartRow>> parts_of(std::int64_t upload) = 0;
    [[nodiscard]] virtual base::Result<StorageUse> storage_use(AccountId account) = 0;
    /// Is the content of that digest known, and not about to be removed?
    [[nodiscard]] virtual base::Result<bool> has_blob(const crypto::Digest& digest) = 0;
    /// The mark of the place where the contents of this database are, once it has one.
    [[nodiscard]] virtual base::Result<std::optional<crypto::Digest>> blob_place() = 0;
    /// A token by its id, as find_token finds it by its digest.
    [[nodiscard]] virtual base::Result<std::optional<TokenOwner>> find_token_of_id(std::int64_t token) = 0;
};

/// Changes to files, uploads and contents. Uses of a content by files and parts, and of a file by File nodes,
/// are counted along.
class FileWriter {
  public:
    virtual ~FileWriter() = default;

    /// Says that a content is about to be put in the blob store: from now on it is known. False if it is just
    /// being removed there; it can be claimed again once that is done.
    [[nodiscard]] virtual base::Result<bool> claim_blob(const crypto::Digest& digest, std::uint64_t size,
                                                        base::Timestamp now) = 0;
    /// Inserts a file whose content was claimed, and sets `id`. File nodes that its owner was the last to
    /// change and that name its key, name it from now on. Errors: Conflict if the key is taken.
    [[nodiscard]] virtual base::Result<void> insert_file(StoredFileRow& file) = 0;
    /// From now on the File node names that key, and that file if there is one for it.
    [[nodiscard]] virtual base::Result<void> set_file_source(NodeId node, std::string_view key,
                                                             std::optional<std::int64_t> file,
                                                             base::Timestamp now) = 0;
    /// From now on the File nodes name none.
    [[nodiscard]] virtual base::Result<void> drop_file_sources(std::span<const NodeId> nodes,
                                                               base::Timestamp now) = 0;

    [[nodiscard]] virtual base::Result<void> insert_upload(UploadRow& upload) = 0;
    /// Inserts or replaces a part, whose content was claimed.
    [[nodiscard]] virtual base::Result<void> put_part(const UploadRow& upload, const UploadPartRow& part,
                                                      base::Timestamp now) = 0;
    /// Says that an upload became the file of that content, and deletes its parts. False if it is not there
    /// or had become one before.
    [[nodiscard]] virtual base::Result<bool> complete_upload(const UploadRow& upload,
                                                             const crypto::Digest& content,
                                                             base::Timestamp now) = 0;
    /// Deletes an upload with its parts. False if there is none.
    [[nodiscard]] virtual base::Result<bool> delete_upload(const UploadRow& upload, base::Timestamp now) = 0;
    /// Uploads begun before that instant, at most `limit`.
    [[nodiscard]] virtual base::Result<std::vector<UploadRow>> uploads_before(base::Timestamp created,
                                                                              unsigned limit) = 0;

    /// Deletes files that no File node has named since `unused_since`, at most `limit`, and says how many.
    [[nodiscard]] virtual base::Result<std::uint64_t> delete_unused_files(base::Timestamp unused_since,
                                                                          base::Timestamp now,
                                                                          unsigned limit) = 0;
    /// Contents that nothing has used since `unused_since`, and such as were given out here before then
    /// without being forgotten; at most `limit`. They cannot be claimed until they are forgotten.
    [[nodiscard]] virtual base::Result<std::vector<crypto::Digest>> doom_unused_blobs(
        base::Timestamp unused_since, base::Timestamp now, unsigned limit) = 0;
    /// Says that a doomed content is gone from the blob store.
    [[nodiscard]] virtual base::Result<void> forget_blob(const crypto::Digest& digest) = 0;

    /// Gives the place where the contents are its mark, unless it has one.
    [[nodiscard]] virtual base::Result<void> mark_blob_place(const crypto::Digest& mark) = 0;
    /// The next to mark it decides.
    [[nodiscard]] virtual base::Result<void> forget_blob_place() = 0;

    [[nodiscard]] virtual base::Result<void> set_quota(AccountId account,
                                                       std::optional<std::uint64_t> bytes) = 0;
};

}  // namespace cript::store
