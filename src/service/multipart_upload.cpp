#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "service/file_storage.hpp"

namespace cript::service {

namespace {

using base::ErrorKind;
using base::fail;

/// Of S3: numbers of parts go from 1 to this.
constexpr unsigned kMostParts = 10'000;
constexpr std::size_t kCopyPiece = std::size_t{256} << 10U;

base::Error problem(ErrorKind kind, std::string message, std::string_view code) {
    base::Error error{kind, std::move(message), {}};
    error.problems.push_back({"", error.message, std::string(code), ""});
    return error;
}

base::Result<store::UploadRow> find(store::Reader& reader, const account::Caller& caller,
                                    std::string_view id) {
    const auto no_such = problem(ErrorKind::NotFound, "there is no such upload", kNoSuchUpload);
    const auto uuid = base::Uuid::parse(id);
    if (!uuid) return fail(no_such);
    auto found = reader.find_upload(*uuid);
    CRIPT_CHECK(found);
    const bool is_callers = *found && (*found)->owner == caller.account &&
                            (*found)->credential == caller.credential &&
                            (*found)->credential_id == caller.credential_id;
    if (!is_callers) return fail(no_such);
    return **found;
}

/// The stored parts that the list names.
base::Result<std::vector<store::UploadPartRow>> choose(const std::vector<store::UploadPartRow>& stored,
                                                       const std::vector<FileStorage::Part>& wanted) {
    if (wanted.empty())
        return fail(problem(ErrorKind::InvalidInput, "a file needs at least one part", kInvalidPart));
    std::vector<store::UploadPartRow> chosen;
    unsigned last = 0;
    for (const auto& part : wanted) {
        if (part.number <= last)
            return fail(problem(ErrorKind::InvalidInput, "the numbers of the parts must ascend", kPartOrder));
        last = part.number;
        const auto found = std::lower_bound(
            stored.begin(), stored.end(), part.number,
            [](const store::UploadPartRow& row, unsigned number) { return row.number < number; });
        if (found == stored.end() || found->number != part.number) {
            return fail(problem(ErrorKind::InvalidInput, fmt::format("part {} was not uploaded", part.number),
                                kInvalidPart));
        }
        if (!part.etag.empty() && part.etag != base::to_hex(found->md5)) {
            return fail(problem(ErrorKind::InvalidInput,
                                fmt::format("part {} has another ETag than that", part.number),
                                kInvalidPart));
        }
        chosen.push_back(*found);
    }
    return chosen;
}

/// The entity tag that S3 gives a file in parts: the MD5 of their MD5s, and how many there are.
std::string etag_of(const std::vector<store::UploadPartRow>& parts) {
    crypto::Md5Hasher hasher;
    for (const auto& part : parts) hasher.add(part.md5);
    return fmt::format("{}-{}", base::to_hex(hasher.finish()), parts.size());
}

}  // namespace

base::Result<store::UploadRow> FileStorage::begin_upload(const account::Caller& caller,
                                                         const FileAddress& address,
                                                         std::string_view media_type) {
    CRIPT_CHECK(admit(caller, address, 0));
    store::UploadRow upload;
    upload.uuid = base::Uuid::random();
    upload.bucket = address.bucket;
    upload.key = address.key;
    upload.owner = caller.account;
    upload.credential = caller.credential;
    upload.credential_id = caller.credential_id;
    upload.media_type = media_type;
    upload.created_at = context_.clock.now();
    CRIPT_CHECK(context_.store.write([&](store::Writer& writer) { return writer.insert_upload(upload); }));
    return upload;
}

base::Result<store::UploadRow> FileStorage::find_upload(const account::Caller& caller, std::string_view id) {
    return read<store::UploadRow>(context_.store,
                                  [&](store::Reader& reader) { return service::find(reader, caller, id); });
}

base::Result<void> FileStorage::admit_part(const account::Caller& caller, std::string_view id,
                                           unsigned number, std::uint64_t size) {
    if (number < 1 || number > kMostParts) {
        return fail(problem(ErrorKind::InvalidInput,
                            fmt::format("the number of a part is from 1 to {}", kMostParts), kInvalidPart));
    }
    return context_.store.read([&](store::Reader& reader) -> base::Result<void> {
        CRIPT_CHECK(service::find(reader, caller, id));
        return check_room(reader, caller.account, size);
    });
}

base::Result<store::UploadPartRow> FileStorage::put_part(const account::Caller& caller, std::string_view id,
                                                         unsigned number, blob::Spool& spool) {
    const auto& digests = spool.finish();
    CRIPT_CHECK(admit_part(caller, id, number, digests.size));
    CRIPT_CHECK(keep(spool));
    const store::UploadPartRow part{number, digests.sha256, digests.size, digests.md5};
    CRIPT_CHECK(context_.store.write([&](store::Writer& writer) -> base::Result<void> {
        auto upload = service::find(writer, caller, id);
        CRIPT_CHECK(upload);
        CRIPT_CHECK(check_room(writer, caller.account, digests.size));
        return writer.put_part(*upload, part, context_.clock.now());
    }));
    return part;
}

base::Result<std::vector<store::UploadPartRow>> FileStorage::parts(const account::Caller& caller,
                                                                   std::string_view id) {
    return read<std::vector<store::UploadPartRow>>(
        context_.store, [&](store::Reader& reader) -> base::Result<std::vector<store::UploadPartRow>> {
            auto upload = service::find(reader, caller, id);
            CRIPT_CHECK(upload);
            return reader.parts_of(upload->id);
        });
}

base::Result<void> FileStorage::append_part(const store::UploadPartRow& part, blob::Spool& spool) {
    auto reader = blobs_.open(part.digest);
    CRIPT_CHECK(reader);
    std::vector<char> piece(kCopyPiece);
    std::uint64_t at = 0;
    while (at < part.size) {
        auto count = (*reader)->read(at, piece);
        CRIPT_CHECK(count);
        if (*count == 0) return fail(ErrorKind::Unavailable, "a stored part is shorter than it was");
        CRIPT_CHECK(spool.write({piece.data(), *count}));
        at += *count;
    }
    return {};
}

base::Result<store::StoredFileRow> FileStorage::complete(const account::Caller& caller, std::string_view id,
                                                         const std::vector<Part>& parts,
                                                         const std::string& sha256) {
    auto upload = find_upload(caller, id);
    CRIPT_CHECK(upload);
    auto stored = this->parts(caller, id);
    CRIPT_CHECK(stored);
    auto chosen = choose(*stored, parts);
    CRIPT_CHECK(chosen);
    auto spool = begin();
    CRIPT_CHECK(spool);
    for (const auto& part : *chosen) CRIPT_CHECK(append_part(part, **spool));
    const auto& digests = (*spool)->finish();
    CRIPT_CHECK(check_content(sha256, digests.sha256));
    CRIPT_CHECK(keep(**spool));
    store::StoredFileRow file;
    file.bucket = upload->bucket;
    file.key = upload->key;
    file.digest = digests.sha256;
    file.size = digests.size;
    file.etag = etag_of(*chosen);
    file.media_type = upload->media_type;
    return insert(caller, std::move(file), &*upload);
}

base::Result<void> FileStorage::abort(const account::Caller& caller, std::string_view id) {
    return context_.store.write([&](store::Writer& writer) -> base::Result<void> {
        auto upload = service::find(writer, caller, id);
        CRIPT_CHECK(upload);
        CRIPT_CHECK(writer.delete_upload(*upload, context_.clock.now()));
        return {};
    });
}

}  // namespace cript::service
