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

base::Error no_such_upload() {
    return problem(ErrorKind::NotFound, "there is no such upload", kNoSuchUpload);
}

/// An upload of the caller's, also one that has become a file.
base::Result<store::UploadRow> find_any(store::Reader& reader, const account::Caller& caller,
                                        std::string_view id) {
    const auto no_such = no_such_upload();
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

base::Result<store::UploadRow> find(store::Reader& reader, const account::Caller& caller,
                                    std::string_view id) {
    auto upload = find_any(reader, caller, id);
    if (upload && upload->completed) return fail(no_such_upload());
    return upload;
}

/// Is it of these parts, as far as its tag tells?
base::Result<void> check_repeated(const store::StoredFileRow& file,
                                  const std::vector<FileStorage::Part>& parts) {
    const auto dash = file.etag.find('-');
    if (dash == std::string::npos) return {};  // it was there before, in one piece
    const bool has_tags =
        std::none_of(parts.begin(), parts.end(), [](const auto& part) { return part.etag.empty(); });
    crypto::Md5Hasher hasher;
    for (const auto& part : parts) hasher.add(base::from_hex(part.etag).value_or(base::Bytes{}));
    const bool is_same = file.etag.substr(dash + 1) == std::to_string(parts.size()) &&
                         (!has_tags || file.etag.substr(0, dash) == base::to_hex(hasher.finish()));
    if (is_same) return {};
    return fail(problem(ErrorKind::InvalidInput, "the upload was completed with other parts", kInvalidPart));
}

/// The file that an upload has become, as long as it is there.
base::Result<store::StoredFileRow> file_of(store::Reader& reader, const store::UploadRow& upload) {
    auto file = reader.find_file(upload.bucket, upload.key);
    CRIPT_CHECK(file);
    const bool is_it = *file && (*file)->owner == upload.owner && (*file)->digest == *upload.completed;
    if (!is_it) return fail(no_such_upload());
    return **file;
}

std::vector<FileStorage::Part> all_of(const std::vector<store::UploadPartRow>& stored) {
    std::vector<FileStorage::Part> parts;
    for (const auto& part : stored) parts.push_back({part.number, ""});
    return parts;
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

base::Result<void> check_part_number(unsigned number) {
    if (number >= 1 && number <= kMostParts) return {};
    return fail(problem(ErrorKind::InvalidInput,
                        fmt::format("the number of a part is from 1 to {}", kMostParts), kInvalidPart));
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

base::Result<std::unique_ptr<blob::Spool>> FileStorage::receive_part(const account::Caller& caller,
                                                                     std::string_view id, unsigned number,
                                                                     std::uint64_t size) {
    CRIPT_CHECK(check_part_number(number));
    auto room = read<StorageRooms::Allowance>(
        context_.store, [&](store::Reader& reader) -> base::Result<StorageRooms::Allowance> {
            CRIPT_CHECK(service::find(reader, caller, id));
            return allowance(reader, caller.account, false);
        });
    CRIPT_CHECK(room);
    return spool_within(std::move(*room), size);
}

base::Result<store::UploadPartRow> FileStorage::put_part(const account::Caller& caller, std::string_view id,
                                                         unsigned number, blob::Spool& spool) {
    const auto& digests = spool.finish();
    CRIPT_CHECK(check_part_number(number));
    CRIPT_CHECK(find_upload(caller, id));
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

base::Result<void> FileStorage::append_part(const store::UploadPartRow& part, blob::Spool& spool,
                                            const std::atomic<bool>& is_ending) {
    auto reader = blobs_.open(part.digest);
    CRIPT_CHECK(reader);
    std::vector<char> piece(kCopyPiece);
    std::uint64_t at = 0;
    while (at < part.size) {
        if (is_ending) return fail(ErrorKind::Unavailable, "the server is ending; complete the upload again");
        auto count = (*reader)->read(at, piece);
        CRIPT_CHECK(count);
        if (*count == 0) return fail(ErrorKind::Unavailable, "a stored part is shorter than it was");
        CRIPT_CHECK(spool.write({piece.data(), *count}));
        at += *count;
    }
    return {};
}

base::Result<std::shared_ptr<Completion>> FileStorage::complete(const account::Caller& caller,
                                                                std::string_view id,
                                                                const std::optional<std::vector<Part>>& parts,
                                                                const std::string& sha256) {
    struct Found {
        store::UploadRow upload;
        std::optional<store::StoredFileRow> file;
        std::vector<store::UploadPartRow> parts;
    };
    auto found = read<Found>(context_.store, [&](store::Reader& reader) -> base::Result<Found> {
        auto upload = find_any(reader, caller, id);
        CRIPT_CHECK(upload);
        if (upload->completed) {
            auto file = file_of(reader, *upload);
            CRIPT_CHECK(file);
            if (parts) CRIPT_CHECK(check_repeated(*file, *parts));
            return Found{*upload, *file, {}};
        }
        auto stored = reader.parts_of(upload->id);
        CRIPT_CHECK(stored);
        return Found{*upload, std::nullopt, std::move(*stored)};
    });
    CRIPT_CHECK(found);
    if (found->file) {
        CRIPT_CHECK(check_content(sha256, found->file->digest));
        return std::make_shared<Completion>(*found->file);
    }
    auto chosen = choose(found->parts, parts.value_or(all_of(found->parts)));
    CRIPT_CHECK(chosen);
    const auto wanted = etag_of(*chosen) + base::ascii_lower(sha256);
    return completions_.join(
        found->upload.uuid, found->upload.owner, wanted,
        [this, caller, sha256, upload = found->upload, chosen = *chosen](const std::atomic<bool>& is_ending) {
            return put_together(caller, upload, chosen, sha256, is_ending);
        });
}

Completion::Outcome FileStorage::put_together(const account::Caller& caller, const store::UploadRow& upload,
                                              const std::vector<store::UploadPartRow>& parts,
                                              const std::string& sha256, const std::atomic<bool>& is_ending) {
    // A request that came just before the end of another one, or went to another server, may find it done.
    const auto former = [&] {
        return read<std::optional<store::StoredFileRow>>(
            context_.store, [&](store::Reader& reader) -> base::Result<std::optional<store::StoredFileRow>> {
                auto now = find_any(reader, caller, upload.uuid.text());
                CRIPT_CHECK(now);
                if (!now->completed) return std::optional<store::StoredFileRow>{};
                auto file = file_of(reader, *now);
                CRIPT_CHECK(file);
                CRIPT_CHECK(check_content(sha256, file->digest));
                return std::optional(std::move(*file));
            });
    };
    auto done = former();
    CRIPT_CHECK(done);
    if (*done) return **done;
    std::uint64_t size = 0;
    for (const auto& part : parts) size += part.size;
    // The parts count for the account already, until the file does instead: only the disk is asked.
    auto spool = spool_within({.account = 0, .bytes = UINT64_MAX, .beyond = {}}, size);
    CRIPT_CHECK(spool);
    for (const auto& part : parts) CRIPT_CHECK(append_part(part, **spool, is_ending));
    CRIPT_CHECK(check_content(sha256, (*spool)->finish().sha256));
    CRIPT_CHECK(keep(**spool));
    store::StoredFileRow file;
    file.bucket = upload.bucket;
    file.key = upload.key;
    file.digest = (*spool)->finish().sha256;
    file.size = size;
    file.etag = etag_of(parts);
    file.media_type = upload.media_type;
    auto inserted = insert(caller, std::move(file), &upload);
    if (inserted || inserted.error().kind != ErrorKind::NotFound) return inserted;
    done = former();
    CRIPT_CHECK(done);
    if (*done) return **done;
    return inserted;
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
