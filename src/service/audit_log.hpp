#pragma once

#include <vector>

#include "service/context.hpp"

namespace cript::service {

/// The audit log: what an account sees of it, and the chain of seals that shows whether it was tampered with.
class AuditLog {
  public:
    explicit AuditLog(Context& context) : context_(context) {}

    /// Newest first; `before` is the id of the last one seen, 0 at the start.
    [[nodiscard]] base::Result<std::vector<store::AuditRow>> page(store::AccountId account,
                                                                  std::int64_t before, unsigned limit);
    [[nodiscard]] base::Result<void> record(const account::AuditEvent& event);
    /// Seals what has come since the last time. Called about once a second.
    [[nodiscard]] base::Result<void> seal();

    struct Verified {
        std::uint64_t sealed = 0;
        std::uint64_t unsealed = 0;     ///< newer than the last seal
        std::int64_t first_broken = 0;  ///< id of the first event whose seal does not fit; 0 if all do
    };
    [[nodiscard]] base::Result<Verified> verify();

  private:
    Context& context_;
};

}  // namespace cript::service
