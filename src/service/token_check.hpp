#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "account/policy.hpp"
#include "service/context.hpp"

namespace cript::service {

/// Says whose token a secret is. Called once per request.
///
/// Answers are remembered under the digest, never under the secret, and for less than a second: within that
/// span a change made elsewhere is noticed, and a database that is gone turns into an error. A change made
/// here evicts at once.
class TokenCheck final : public store::Watcher {
  public:
    static constexpr std::chrono::milliseconds kLongestMemory{700};

    explicit TokenCheck(Context& context) : context_(context) {}

    /// Errors: Unauthenticated, the same for unknown, malformed, revoked and disabled; Unavailable.
    [[nodiscard]] base::Result<account::Caller> check(std::string_view secret, const Origin& origin);
    /// Is this the secret of a live token, and whose? Writes nothing down.
    [[nodiscard]] base::Result<std::optional<store::AccountId>> owner_of(std::string_view secret);
    /// Forgets what it knows of an account. Called after a change to its tokens was committed.
    void forget(store::AccountId account);
    void forget_all();

    // What other servers of the database tell.
    void account_changed(store::AccountId account) override { forget(account); }
    void changes_missed() override { forget_all(); }

  private:
    struct Known {
        bool is_valid = false;
        account::Caller caller;
        base::Timestamp confirmed;           ///< before the query that confirmed it
        base::Timestamp noting_since;        ///< when the span began in which each address is noted once
        std::vector<std::string> addresses;  ///< noted in that span
    };
    struct Answer {
        bool is_valid = false;
        bool use_is_due = false;  ///< to be written down
        account::Caller caller;
    };
    struct DigestHash {
        std::size_t operator()(const crypto::Digest& digest) const noexcept;
    };
    using Memory = std::unordered_map<crypto::Digest, Known, DigestHash>;

    [[nodiscard]] base::Result<Known> look_up(std::string_view secret, const crypto::Digest& digest,
                                              base::Timestamp now);
    /// Is a use from this address to be written down? Once in a span for each of a few addresses.
    [[nodiscard]] static bool note_use(Known& known, const std::string& address, base::Timestamp now);
    [[nodiscard]] std::optional<Answer> recall(const crypto::Digest& digest, const std::string& address,
                                               base::Timestamp now);
    Answer remember(const crypto::Digest& digest, Known known, std::uint64_t generation,
                    const std::string& address, base::Timestamp now);
    void write_use_down(const account::Caller& caller, const Origin& origin, base::Timestamp now);

    Context& context_;
    std::mutex mutex_;
    Memory hits_;
    Memory misses_;  ///< apart, so that a flood of wrong tokens cannot push the right ones out
    std::atomic<std::uint64_t> generation_{
        0};  ///< grows with each forget(): a look-up begun before must not be kept
};

}  // namespace cript::service
