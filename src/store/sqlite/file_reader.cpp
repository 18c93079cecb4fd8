#include <algorithm>

#include "store/sqlite/transaction.hpp"

namespace cript::store::sqlite {

namespace {

/// Reads `stored_file.*`.
StoredFileRow read_file(const Query& query) {
    StoredFileRow row;
    row.id = query.integer(0);
    row.bucket = query.text(1);
    row.key = query.text(2);
    row.owner = query.integer(3);
    row.digest = query.digest(4);
    row.size = static_cast<std::uint64_t>(query.integer(5));
    row.etag = query.text(6);
    row.media_type = query.text(7);
    row.created_at = query.time(8);
    return row;
}

}  // namespace

UploadRow read_upload(const Query& query) {
    UploadRow row;
    row.id = query.integer(0);
    row.uuid = query.uuid(1);
    row.bucket = query.text(2);
    row.key = query.text(3);
    row.owner = query.integer(4);
    row.credential = static_cast<account::Credential>(query.integer(5));
    row.credential_id = query.integer(6);
    row.media_type = query.text(7);
    row.created_at = query.time(8);
    if (!query.is_null(9)) row.completed = query.digest(9);
    return row;
}

base::Result<std::optional<StoredFileRow>> Transaction::find_file(std::string_view bucket,
                                                                  std::string_view key) {
    return guarded([&]() -> std::optional<StoredFileRow> {
        auto query = connection_.query("select * from stored_file where bucket = :bucket and key = :key");
        query.bind(bucket, key);
        if (!query.step()) return std::nullopt;
        return read_file(query);
    });
}

base::Result<std::vector<StoredFileRow>> Transaction::files_with_key(std::string_view key) {
    return guarded([&] {
        auto query = connection_.query("select * from stored_file where key = :key order by id");
        query.bind(key);
        std::vector<StoredFileRow> rows;
        while (query.step()) rows.push_back(read_file(query));
        return rows;
    });
}

base::Result<std::optional<StoredFileRow>> Transaction::file_of_node(NodeId node) {
    return guarded([&]() -> std::optional<StoredFileRow> {
        auto query = connection_.query(
            "select f.* from file_source s join stored_file f on f.id = s.file where s.node = :node");
        query.bind(node);
        if (!query.step()) return std::nullopt;
        return read_file(query);
    });
}

base::Result<std::vector<NodeId>> Transaction::nodes_with_file(std::int64_t file, unsigned limit) {
    return guarded([&] {
        auto query = connection_.query(
            "select node from file_source where file = :file order by node desc limit :limit");
        query.bind(file, limit);
        std::vector<NodeId> ids;
        while (query.step()) ids.push_back(query.integer(0));
        return ids;
    });
}

base::Result<std::optional<UploadRow>> Transaction::find_upload(const base::Uuid& uuid) {
    return guarded([&]() -> std::optional<UploadRow> {
        auto query = connection_.query("select * from upload where uuid = :uuid");
        query.bind(uuid);
        if (!query.step()) return std::nullopt;
        return read_upload(query);
    });
}

base::Result<std::vector<UploadPartRow>> Transaction::parts_of(std::int64_t upload) {
    return guarded([&] {
        auto query = connection_.query(
            "select number, digest, size, md5 from upload_part where upload = :upload order by number");
        query.bind(upload);
        std::vector<UploadPartRow> parts;
        while (query.step()) {
            auto& part = parts.emplace_back();
            part.number = static_cast<unsigned>(query.integer(0));
            part.digest = query.digest(1);
            part.size = static_cast<std::uint64_t>(query.integer(2));
            const auto md5 = query.blob(3);
            std::copy_n(md5.begin(), std::min(md5.size(), part.md5.size()), part.md5.begin());
        }
        return parts;
    });
}

base::Result<std::optional<crypto::Digest>> Transaction::blob_place() {
    return guarded([&]() -> std::optional<crypto::Digest> {
        auto query = connection_.query("select mark from blob_place");
        if (!query.step()) return std::nullopt;
        return query.digest(0);
    });
}

base::Result<StorageUse> Transaction::storage_use(AccountId account) {
    return guarded([&] {
        auto query = connection_.query("select used, quota from storage_use where account = :account");
        query.bind(account);
        StorageUse use;
        if (!query.step()) return use;
        use.used = static_cast<std::uint64_t>(query.integer(0));
        if (!query.is_null(1)) use.quota = static_cast<std::uint64_t>(query.integer(1));
        return use;
    });
}

base::Result<bool> Transaction::has_blob(const crypto::Digest& digest) {
    return guarded([&] {
        auto query = connection_.query("select 1 from blob where digest = :digest and is_doomed = 0");
        query.bind(digest);
        return query.step();
    });
}

base::Result<std::optional<TokenOwner>> Transaction::find_token_of_id(std::int64_t token) {
    return guarded([&]() -> std::optional<TokenOwner> {
        auto query = connection_.query("select digest from token where id = :token");
        query.bind(token);
        if (!query.step()) return std::nullopt;
        auto owner = find_token(query.digest(0));
        if (!owner) throw Failure{owner.error(), SQLITE_ERROR};
        return *owner;
    });
}

}  // namespace cript::store::sqlite
