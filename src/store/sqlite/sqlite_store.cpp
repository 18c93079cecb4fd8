#include <future>

#include "base/log.hpp"
#include "store/sqlite/migrations.hpp"
#include "store/sqlite/tables.hpp"
#include "store/sqlite/write_queue.hpp"
#include "store/store.hpp"

namespace cript::store::sqlite {

namespace {

/// Connections that only read. Each is lent to one thread at a time; there are never more than were lent at
/// once.
class ReaderPool {
  public:
    explicit ReaderPool(std::filesystem::path file) : file_(std::move(file)) {}

    [[nodiscard]] std::unique_ptr<Connection> take() {
        {
            const std::scoped_lock lock(mutex_);
            if (!idle_.empty()) {
                auto connection = std::move(idle_.back());
                idle_.pop_back();
                return connection;
            }
        }
        return std::make_unique<Connection>(file_, Connection::Mode::ReadOnly);
    }
    void give_back(std::unique_ptr<Connection> connection) {
        const std::scoped_lock lock(mutex_);
        idle_.push_back(std::move(connection));
    }

  private:
    std::filesystem::path file_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
};

/// Nobody else uses the file: what is done to it is done here.
class OnlyServer final : public Watch {
  public:
    [[nodiscard]] bool does_the_jobs() const override { return true; }
};

class SqliteStore final : public Store {
  public:
    /// Throws Failure.
    explicit SqliteStore(const std::filesystem::path& file) : file_(file), readers_(file) {
        auto writer = std::make_unique<Connection>(file, Connection::Mode::ReadWrite);
        refuse_unfinished_copy(*writer);
        migrate(*writer);
        numbering_ = read_numbering(*writer);
        writes_ = std::make_unique<WriteQueue>(std::move(writer), numbering_, uuids_);
    }

    base::Result<void> read(const Reading& work) override {
        return guarded([&] { return read_on(readers_.take(), work); }).and_then([](auto result) {
            return result;
        });
    }

    base::Result<void> read_promptly(const Reading& work) override { return read(work); }

    base::Result<void> write(const Writing& work) override {
        // The caller waits, so the work outlives its use; the promise is shared, since the writer's thread
        // may still be inside set_value when the caller goes on.
        auto promise = std::make_shared<std::promise<base::Result<void>>>();
        auto future = promise->get_future();
        writes_->post([&work](Writer& writer) { return work(writer); },
                      [promise](base::Result<void> result) { promise->set_value(std::move(result)); });
        return future.get();
    }

    void write_later(Writing work) override {
        writes_->post(std::move(work), [](const base::Result<void>& result) {
            if (!result) {
                base::log(base::LogLevel::Warning, "store.write_failed",
                          {{"reason", result.error().message}});
            }
        });
    }

    std::unique_ptr<Watch> watch(Watcher&) override { return std::make_unique<OnlyServer>(); }

    [[nodiscard]] bool is_remote() const override { return false; }
    [[nodiscard]] std::string name() const override { return "sqlite:" + file_.string(); }

  private:
    base::Result<void> read_on(std::unique_ptr<Connection> connection, const Reading& work) {
        connection->query("begin").run();
        Transaction transaction(*connection, numbering_, uuids_);
        auto result = work(transaction);
        connection->query("rollback").run();
        readers_.give_back(std::move(connection));
        return result;
    }

    std::filesystem::path file_;
    Numbering numbering_;
    AccountUuids uuids_;
    std::unique_ptr<WriteQueue> writes_;
    // Closed before the writer: the last connection to close moves the log into the database, and a reader
    // cannot.
    ReaderPool readers_;
};

}  // namespace

}  // namespace cript::store::sqlite

namespace cript::store {

base::Result<std::unique_ptr<Store>> open_sqlite(const std::filesystem::path& file) {
    CRIPT_CHECK(sqlite::make_file(file));
    auto opened = sqlite::guarded(
        [&]() -> std::unique_ptr<Store> { return std::make_unique<sqlite::SqliteStore>(file); });
    if (!opened) opened.error().message.insert(0, file.string() + ": ");
    return opened;
}

}  // namespace cript::store
