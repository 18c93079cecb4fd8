#pragma once

#include <cstdint>
#include <span>

#include "base/result.hpp"
#include "store/types.hpp"

namespace cript::store {

/// Of the unknown nodes that an account was told of.
enum class Awaiting : std::uint8_t {
    Nothing,    ///< none is awaited
    ThisNode,   ///< this one is
    OtherNodes  ///< only others are
};

/// Questions about the unknown nodes that accounts were told of lately, and will save next. They are stored,
/// so that every server of the database knows them.
class AwaitedReader {
  public:
    virtual ~AwaitedReader() = default;

    /// What was told before `since` is forgotten.
    [[nodiscard]] virtual base::Result<Awaiting> awaiting(AccountId account, const base::Uuid& uuid,
                                                          base::Timestamp since) = 0;
};

/// An account that was told of more is told anew: it saves none of them.
inline constexpr std::int64_t kMostAwaited = 20'000;

/// Changes to them.
class AwaitedWriter {
  public:
    virtual ~AwaitedWriter() = default;

    /// Adds to what the account was told of since `since`, and starts the time of all of it anew. What is
    /// older is deleted, of every account.
    [[nodiscard]] virtual base::Result<void> await_nodes(AccountId account, std::span<const base::Uuid> uuids,
                                                         base::Timestamp now, base::Timestamp since) = 0;
    [[nodiscard]] virtual base::Result<void> node_arrived(AccountId account, const base::Uuid& uuid) = 0;
};

}  // namespace cript::store
