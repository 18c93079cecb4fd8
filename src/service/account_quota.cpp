#include "service/account_quota.hpp"

namespace cript::service {

base::Result<store::StorageUse> storage_use(Context& context, store::AccountId account) {
    return read<store::StorageUse>(context.store,
                                   [&](store::Reader& reader) { return reader.storage_use(account); });
}

base::Result<void> set_quota(Context& context, store::AccountId account, std::optional<std::uint64_t> bytes,
                             const account::AuditEvent& event) {
    return context.store.write([&](store::Writer& writer) -> base::Result<void> {
        CRIPT_CHECK(writer.set_quota(account, bytes));
        return writer.append_audit(context.clock.now(), event);
    });
}

}  // namespace cript::service
