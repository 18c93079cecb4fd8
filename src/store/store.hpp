#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "base/result.hpp"
#include "store/account_rows.hpp"
#include "store/graph_rows.hpp"

namespace cript::store {

/// One consistent view of everything.
class Reader : public virtual GraphReader, public virtual AccountReader {};

/// A view and the means to change it, inside one transaction.
class Writer : public Reader, public GraphWriter, public AccountWriter {};

/// A database. Safe to use from any thread.
class Store {
  public:
    using Reading = std::function<base::Result<void>(Reader&)>;
    using Writing = std::function<base::Result<void>(Writer&)>;

    virtual ~Store() = default;

    /// Runs `work` on one consistent view and hands its result on.
    [[nodiscard]] virtual base::Result<void> read(const Reading& work) = 0;
    /// Runs `work` in one transaction. Success means that it is durable; an error means that nothing of it is
    /// kept. `work` may be run on another thread, while the caller waits. Errors: those of `work`;
    /// Unavailable.
    [[nodiscard]] virtual base::Result<void> write(const Writing& work) = 0;
    /// The same, without waiting. What goes wrong is logged.
    virtual void write_later(Writing work) = 0;
};

/// Opens (and makes, and migrates) the SQLite database of a file.
/// Errors: Unavailable with the reason; Conflict if a newer program has written it.
[[nodiscard]] base::Result<std::unique_ptr<Store>> open_sqlite(const std::filesystem::path& file);

}  // namespace cript::store
