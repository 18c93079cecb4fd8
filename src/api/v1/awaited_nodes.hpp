#pragma once

#include <cstdint>
#include <mutex>
#include <span>
#include <unordered_map>
#include <unordered_set>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "store/types.hpp"

namespace cript::api::v1 {

/// The unknown nodes that a caller was told of lately, all at once. SDK 2.4.0 sends them next, one by one,
/// each without its `uuid`. Its label mostly holds the uuid, but not if the node was loaded from a file: then
/// the label must not be taken for it. Safe to use from any thread; what is forgotten costs requests, no
/// data.
class AwaitedNodes {
  public:
    enum class Finding : std::uint8_t {
        NothingAwaited,  ///< of this caller: any label will do
        Awaited,
        SomethingElse,  ///< other nodes are awaited: the label is not the uuid
    };

    void add(store::AccountId account, std::span<const base::Uuid> uuids, base::Timestamp now);
    [[nodiscard]] Finding find(store::AccountId account, const base::Uuid& uuid, base::Timestamp now);
    void arrived(store::AccountId account, const base::Uuid& uuid);

  private:
    struct List {
        std::unordered_set<base::Uuid, base::UuidHash> uuids;
        base::Timestamp last_added;
    };

    std::mutex mutex_;
    std::unordered_map<store::AccountId, List> lists_;
};

}  // namespace cript::api::v1
