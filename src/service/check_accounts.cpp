#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>

#include "account/audit.hpp"
#include "account/token.hpp"
#include "crypto/aead.hpp"
#include "service/check_instance.hpp"
#include "service/row_columns.hpp"

namespace cript::service {

namespace {

using base::Result;
using store::Cells;

crypto::Digest digest_of(std::string_view bytes) {
    crypto::Digest digest{};
    if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

/// Checks accounts, what belongs to them, and the audit log. The steps are those of run(), in order.
class AccountCheck {
  public:
    AccountCheck(store::TableReader& reader, const crypto::KeyRing& keys, DamageList& damage)
        : reader_(reader), keys_(keys), damage_(damage) {}

    Result<void> run() {
        CRIPT_CHECK(check_ring());
        CRIPT_CHECK(read_user_nodes());
        CRIPT_CHECK(check_accounts());
        CRIPT_CHECK(check_tokens());
        CRIPT_CHECK(check_sessions());
        CRIPT_CHECK(check_audit());
        return {};
    }

  private:
    template <class Visit>
    Result<void> each(const store::Table& table, Visit visit) {
        return store::for_each_row(reader_, table, [&](const Cells& row) -> Result<void> {
            visit(row);
            return {};
        });
    }

    Result<void> check_ring() {
        const RowColumns<2> columns("key_check", {"version", "value"});
        return each(columns.table(), [&](const Cells& row) {
            const auto version = columns.number(row, 0);
            const auto* keys = keys_.find(static_cast<std::uint32_t>(version));
            if (keys == nullptr) {
                damage_.add("wrong_key_ring", fmt::format("key version {}", version),
                            "the key ring does not have it");
            } else if (crypto::KeyRing::check_value(*keys) != digest_of(columns.text(row, 1))) {
                damage_.add("wrong_key_ring", fmt::format("key version {}", version),
                            "the key ring is another installation's");
            }
        });
    }

    Result<void> read_user_nodes() {
        const RowColumns<3> columns("node", {"id", "type", "uuid"});
        return each(columns.table(), [&](const Cells& row) {
            if (columns.text(row, 1) == model::info(model::NodeType::User).name)
                user_nodes_.emplace(columns.text(row, 2), columns.number(row, 0));
        });
    }

    Result<void> check_accounts() {
        const RowColumns<3> columns("account", {"id", "uuid", "username"});
        auto checked = each(columns.table(), [&](const Cells& row) {
            const auto id = columns.number(row, 0);
            active_tokens_[id] = 0;
            if (user_nodes_.erase(std::string(columns.text(row, 1))) == 0)
                damage_.add("missing_user_node", fmt::format("account {}", id),
                            fmt::format("'{}' has no node that links can name", columns.text(row, 2)));
        });
        for (const auto& [uuid, node] : user_nodes_)
            damage_.add("stray_user_node", fmt::format("node {}", node),
                        "it stands for an account that is not there");
        return checked;
    }

    Result<void> check_tokens() {
        const RowColumns<6> columns("token", {"id", "account", "digest", "key_version", "sealed", "state"});
        auto checked = each(columns.table(), [&](const Cells& row) {
            const auto id = columns.number(row, 0);
            const auto owner = active_tokens_.find(columns.number(row, 1));
            const bool is_active =
                columns.number(row, 5) == static_cast<std::int64_t>(store::TokenState::Active);
            const auto place = fmt::format("token {}", id);
            if (owner == active_tokens_.end())
                return damage_.add("stray_token", place, "its account is not there");
            if (!is_active) {
                if (!columns.is_null(row, 4))
                    damage_.add("unerased_token", place, "it was revoked, and its text is still there");
                return;
            }
            ++owner->second;
            if (!opens(columns.number(row, 1), id, columns.number(row, 3), columns.text(row, 4),
                       columns.text(row, 2)))
                damage_.add("unreadable_token", place,
                            "its text cannot be opened, or is not that of its digest");
        });
        CRIPT_CHECK(checked);
        for (const auto& [account, count] : active_tokens_) {
            if (count != 1)
                damage_.add("wrong_token_count", fmt::format("account {}", account),
                            fmt::format("it has {} account tokens instead of one", count));
        }
        return {};
    }

    [[nodiscard]] bool opens(std::int64_t account, std::int64_t token, std::int64_t version,
                             std::string_view sealed, std::string_view digest) const {
        const auto* keys = keys_.find(static_cast<std::uint32_t>(version));
        if (keys == nullptr) return false;
        const auto secret = crypto::open(
            keys->data, account::token_context(account, token, static_cast<std::uint32_t>(version)),
            base::as_bytes(sealed));
        return secret && account::token_digest(*keys, secret->reveal()) == digest_of(digest);
    }

    Result<void> check_sessions() {
        const RowColumns<2> columns("session", {"id", "account"});
        return each(columns.table(), [&](const Cells& row) {
            if (active_tokens_.contains(columns.number(row, 1))) return;
            damage_.add("stray_session", fmt::format("session {}", columns.number(row, 0)),
                        "its account is not there");
        });
    }

    /// As AuditLog::verify: from the first break on, later seals are held against what is stored.
    Result<void> check_audit() {
        const RowColumns<10> columns("audit", {"id", "at", "account", "action", "actor", "address", "client",
                                               "detail", "seal", "key_version"});
        crypto::Digest previous{};
        bool has_unsealed = false;
        return each(columns.table(), [&](const Cells& row) {
            if (columns.is_null(row, 8)) {
                has_unsealed = true;
                return;
            }
            const auto text = [&](std::size_t at) { return std::string(columns.text(row, at)); };
            const account::AuditEvent event{
                columns.number(row, 2), text(3), text(4), text(5), text(6), text(7)};
            const auto seal = digest_of(columns.text(row, 8));
            const auto* keys = keys_.find(static_cast<std::uint32_t>(columns.number(row, 9)));
            const auto id = columns.number(row, 0);
            const bool fits =
                keys != nullptr && !has_unsealed &&
                account::seal_event(keys->audit, previous, id, {columns.number(row, 1)}, event) == seal;
            if (!fits)
                damage_.add(
                    "broken_audit_chain", fmt::format("event {}", id),
                    "its seal does not fit: it, or what was before it, was changed, moved or taken away");
            previous = seal;
        });
    }

    store::TableReader& reader_;
    const crypto::KeyRing& keys_;
    DamageList& damage_;
    std::unordered_map<std::string, std::int64_t> user_nodes_;  ///< by the bytes of the uuid
    std::unordered_map<std::int64_t, unsigned> active_tokens_;  ///< by account
};

}  // namespace

Result<void> check_accounts(store::TableReader& reader, const crypto::KeyRing& keys, DamageList& damage) {
    return AccountCheck(reader, keys, damage).run();
}

}  // namespace cript::service
