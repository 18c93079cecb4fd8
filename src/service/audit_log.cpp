#include "service/audit_log.hpp"

#include "account/audit.hpp"

namespace cript::service {

namespace {

constexpr unsigned kBatch = 1'000;

account::AuditEvent event_of(const store::AuditRow& row) {
    return {row.account, row.action, row.actor, row.address, row.client, row.detail};
}

}  // namespace

base::Result<std::vector<store::AuditRow>> AuditLog::page(store::AccountId account, std::int64_t before,
                                                          unsigned limit) {
    return read<std::vector<store::AuditRow>>(
        context_.store, [=](store::Reader& reader) { return reader.list_audit(account, before, limit); });
}

base::Result<void> AuditLog::record(const account::AuditEvent& event) {
    return context_.store.write(
        [&](store::Writer& writer) { return writer.append_audit(context_.clock.now(), event); });
}

base::Result<void> AuditLog::seal() {
    // Most seconds have no event: look before taking the writer.
    auto last = read<std::optional<store::AuditRow>>(
        context_.store, [](store::Reader& reader) { return reader.last_sealed_audit(); });
    CRIPT_CHECK(last);
    const auto sealed_until = *last ? (*last)->id : 0;
    auto waiting = read<std::vector<store::AuditRow>>(
        context_.store, [&](store::Reader& reader) { return reader.audit_after(sealed_until, 1); });
    CRIPT_CHECK(waiting);
    if (waiting->empty()) return {};
    return context_.store.write([&](store::Writer& writer) -> base::Result<void> {
        auto newest = writer.last_sealed_audit();
        CRIPT_CHECK(newest);
        auto previous = *newest ? (*newest)->seal.value_or(crypto::Digest{}) : crypto::Digest{};
        auto rows = writer.audit_after(*newest ? (*newest)->id : 0, kBatch);
        CRIPT_CHECK(rows);
        const auto& keys = context_.keys.active();
        for (const auto& row : *rows) {
            previous = account::seal_event(keys.audit, previous, row.id, row.at, event_of(row));
            CRIPT_CHECK(writer.set_audit_seal(row.id, previous, keys.version));
        }
        return {};
    });
}

base::Result<AuditLog::Verified> AuditLog::verify() {
    return read<Verified>(context_.store, [&](store::Reader& reader) -> base::Result<Verified> {
        Verified verified;
        crypto::Digest previous{};
        std::int64_t after = 0;
        while (true) {
            auto rows = reader.audit_after(after, kBatch);
            CRIPT_CHECK(rows);
            if (rows->empty()) return verified;
            for (const auto& row : *rows) {
                after = row.id;
                if (!row.seal) {
                    ++verified.unsealed;
                    continue;
                }
                const auto* keys = context_.keys.find(row.key_version);
                // A sealed event after an unsealed one: something was inserted or a seal was taken off.
                const bool in_order = verified.unsealed == 0;
                const bool fits =
                    keys != nullptr && in_order &&
                    account::seal_event(keys->audit, previous, row.id, row.at, event_of(row)) == *row.seal;
                if (!fits && verified.first_broken == 0) verified.first_broken = row.id;
                previous = *row.seal;
                ++verified.sealed;
            }
        }
    });
}

}  // namespace cript::service
