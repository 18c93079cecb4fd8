#include "service/file_storage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "service/credential_state.hpp"
#include "service/node_policy.hpp"
#include "service/read_node.hpp"

namespace cript::service {

namespace {

using base::ErrorKind;
using base::fail;

/// File nodes that are looked at to find one that the caller may read. Newest first.
constexpr unsigned kMostNodes = 1'000;

/// How often a content that is just being removed is asked for again: removing a file takes no longer.
constexpr int kClaimAttempts = 200;
constexpr std::chrono::milliseconds kClaimPause{10};

/// A put that took no longer than this kept its claim.
constexpr std::chrono::minutes kPutFor{30};
using Clock = std::chrono::steady_clock;

base::Error problem(ErrorKind kind, std::string message, std::string_view code) {
    base::Error error{kind, std::move(message), {}};
    error.problems.push_back({"", error.message, std::string(code), ""});
    return error;
}

base::Error key_taken(std::string message) {
    return problem(ErrorKind::Conflict, std::move(message), kKeyTaken);
}

base::Error no_such_file() {
    return {ErrorKind::NotFound, "there is no file of that key", {}};
}

bool is_key(std::string_view key) {
    return !key.empty() && key.size() <= kLongestKey && base::is_utf8(key) &&
           std::none_of(key.begin(), key.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

}  // namespace

base::Result<void> FileStorage::check_address(const FileAddress& address) const {
    const auto& buckets = limits_.buckets;
    if (std::find(buckets.begin(), buckets.end(), address.bucket) == buckets.end())
        return fail(problem(ErrorKind::NotFound, "there is no bucket of that name", kNoSuchBucket));
    if (!is_key(address.key)) {
        return fail(problem(
            ErrorKind::InvalidInput,
            fmt::format("a key is 1 to {} bytes of text without control characters", kLongestKey), kBadKey));
    }
    return {};
}

base::Result<void> FileStorage::check_room(store::Reader& reader, store::AccountId account,
                                           std::uint64_t size) const {
    auto room = allowance(reader, account, false);
    CRIPT_CHECK(room);
    if (size <= room->bytes) return {};
    return fail(room->beyond);
}

base::Result<StorageRooms::Allowance> FileStorage::allowance(store::Reader& reader, store::AccountId account,
                                                             bool is_sent_again) const {
    auto use = reader.storage_use(account);
    CRIPT_CHECK(use);
    const auto quota = use->quota.value_or(limits_.quota);
    const auto left = quota - std::min(quota, use->used);
    auto beyond = problem(
        ErrorKind::TooLarge,
        fmt::format(
            "the files of this account may take {} bytes and take {} already, beside what is on its way",
            quota, use->used),
        kQuotaExceeded);
    return StorageRooms::Allowance{account, is_sent_again ? quota : left, std::move(beyond)};
}

base::Result<std::unique_ptr<blob::Spool>> FileStorage::spool_within(StorageRooms::Allowance allowance,
                                                                     std::uint64_t size) {
    auto spool = blobs_.begin();
    CRIPT_CHECK(spool);
    CRIPT_CHECK(rooms_.reserve(**spool, std::move(allowance), size));
    return spool;
}

base::Result<std::unique_ptr<blob::Spool>> FileStorage::receive(const account::Caller& caller,
                                                                const FileAddress& address,
                                                                std::uint64_t size) {
    CRIPT_CHECK(check_address(address));
    auto room = read<StorageRooms::Allowance>(
        context_.store, [&](store::Reader& reader) -> base::Result<StorageRooms::Allowance> {
            auto present = reader.find_file(address.bucket, address.key);
            CRIPT_CHECK(present);
            if (*present && (*present)->owner != caller.account)
                return fail(key_taken("a file of that key belongs to someone else"));
            return allowance(reader, caller.account, present->has_value());
        });
    CRIPT_CHECK(room);
    return spool_within(std::move(*room), size);
}

base::Result<void> FileStorage::check_condition() {
    if (!blobs_.is_available()) return fail(ErrorKind::Unavailable, "the store of the files does not answer");
    auto spool = blobs_.begin();
    CRIPT_CHECK(spool);
    return rooms_.check_disk(**spool);
}

base::Result<void> FileStorage::admit(const account::Caller& caller, const FileAddress& address,
                                      std::uint64_t size) {
    CRIPT_CHECK(check_address(address));
    return context_.store.read([&](store::Reader& reader) -> base::Result<void> {
        auto present = reader.find_file(address.bucket, address.key);
        CRIPT_CHECK(present);
        if (!*present) return check_room(reader, caller.account, size);
        if ((*present)->owner == caller.account) return {};  // the same content again, perhaps
        return fail(key_taken("a file of that key belongs to someone else"));
    });
}

base::Result<void> FileStorage::keep(blob::Spool& spool) {
    const auto& digests = spool.finish();
    for (int attempt = 0; attempt < kClaimAttempts; ++attempt) {
        const auto begun = Clock::now();
        auto claimed = write<bool>(context_.store, [&](store::Writer& writer) {
            return writer.claim_blob(digests.sha256, digests.size, context_.clock.now());
        });
        CRIPT_CHECK(claimed);
        if (!*claimed) {
            std::this_thread::sleep_for(kClaimPause);
            continue;
        }
        CRIPT_CHECK(blobs_.put(spool));
        // A put may take so long that its claim is over and the content was removed meanwhile.
        if (Clock::now() - begun < kPutFor) return {};
        attempt = 0;
    }
    return fail(ErrorKind::Unavailable, "an equal content is just being removed; try again in a moment");
}

base::Result<store::StoredFileRow> FileStorage::insert(const account::Caller& caller,
                                                       store::StoredFileRow file,
                                                       const store::UploadRow* upload) {
    return write<store::StoredFileRow>(
        context_.store, [&](store::Writer& writer) -> base::Result<store::StoredFileRow> {
            const auto now = context_.clock.now();
            if (upload != nullptr) {
                auto credential = find_live_credential(writer, caller.credential, caller.credential_id,
                                                       caller.account, now);
                CRIPT_CHECK(credential);
                if (!*credential)
                    return fail(ErrorKind::Unauthenticated, "the credential has ended that began the upload");
                auto ended = writer.complete_upload(*upload, file.digest, now);
                CRIPT_CHECK(ended);
                if (!*ended)
                    return fail(problem(ErrorKind::NotFound, "there is no such upload", kNoSuchUpload));
            }
            auto present = writer.find_file(file.bucket, file.key);
            CRIPT_CHECK(present);
            if (*present) {
                if ((*present)->owner != caller.account)
                    return fail(key_taken("a file of that key belongs to someone else"));
                if ((*present)->digest == file.digest) return **present;
                return fail(
                    key_taken("there is a file of that key, and its content is another: choose another key"));
            }
            CRIPT_CHECK(check_room(writer, caller.account, file.size));
            auto inserted = file;
            inserted.owner = caller.account;
            inserted.created_at = now;
            CRIPT_CHECK(writer.insert_file(inserted));
            return inserted;
        });
}

base::Result<store::StoredFileRow> FileStorage::put(const account::Caller& caller, const FileAddress& address,
                                                    std::string_view media_type, blob::Spool& spool) {
    const auto& digests = spool.finish();
    CRIPT_CHECK(check_content(address.sha256, digests.sha256));
    CRIPT_CHECK(admit(caller, address, digests.size));
    CRIPT_CHECK(keep(spool));
    store::StoredFileRow file;
    file.bucket = address.bucket;
    file.key = address.key;
    file.digest = digests.sha256;
    file.size = digests.size;
    file.etag = base::to_hex(digests.md5);
    file.media_type = media_type;
    return insert(caller, std::move(file), nullptr);
}

base::Result<store::StoredFileRow> FileStorage::find(const account::Caller& caller,
                                                     const FileAddress& address) {
    return read<store::StoredFileRow>(context_.store,
                                      [&](store::Reader& reader) -> base::Result<store::StoredFileRow> {
                                          auto found = reader.find_file(address.bucket, address.key);
                                          CRIPT_CHECK(found);
                                          if (!*found) return fail(no_such_file());
                                          auto may_read = may_read_file(reader, caller, **found);
                                          CRIPT_CHECK(may_read);
                                          if (!*may_read) return fail(no_such_file());
                                          return **found;
                                      });
}

base::Result<store::StoredFileRow> FileStorage::find_of_node(const account::Caller& caller,
                                                             const base::Uuid& uuid) {
    return read<store::StoredFileRow>(
        context_.store, [&](store::Reader& reader) -> base::Result<store::StoredFileRow> {
            auto point = read_visible(reader, caller, model::NodeType::File, uuid);
            CRIPT_CHECK(point);
            auto file = reader.file_of_node(point->node.id);
            CRIPT_CHECK(file);
            if (!*file) return fail(ErrorKind::NotFound, "the source of this File is not stored here");
            return **file;
        });
}

base::Result<store::StorageUse> FileStorage::use(const account::Caller& caller) {
    return read<store::StorageUse>(context_.store,
                                   [&](store::Reader& reader) -> base::Result<store::StorageUse> {
                                       auto use = reader.storage_use(caller.account);
                                       CRIPT_CHECK(use);
                                       if (!use->quota) use->quota = limits_.quota;
                                       return use;
                                   });
}

base::Result<void> check_content(const std::string& announced, const crypto::Digest& digest) {
    if (announced.empty() || base::ascii_lower(announced) == base::to_hex(digest)) return {};
    return fail(ErrorKind::InvalidInput,
                "the content that arrived is not the one that was announced: its SHA-256 differs");
}

base::Result<bool> may_read_file(store::Reader& reader, const account::Caller& caller,
                                 const store::StoredFileRow& file) {
    if (file.owner == caller.account) return true;
    auto ids = reader.nodes_with_file(file.id, kMostNodes);
    CRIPT_CHECK(ids);
    auto nodes = reader.nodes_with_ids(*ids);
    CRIPT_CHECK(nodes);
    std::vector<store::NodeId> projects;
    for (const auto& node : *nodes) {
        if (node.project) projects.push_back(*node.project);
    }
    auto access = reader.project_access(caller.account, projects);
    CRIPT_CHECK(access);
    return std::any_of(nodes->begin(), nodes->end(), [&](const store::NodeRow& node) {
        return account::decide(caller, account::Action::Read, policy_target(caller, node, *access)) ==
               account::Verdict::Allowed;
    });
}

std::string new_key(std::string_view name) {
    std::string safe;
    for (const char c : name) {
        const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              c == '.' || c == '-' || c == '_';
        safe.push_back(is_plain ? c : '_');
    }
    safe.resize(std::min<std::size_t>(safe.size(), 200));
    const auto dot = safe.rfind('.');
    const bool has_extension = dot != std::string::npos && dot > 0;
    const auto stem = has_extension ? safe.substr(0, dot) : safe;
    const auto extension = has_extension ? safe.substr(dot) : "";
    return fmt::format("uploads/{}_{}{}", stem.empty() ? "file" : stem, base::Uuid::random().text(),
                       extension);
}

}  // namespace cript::service
