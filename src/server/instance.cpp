#include "server/instance.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/log.hpp"
#include "server/version.hpp"

namespace cript::server {

namespace {

using base::ErrorKind;
using base::fail;

base::Result<std::uint64_t> count_accounts(store::Store& store) {
    return service::read<std::uint64_t>(store, [](store::Reader& reader) { return reader.count_accounts(); });
}

/// The ring of this database: loaded, or made while there is nothing yet that another ring could have sealed.
base::Result<crypto::KeyRing> open_key_ring(const Options& options, store::Store& store,
                                            base::Timestamp now) {
    auto keys = crypto::KeyRing::load(options.key_ring_file());
    if (keys || keys.error().kind != ErrorKind::NotFound) return keys;
    auto count = count_accounts(store);
    CRIPT_CHECK(count);
    if (*count > 0) {
        return fail(
            ErrorKind::NotFound,
            fmt::format(
                "the key ring {} is missing, and the database has accounts: put the file back from your "
                "backup (without it no token can be shown or checked)",
                options.key_ring_file().string()));
    }
    return crypto::KeyRing::create(options.key_ring_file(), now);
}

/// The database remembers each version of its ring: a ring of another installation is noticed before it does
/// harm. While there are no accounts nothing is sealed yet, and any ring will do.
base::Result<void> check_key_ring(const crypto::KeyRing& keys, store::Store& store) {
    return store.write([&](store::Writer& writer) -> base::Result<void> {
        auto count = writer.count_accounts();
        CRIPT_CHECK(count);
        for (const auto& version : keys.versions()) {
            const auto expected = crypto::KeyRing::check_value(version);
            auto known = writer.key_check_value(version.version);
            CRIPT_CHECK(known);
            if (*known && crypto::equal_in_constant_time(**known, expected)) continue;
            if (*count > 0 && *known) {
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

}  // namespace

base::Result<FolderLock> FolderLock::take(const Options& options) {
    std::error_code error;
    if (std::filesystem::create_directories(options.data, error)) {
        std::filesystem::permissions(options.data, std::filesystem::perms::owner_all, error);
    }
    const int descriptor = ::open(options.lock_file().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return fail(ErrorKind::Unavailable, fmt::format("cannot use the data folder {}: {}",
                                                        options.data.string(), std::strerror(errno)));
    }
    FolderLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return fail(ErrorKind::Conflict,
                    fmt::format("another criptd is using the data folder {}", options.data.string()));
    }
    return lock;
}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

FolderLock::FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

base::Result<std::unique_ptr<Instance>> Instance::open(const Options& options) {
    auto lock = FolderLock::take(options);
    CRIPT_CHECK(lock);
    auto store = store::open_sqlite(options.database_file());
    CRIPT_CHECK(store);
    auto keys = open_key_ring(options, **store, base::SystemClock{}.now());
    CRIPT_CHECK(keys);
    CRIPT_CHECK(check_key_ring(*keys, **store));
    // The constructor is private, so that an instance is always whole.
    auto instance =
        std::unique_ptr<Instance>(new Instance(std::move(*lock), std::move(*store), std::move(*keys)));
    instance->application_ = std::make_unique<api::Application>(
        service::Context{*instance->store_, instance->keys_, instance->clock_});
    instance->application_->version = kVersion;
    instance->application_->trusted_proxies = options.trusted_proxies;
    return instance;
}

}  // namespace cript::server
