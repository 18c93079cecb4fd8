#pragma once

#include "base/time.hpp"
#include "crypto/key_ring.hpp"
#include "store/store.hpp"

namespace cript::service {

/// What every use case stands on. Made once, in src/server; outlives them all.
struct Context {
    store::Store& store;
    const crypto::KeyRing& keys;
    const base::Clock& clock;
};

/// Where a request comes from, for limits and the audit log.
struct Origin {
    std::string address;
    std::string client;  ///< the User-Agent, at most account::kLongestClientText bytes
};

/// Runs `work` on a view of the store and hands on what it makes.
template <class Value, class Work>
[[nodiscard]] base::Result<Value> read(store::Store& store, Work work) {
    base::Result<Value> made = base::fail(base::ErrorKind::Internal, "nothing was read");
    auto done = store.read([&](store::Reader& reader) -> base::Result<void> {
        made = work(reader);
        if (!made) return base::fail(made.error());
        return {};
    });
    if (!done) return base::fail(std::move(done).error());
    return made;
}

/// The same for what must be known at once: see store::Store::read_promptly.
template <class Value, class Work>
[[nodiscard]] base::Result<Value> read_promptly(store::Store& store, Work work) {
    base::Result<Value> made = base::fail(base::ErrorKind::Internal, "nothing was read");
    auto done = store.read_promptly([&](store::Reader& reader) -> base::Result<void> {
        made = work(reader);
        if (!made) return base::fail(made.error());
        return {};
    });
    if (!done) return base::fail(std::move(done).error());
    return made;
}

/// The same in a transaction: the value counts only if it was committed.
template <class Value, class Work>
[[nodiscard]] base::Result<Value> write(store::Store& store, Work work) {
    base::Result<Value> made = base::fail(base::ErrorKind::Internal, "nothing was written");
    auto done = store.write([&](store::Writer& writer) -> base::Result<void> {
        made = work(writer);
        if (!made) return base::fail(made.error());
        return {};
    });
    if (!done) return base::fail(std::move(done).error());
    return made;
}

}  // namespace cript::service
