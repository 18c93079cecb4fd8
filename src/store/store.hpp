#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "store/account_rows.hpp"
#include "store/awaited_rows.hpp"
#include "store/file_rows.hpp"
#include "store/graph_rows.hpp"
#include "store/group_rows.hpp"
#include "store/index_rows.hpp"
#include "store/record_rows.hpp"
#include "store/watch.hpp"

namespace cript::store {

/// One consistent view of everything.
class Reader : public virtual GraphReader,
               public virtual AccountReader,
               public virtual GroupReader,
               public virtual RecordReader,
               public virtual FileReader,
               public virtual AwaitedReader,
               public virtual IndexReader {};

/// A view and the means to change it, inside one transaction. What ends in a Conflict has changed nothing,
/// and the transaction may go on; after any other error nothing of it is kept, whatever is done next.
class Writer : public Reader,
               public GraphWriter,
               public AccountWriter,
               public GroupWriter,
               public RecordWriter,
               public FileWriter,
               public AwaitedWriter,
               public IndexWriter {};

/// A database. Safe to use from any thread.
class Store {
  public:
    using Reading = std::function<base::Result<void>(Reader&)>;
    using Writing = std::function<base::Result<void>(Writer&)>;

    virtual ~Store() = default;

    /// Runs `work` on one consistent view and hands its result on. `work` may be run twice.
    [[nodiscard]] virtual base::Result<void> read(const Reading& work) = 0;
    /// The same for what must be known at once, such as whose a token is: on the database that takes the
    /// changes, and within 400 ms if it is remote. Errors: Unavailable when they are over.
    [[nodiscard]] virtual base::Result<void> read_promptly(const Reading& work) = 0;
    /// Runs `work` in one transaction, as if no other ran at the same time. Success means that it is durable;
    /// an error means that nothing of it is kept. `work` may be run on another thread, while the caller
    /// waits, and several times, of which the last one counts: others may have changed what it has read.
    /// Errors: those of `work`; Conflict if something must be unique and is not; Unavailable.
    [[nodiscard]] virtual base::Result<void> write(const Writing& work) = 0;
    /// The same, without waiting. What goes wrong is logged.
    virtual void write_later(Writing work) = 0;

    /// Runs `work` while no other server of the database runs such work. Errors: those of `work`; Conflict,
    /// without having run it, while another server does; Unavailable.
    [[nodiscard]] virtual base::Result<void> one_at_a_time(const std::function<base::Result<void>()>& work) {
        return work();
    }

    /// Tells `watcher`, which must outlive the watch, as the store must.
    [[nodiscard]] virtual std::unique_ptr<Watch> watch(Watcher& watcher) = 0;

    /// Is it reached over a network? Then even a small read is no matter of microseconds, and other servers
    /// may use the database too.
    [[nodiscard]] virtual bool is_remote() const = 0;
    /// False while the database does not answer, as far as a watch has noticed: then nobody should wait for
    /// it.
    [[nodiscard]] virtual bool is_reachable() const { return true; }
    /// Which database this is, for people: without a password.
    [[nodiscard]] virtual std::string name() const = 0;
};

/// What can be chosen of a database that is reached over a network.
struct ServerLimits {
    unsigned connections = 16;
    std::chrono::milliseconds connect_within{3'000};  ///< and at most as long waiting for a free connection
    std::chrono::milliseconds answer_within{30'000};  ///< one statement
};

/// Is a database that is marked as an unfinished copy opened? Only by what is finishing it.
enum class Unfinished : std::uint8_t { Refused, Accepted };

/// Opens (and makes, and migrates) the SQLite database of a file.
/// Errors: Unavailable with the reason; Conflict if a newer program has written it or it is an unfinished
/// copy.
[[nodiscard]] base::Result<std::unique_ptr<Store>> open_sqlite(const std::filesystem::path& file);

/// Opens (and migrates) a PostgreSQL database, given as a URL of libpq (PostgreSQL manual, "Connection
/// URIs"). Errors: InvalidInput if it is no such URL; Unavailable with the reason; Conflict if a newer
/// program has written it, it is an unfinished copy, or the server is older than PostgreSQL 15.
[[nodiscard]] base::Result<std::unique_ptr<Store>> open_postgres(const std::string& url,
                                                                 const ServerLimits& limits = {},
                                                                 Unfinished unfinished = Unfinished::Refused);

/// Opens `sqlite:PATH` or `postgres://…`. Errors: InvalidInput for anything else; those of the database.
[[nodiscard]] base::Result<std::unique_ptr<Store>> open(const std::string& url,
                                                        const ServerLimits& limits = {},
                                                        Unfinished unfinished = Unfinished::Refused);

}  // namespace cript::store
