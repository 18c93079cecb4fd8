#include "service/storage_rooms.hpp"

#include <algorithm>

namespace cript::service {

namespace {

constexpr std::uint64_t kHighestFloor = std::uint64_t{512} << 20U;

/// Are there `bytes` left of `all` when `taken` are gone?
bool has_left(std::uint64_t all, std::uint64_t taken, std::uint64_t bytes) {
    return taken <= all && bytes <= all - taken;
}

}  // namespace

/// What one spool takes.
class StorageRooms::Room final : public blob::SpoolRoom {
  public:
    Room(StorageRooms& rooms, const blob::Spool& spool, Allowance allowance)
        : rooms_(rooms), spool_(spool), allowance_(std::move(allowance)) {}

    ~Room() override {
        const std::lock_guard lock(rooms_.mutex_);
        rooms_.expected_ -= reserved_ - written_;
        const auto known = rooms_.reserved_.find(allowance_.account);
        if (known != rooms_.reserved_.end() && (known->second -= reserved_) == 0)
            rooms_.reserved_.erase(known);
    }

    base::Result<void> grow(std::uint64_t bytes) {
        auto disk = spool_.disk_space();
        CRIPT_CHECK(disk);
        const std::lock_guard lock(rooms_.mutex_);
        auto& of_account = rooms_.reserved_[allowance_.account];
        if (!has_left(allowance_.bytes, of_account, bytes)) return base::fail(allowance_.beyond);
        if (!has_left(disk->free, rooms_.floor_of(*disk) + rooms_.expected_, bytes))
            return base::fail(blob::disk_full());
        of_account += bytes;
        reserved_ += bytes;
        rooms_.expected_ += bytes;
        return {};
    }

    base::Result<void> take(std::uint64_t bytes) override {
        if (written_ + bytes > reserved_) CRIPT_CHECK(grow(written_ + bytes - reserved_));
        const std::lock_guard lock(rooms_.mutex_);
        written_ += bytes;
        rooms_.expected_ -= bytes;
        return {};
    }

  private:
    StorageRooms& rooms_;
    const blob::Spool& spool_;
    const Allowance allowance_;
    std::uint64_t reserved_ = 0;
    std::uint64_t written_ = 0;
};

base::Result<void> StorageRooms::reserve(blob::Spool& spool, Allowance allowance, std::uint64_t size) {
    auto room = std::make_unique<Room>(*this, spool, std::move(allowance));
    CRIPT_CHECK(room->grow(size));
    spool.keep_within(std::move(room));
    return {};
}

base::Result<void> StorageRooms::check_disk(const blob::Spool& spool) const {
    auto disk = spool.disk_space();
    CRIPT_CHECK(disk);
    if (disk->free >= floor_of(*disk)) return {};
    return base::fail(blob::disk_full());
}

std::uint64_t StorageRooms::floor_of(const blob::DiskSpace& disk) const {
    return floor_.value_or(std::min(kHighestFloor, disk.size / 20));
}

}  // namespace cript::service
