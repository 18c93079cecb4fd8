#include "service/awaited_nodes.hpp"

#include <chrono>

namespace cript::service {

namespace {

base::Timestamp ten_minutes_before(base::Timestamp now) {
    return {now.microseconds - std::chrono::microseconds(std::chrono::minutes(10)).count()};
}

}  // namespace

base::Result<void> await_nodes(Context& context, const account::Caller& caller,
                               std::span<const base::Uuid> uuids) {
    const auto now = context.clock.now();
    return context.store.write([&](store::Writer& writer) {
        return writer.await_nodes(caller.account, uuids, now, ten_minutes_before(now));
    });
}

base::Result<store::Awaiting> awaiting(Context& context, const account::Caller& caller,
                                       const base::Uuid& uuid) {
    return read<store::Awaiting>(context.store, [&](store::Reader& reader) {
        return reader.awaiting(caller.account, uuid, ten_minutes_before(context.clock.now()));
    });
}

base::Result<void> node_arrived(Context& context, const account::Caller& caller, const base::Uuid& uuid) {
    const auto found = awaiting(context, caller, uuid);
    CRIPT_CHECK(found);
    if (*found != store::Awaiting::ThisNode) return {};
    return context.store.write(
        [&](store::Writer& writer) { return writer.node_arrived(caller.account, uuid); });
}

}  // namespace cript::service
