#include "server/instance.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "server/blob_place.hpp"
#include "server/version.hpp"

namespace cript::server {

namespace {

using base::ErrorKind;
using base::fail;

/// What stands against making a new ring, as another one may have sealed something here; empty if nothing
/// does.
base::Result<std::string> earlier_ring(store::Store& store) {
    return service::read<std::string>(
        store, [is_shared = store.is_remote()](store::Reader& reader) -> base::Result<std::string> {
            auto count = reader.count_accounts();
            CRIPT_CHECK(count);
            if (*count > 0) return "has accounts";
            // Another server may be about to seal something.
            if (!is_shared) return "";
            auto known = reader.key_check_value(1);
            CRIPT_CHECK(known);
            return *known ? "knows another one" : "";
        });
}

struct OpenedRing {
    crypto::KeyRing keys;
    bool is_new;
};

/// The ring of this database: loaded, or made while there is nothing yet that another ring could have sealed.
base::Result<OpenedRing> open_key_ring(const Options& options, store::Store& store, base::Timestamp now) {
    auto keys = crypto::KeyRing::load(options.key_ring_file());
    if (keys) return OpenedRing{std::move(*keys), false};
    if (keys.error().kind != ErrorKind::NotFound) return fail(keys.error());
    auto sign = earlier_ring(store);
    CRIPT_CHECK(sign);
    if (!sign->empty()) {
        return fail(
            ErrorKind::NotFound,
            fmt::format("the key ring {} is missing, and the database {}: put the file back from your "
                        "backup, or copy it from another server of this database (without it no token can be "
                        "shown or checked)",
                        options.key_ring_file().string(), *sign));
    }
    auto made = crypto::KeyRing::create(options.key_ring_file(), now);
    CRIPT_CHECK(made);
    return OpenedRing{std::move(*made), true};
}

}  // namespace

base::Result<void> check_key_ring(const crypto::KeyRing& keys, store::Store& store) {
    return store.write([&](store::Writer& writer) -> base::Result<void> {
        auto count = writer.count_accounts();
        CRIPT_CHECK(count);
        for (const auto& version : keys.versions()) {
            const auto expected = crypto::KeyRing::check_value(version);
            auto known = writer.key_check_value(version.version);
            CRIPT_CHECK(known);
            if (*known && crypto::equal_in_constant_time(**known, expected)) continue;
            if (*known && (*count > 0 || store.is_remote())) {
                return fail(ErrorKind::Conflict,
                            fmt::format("the key ring is not the one of this database (version {} differs)",
                                        version.version));
            }
            if (*count > 0 && version.version == 1) {
                return fail(ErrorKind::Conflict, "the database does not know this key ring");
            }
            CRIPT_CHECK(writer.set_key_check_value(version.version, expected));
        }
        return {};
    });
}

namespace {

service::StorageLimits storage_limits(const Options& options) {
    service::StorageLimits limits;
    if (!options.storage_buckets.empty()) limits.buckets = options.storage_buckets;
    limits.quota = std::uint64_t{options.storage_quota} << 30U;
    if (options.storage_floor > 0) limits.disk_floor = std::uint64_t{options.storage_floor} << 20U;
    return limits;
}

}  // namespace

base::Result<std::unique_ptr<Instance>> Instance::open(const Options& options) {
    auto locks = lock_folders(options, {options.store()});
    CRIPT_CHECK(locks);
    auto store = store::open(options.store(), options.server_limits());
    CRIPT_CHECK(store);
    auto ring = open_key_ring(options, **store, base::SystemClock{}.now());
    CRIPT_CHECK(ring);
    if (auto checked = check_key_ring(ring->keys, **store); !checked) {
        // Another server was faster to give this database a ring: ours has sealed nothing, and would only be
        // in the way.
        std::error_code error;
        if (ring->is_new && checked.error().kind == ErrorKind::Conflict)
            std::filesystem::remove(options.key_ring_file(), error);
        return fail(checked.error());
    }
    // The constructor is private, so that an instance is always whole.
    service::RevokedDigests revoked(service::RevokedDigests::file_beside(options.key_ring_file()));
    auto instance = std::unique_ptr<Instance>(
        new Instance(std::move(*locks), std::move(*store), std::move(ring->keys), std::move(revoked)));
    auto blobs = blob::open(options.blob(), options.s3_settings());
    CRIPT_CHECK(blobs);
    if (instance->store_->is_remote()) CRIPT_CHECK(check_blob_place(*instance->store_, options.blob()));
    instance->blobs_ = std::move(*blobs);
    instance->application_ = std::make_unique<api::Application>(
        service::Context{*instance->store_, instance->keys_, instance->clock_, &instance->revoked_},
        *instance->blobs_, storage_limits(options));
    instance->application_->version = kVersion;
    instance->application_->public_url = options.public_url;
    instance->application_->hosts = options.hosts;
    instance->application_->trusted_proxies = options.trusted_proxies;
    return instance;
}

}  // namespace cript::server
