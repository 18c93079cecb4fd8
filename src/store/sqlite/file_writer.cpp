#include "store/sqlite/transaction.hpp"

namespace cript::store::sqlite {

void Transaction::use_blob(const crypto::Digest& digest) {
    connection_.query("update blob set uses = uses + 1 where digest = :digest").bind(digest).run();
}

void Transaction::release_blob(const crypto::Digest& digest, base::Timestamp now) {
    connection_.query("update blob set uses = uses - 1, touched_at = :now where digest = :digest")
        .bind(now, digest)
        .run();
}

void Transaction::add_to_storage(AccountId account, std::int64_t bytes) {
    connection_
        .query(
            "insert into storage_use (account, used) values (:account, :bytes)"
            " on conflict (account) do update set used = used + excluded.used")
        .bind(account, bytes)
        .run();
}

base::Result<bool> Transaction::claim_blob(const crypto::Digest& digest, std::uint64_t size,
                                           base::Timestamp now) {
    return guarded([&] {
        connection_
            .query(
                "insert into blob (digest, size, touched_at) values (:digest, :size, :now)"
                " on conflict (digest) do update set touched_at = excluded.touched_at where is_doomed = 0")
            .bind(digest, size, now)
            .run();
        return connection_.changes() > 0;
    });
}

base::Result<void> Transaction::insert_file(StoredFileRow& file) {
    auto inserted = guarded([&] {
        connection_
            .query(R"sql(
                insert into stored_file (bucket, key, owner, digest, size, etag, media_type, created_at, touched_at)
                values (:bucket, :key, :owner, :digest, :size, :etag, :media_type, :created_at, :created_at))sql")
            .bind(file.bucket, file.key, file.owner, file.digest, file.size, file.etag, file.media_type,
                  file.created_at)
            .run();
        file.id = connection_.last_id();
        use_blob(file.digest);
        add_to_storage(file.owner, static_cast<std::int64_t>(file.size));
        connection_
            .query(R"sql(
                update file_source set file = :file
                where key = :key and file is null
                    and (select updated_by from node where id = file_source.node) = :owner)sql")
            .bind(file.id, file.key, file.owner)
            .run();
        connection_.query("update stored_file set uses = :uses where id = :file")
            .bind(connection_.changes(), file.id)
            .run();
    });
    if (!inserted && inserted.error().kind == base::ErrorKind::Conflict) {
        return base::fail(base::ErrorKind::Conflict, "there is a file of that key already");
    }
    return inserted;
}

base::Result<void> Transaction::set_file_source(NodeId node, std::string_view key,
                                                std::optional<std::int64_t> file, base::Timestamp now) {
    const NodeId nodes[] = {node};
    CRIPT_CHECK(drop_file_sources(nodes, now));
    return guarded([&] {
        connection_.query("insert into file_source (node, key, file) values (:node, :key, :file)")
            .bind(node, key, file)
            .run();
        if (!file) return;
        connection_.query("update stored_file set uses = uses + 1 where id = :file").bind(*file).run();
    });
}

base::Result<void> Transaction::drop_file_sources(std::span<const NodeId> nodes, base::Timestamp now) {
    return guarded([&] {
        for (const auto node : nodes) {
            connection_
                .query(R"sql(
                    update stored_file set uses = uses - 1, touched_at = :now
                    where id = (select file from file_source where node = :node))sql")
                .bind(now, node)
                .run();
            connection_.query("delete from file_source where node = :node").bind(node).run();
        }
    });
}

base::Result<void> Transaction::insert_upload(UploadRow& upload) {
    return guarded([&] {
        connection_
            .query(R"sql(
                insert into upload (uuid, bucket, key, owner, credential, credential_id, media_type, created_at)
                values (:uuid, :bucket, :key, :owner, :credential, :credential_id, :media_type, :created_at))sql")
            .bind(upload.uuid, upload.bucket, upload.key, upload.owner, upload.credential,
                  upload.credential_id, upload.media_type, upload.created_at)
            .run();
        upload.id = connection_.last_id();
    });
}

base::Result<void> Transaction::put_part(const UploadRow& upload, const UploadPartRow& part,
                                         base::Timestamp now) {
    return guarded([&] {
        auto former = connection_.query(
            "delete from upload_part where upload = :upload and number = :number returning digest, size");
        former.bind(upload.id, part.number);
        if (former.step()) {
            release_blob(former.digest(0), now);
            add_to_storage(upload.owner, -former.integer(1));
        }
        connection_
            .query(
                "insert into upload_part (upload, number, digest, size, md5)"
                " values (:upload, :number, :digest, :size, :md5)")
            .bind(upload.id, part.number, part.digest, part.size, part.md5)
            .run();
        use_blob(part.digest);
        add_to_storage(upload.owner, static_cast<std::int64_t>(part.size));
    });
}

void Transaction::release_parts(const UploadRow& upload, base::Timestamp now) {
    auto parts = connection_.query("delete from upload_part where upload = :upload returning digest, size");
    parts.bind(upload.id);
    std::int64_t freed = 0;
    while (parts.step()) {
        release_blob(parts.digest(0), now);
        freed += parts.integer(1);
    }
    add_to_storage(upload.owner, -freed);
}

base::Result<bool> Transaction::complete_upload(const UploadRow& upload, const crypto::Digest& content,
                                                base::Timestamp now) {
    return guarded([&] {
        connection_.query("update upload set completed = :content where id = :upload and completed is null")
            .bind(content, upload.id)
            .run();
        if (connection_.changes() == 0) return false;
        release_parts(upload, now);
        return true;
    });
}

base::Result<bool> Transaction::delete_upload(const UploadRow& upload, base::Timestamp now) {
    return guarded([&] {
        connection_.query("delete from upload where id = :upload").bind(upload.id).run();
        if (connection_.changes() == 0) return false;
        release_parts(upload, now);
        return true;
    });
}

base::Result<void> Transaction::mark_blob_place(const crypto::Digest& mark) {
    return guarded([&] {
        connection_
            .query("insert into blob_place (mark) select :mark where not exists (select 1 from blob_place)")
            .bind(mark)
            .run();
    });
}

base::Result<void> Transaction::forget_blob_place() {
    return guarded([&] { connection_.query("delete from blob_place").run(); });
}

base::Result<std::vector<UploadRow>> Transaction::uploads_before(base::Timestamp created, unsigned limit) {
    return guarded([&] {
        auto query = connection_.query(
            "select * from upload where created_at < :created order by created_at limit :limit");
        query.bind(created, limit);
        std::vector<UploadRow> uploads;
        while (query.step()) uploads.push_back(read_upload(query));
        return uploads;
    });
}

base::Result<std::uint64_t> Transaction::delete_unused_files(base::Timestamp unused_since,
                                                             base::Timestamp now, unsigned limit) {
    return guarded([&] {
        auto query = connection_.query(R"sql(
            delete from stored_file
            where id in (select id from stored_file where uses = 0 and touched_at < :since limit :limit)
            returning digest, owner, size)sql");
        query.bind(unused_since, limit);
        std::uint64_t count = 0;
        while (query.step()) {
            release_blob(query.digest(0), now);
            add_to_storage(query.integer(1), -query.integer(2));
            ++count;
        }
        return count;
    });
}

base::Result<std::vector<crypto::Digest>> Transaction::doom_unused_blobs(base::Timestamp unused_since,
                                                                         base::Timestamp now,
                                                                         unsigned limit) {
    return guarded([&] {
        auto query = connection_.query(R"sql(
            update blob set is_doomed = 1, touched_at = :now
            where id in (select id from blob where uses = 0 and touched_at < :since limit :limit)
            returning digest)sql");
        query.bind(now, unused_since, limit);
        std::vector<crypto::Digest> digests;
        while (query.step()) digests.push_back(query.digest(0));
        return digests;
    });
}

base::Result<void> Transaction::forget_blob(const crypto::Digest& digest) {
    return guarded([&] {
        connection_.query("delete from blob where digest = :digest and is_doomed = 1").bind(digest).run();
    });
}

base::Result<void> Transaction::set_quota(AccountId account, std::optional<std::uint64_t> bytes) {
    return guarded([&] {
        connection_
            .query(
                "insert into storage_use (account, quota) values (:account, :quota)"
                " on conflict (account) do update set quota = excluded.quota")
            .bind(account, bytes)
            .run();
    });
}

}  // namespace cript::store::sqlite
