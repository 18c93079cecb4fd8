#pragma once

#include <mutex>
#include <optional>
#include <unordered_map>

#include "blob/spool.hpp"
#include "store/types.hpp"

namespace cript::service {

/// Room for contents on their way, of the quotas of accounts and of the disk: they are in no row yet. Counted
/// by each process for its own uploads. For any thread; it outlives the spools.
class StorageRooms {
  public:
    /// `floor`: bytes of the disk that uploads leave free; by default a twentieth, but no more than 512 MiB.
    explicit StorageRooms(std::optional<std::uint64_t> floor) : floor_(floor) {}

    /// What an account may still add to what it keeps, and what is told of more.
    struct Allowance {
        store::AccountId account = 0;
        std::uint64_t bytes = 0;
        base::Error beyond{};
    };
    /// Keeps room for `size` bytes until the spool ends. What is written beyond needs more of it, as it
    /// comes. Errors: `beyond`; Unavailable with code blob::kDiskFull.
    [[nodiscard]] base::Result<void> reserve(blob::Spool& spool, Allowance allowance, std::uint64_t size);
    /// Errors: Unavailable with code blob::kDiskFull.
    [[nodiscard]] base::Result<void> check_disk(const blob::Spool& spool) const;

  private:
    class Room;

    [[nodiscard]] std::uint64_t floor_of(const blob::DiskSpace& disk) const;

    const std::optional<std::uint64_t> floor_;
    mutable std::mutex mutex_;
    std::unordered_map<store::AccountId, std::uint64_t> reserved_;
    std::uint64_t expected_ = 0;  ///< bytes that are reserved and not written yet
};

}  // namespace cript::service
