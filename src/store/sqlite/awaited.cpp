// The part of the transaction that knows which nodes are awaited.
#include "store/sqlite/transaction.hpp"

namespace cript::store::sqlite {

base::Result<Awaiting> Transaction::awaiting(AccountId account, const base::Uuid& uuid,
                                             base::Timestamp since) {
    return guarded([&] {
        auto query = connection_.query(
            "select case"
            " when exists (select 1 from awaited_node"
            "              where account = :account and uuid = :uuid and awaited_at >= :since) then 1"
            " when exists (select 1 from awaited_node where account = :account and awaited_at >= :since) "
            "then 0"
            " else -1 end");
        query.bind(account, uuid, since);
        const auto found = query.step() ? query.integer(0) : -1;
        return found < 0 ? Awaiting::Nothing : found > 0 ? Awaiting::ThisNode : Awaiting::OtherNodes;
    });
}

base::Result<void> Transaction::await_nodes(AccountId account, std::span<const base::Uuid> uuids,
                                            base::Timestamp now, base::Timestamp since) {
    return guarded([&] {
        connection_
            .query(
                "delete from awaited_node where awaited_at < :since or (account = :account"
                " and (select count(*) from awaited_node where account = :account) > :most)")
            .bind(since, account, kMostAwaited)
            .run();
        connection_.query("update awaited_node set awaited_at = :now where account = :account")
            .bind(now, account)
            .run();
        auto insert = connection_.query(
            "insert or ignore into awaited_node (account, uuid, awaited_at) values (:account, :uuid, :now)");
        for (const auto& uuid : uuids) insert.bind(account, uuid, now).run();
    });
}

base::Result<void> Transaction::node_arrived(AccountId account, const base::Uuid& uuid) {
    return guarded([&] {
        connection_.query("delete from awaited_node where account = :account and uuid = :uuid")
            .bind(account, uuid)
            .run();
    });
}

}  // namespace cript::store::sqlite
