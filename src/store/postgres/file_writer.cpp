#include "store/postgres/transaction.hpp"

namespace cript::store::postgres {

void Transaction::use_blob(const crypto::Digest& digest) {
    connection_.run("update blob set uses = uses + 1 where digest = $1", Parameters(digest));
}

void Transaction::release_blob(const crypto::Digest& digest, base::Timestamp now) {
    connection_.run("update blob set uses = uses - 1, touched_at = $1 where digest = $2",
                    Parameters(now, digest));
}

void Transaction::add_to_storage(AccountId account, std::int64_t bytes) {
    connection_.run(
        "insert into storage_use (account, used) values ($1, $2)"
        " on conflict (account) do update set used = storage_use.used + excluded.used",
        Parameters(account, bytes));
}

base::Result<bool> Transaction::claim_blob(const crypto::Digest& digest, std::uint64_t size,
                                           base::Timestamp now) {
    return guarded([&] {
        auto rows = connection_.query(
            "insert into blob (digest, size, touched_at) values ($1, $2, $3)"
            " on conflict (digest) do update set touched_at = excluded.touched_at where not blob.is_doomed",
            Parameters(digest, size, now));
        return rows.changes() > 0;
    });
}

base::Result<void> Transaction::insert_file(StoredFileRow& file) {
    auto inserted = guarded([&] {
        auto rows =
            connection_.query_or_undo(R"sql(
                insert into stored_file (bucket, key, owner, digest, size, etag, media_type, created_at, touched_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
                returning id)sql",
                                      Parameters(file.bucket, file.key, file.owner, file.digest, file.size,
                                                 file.etag, file.media_type, file.created_at));
        rows.step();
        file.id = rows.integer(0);
        use_blob(file.digest);
        add_to_storage(file.owner, static_cast<std::int64_t>(file.size));
        auto waiting = connection_.query(R"sql(
                update file_source set file = $1
                where key = $2 and file is null
                    and (select updated_by from node where id = file_source.node) = $3)sql",
                                         Parameters(file.id, file.key, file.owner));
        connection_.run("update stored_file set uses = $1 where id = $2",
                        Parameters(waiting.changes(), file.id));
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
        connection_.run("insert into file_source (node, key, file) values ($1, $2, $3)",
                        Parameters(node, key, file));
        if (!file) return;
        connection_.run("update stored_file set uses = uses + 1 where id = $1", Parameters(*file));
    });
}

base::Result<void> Transaction::drop_file_sources(std::span<const NodeId> nodes, base::Timestamp now) {
    return guarded([&] {
        for (const auto node : nodes) {
            connection_.run(R"sql(
                    update stored_file set uses = uses - 1, touched_at = $1
                    where id = (select file from file_source where node = $2))sql",
                            Parameters(now, node));
            connection_.run("delete from file_source where node = $1", Parameters(node));
        }
    });
}

base::Result<void> Transaction::insert_upload(UploadRow& upload) {
    return guarded([&] {
        auto rows = connection_.query(
            R"sql(
                insert into upload (uuid, bucket, key, owner, credential, credential_id, media_type, created_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8)
                returning id)sql",
            Parameters(upload.uuid, upload.bucket, upload.key, upload.owner, upload.credential,
                       upload.credential_id, upload.media_type, upload.created_at));
        rows.step();
        upload.id = rows.integer(0);
    });
}

base::Result<void> Transaction::put_part(const UploadRow& upload, const UploadPartRow& part,
                                         base::Timestamp now) {
    return guarded([&] {
        auto former = connection_.query(
            "delete from upload_part where upload = $1 and number = $2 returning digest, size",
            Parameters(upload.id, part.number));
        if (former.step()) {
            release_blob(former.digest(0), now);
            add_to_storage(upload.owner, -former.integer(1));
        }
        connection_.run(
            "insert into upload_part (upload, number, digest, size, md5)"
            " values ($1, $2, $3, $4, $5)",
            Parameters(upload.id, part.number, part.digest, part.size, part.md5));
        use_blob(part.digest);
        add_to_storage(upload.owner, static_cast<std::int64_t>(part.size));
    });
}

void Transaction::release_parts(const UploadRow& upload, base::Timestamp now) {
    auto parts = connection_.query("delete from upload_part where upload = $1 returning digest, size",
                                   Parameters(upload.id));
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
        auto completed =
            connection_.query("update upload set completed = $1 where id = $2 and completed is null",
                              Parameters(content, upload.id));
        if (completed.changes() == 0) return false;
        release_parts(upload, now);
        return true;
    });
}

base::Result<bool> Transaction::delete_upload(const UploadRow& upload, base::Timestamp now) {
    return guarded([&] {
        auto deleted = connection_.query("delete from upload where id = $1", Parameters(upload.id));
        if (deleted.changes() == 0) return false;
        release_parts(upload, now);
        return true;
    });
}

base::Result<void> Transaction::mark_blob_place(const crypto::Digest& mark) {
    return guarded([&] {
        connection_.run(
            "insert into blob_place (mark) select $1::bytea where not exists (select 1 from blob_place)",
            Parameters(mark));
    });
}

base::Result<void> Transaction::forget_blob_place() {
    return guarded([&] { connection_.run("delete from blob_place"); });
}

base::Result<std::vector<UploadRow>> Transaction::uploads_before(base::Timestamp created, unsigned limit) {
    return guarded([&] {
        auto query =
            connection_.query("select * from upload where created_at < $1 order by created_at limit $2",
                              Parameters(created, limit));
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
            where id in (select id from stored_file where uses = 0 and touched_at < $1 limit $2)
            returning digest, owner, size)sql",
                                       Parameters(unused_since, limit));
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
            update blob set is_doomed = true, touched_at = $3
            where id in (select id from blob where uses = 0 and touched_at < $1 limit $2)
            returning digest)sql",
                                       Parameters(unused_since, limit, now));
        std::vector<crypto::Digest> digests;
        while (query.step()) digests.push_back(query.digest(0));
        return digests;
    });
}

base::Result<void> Transaction::forget_blob(const crypto::Digest& digest) {
    return guarded(
        [&] { connection_.run("delete from blob where digest = $1 and is_doomed", Parameters(digest)); });
}

base::Result<void> Transaction::set_quota(AccountId account, std::optional<std::uint64_t> bytes) {
    return guarded([&] {
        connection_.run(
            "insert into storage_use (account, quota) values ($1, $2)"
            " on conflict (account) do update set quota = excluded.quota",
            Parameters(account, bytes));
    });
}

}  // namespace cript::store::postgres
