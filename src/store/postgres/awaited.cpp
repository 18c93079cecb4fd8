// The part of the transaction that knows which nodes are awaited.
#include "store/postgres/transaction.hpp"

namespace cript::store::postgres {

base::Result<Awaiting> Transaction::awaiting(AccountId account, const base::Uuid& uuid,
                                             base::Timestamp since) {
    return guarded([&] {
        auto rows = connection_.query(
            "select exists (select 1 from awaited_node where account = $1 and uuid = $2 and awaited_at >= "
            "$3),"
            " exists (select 1 from awaited_node where account = $1 and awaited_at >= $3)",
            Parameters(account, uuid, since));
        if (!rows.step() || !rows.flag(1)) return Awaiting::Nothing;
        return rows.flag(0) ? Awaiting::ThisNode : Awaiting::OtherNodes;
    });
}

base::Result<void> Transaction::await_nodes(AccountId account, std::span<const base::Uuid> uuids,
                                            base::Timestamp now, base::Timestamp since) {
    return guarded([&] {
        connection_.run(
            "delete from awaited_node where awaited_at < $1 or (account = $2"
            " and (select count(*) from awaited_node where account = $2) > $3)",
            Parameters(since, account, kMostAwaited));
        connection_.run("update awaited_node set awaited_at = $2 where account = $1",
                        Parameters(account, now));
        connection_.run(
            "insert into awaited_node (account, uuid, awaited_at) select distinct $1, uuid, $3"
            " from unnest($2) as w (uuid) on conflict do nothing",
            Parameters(account, array_of(uuids), now));
    });
}

base::Result<void> Transaction::node_arrived(AccountId account, const base::Uuid& uuid) {
    return guarded([&] {
        connection_.run("delete from awaited_node where account = $1 and uuid = $2",
                        Parameters(account, uuid));
    });
}

}  // namespace cript::store::postgres
