#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

#include "base/encoding.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "crypto/digest.hpp"

namespace cript::store::sqlite {

/// Thrown and caught inside this folder only (see `guarded`).
struct Failure {
    base::Error error;
    int code;  ///< extended SQLite result code
};

/// Runs a piece of work and turns exceptions into error values: the border of this folder.
template <class Work>
[[nodiscard]] auto guarded(Work work) -> base::Result<std::invoke_result_t<Work>> {
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const Failure& failure) {
        return base::fail(failure.error);
    } catch (const std::exception& exception) {  // a defect, ours or of the work that we run
        return base::fail(base::ErrorKind::Internal, exception.what());
    }
}

/// A prepared statement in use; given back, reset and cleared, at its end.
/// Parameters are bound in the order of their first appearance in the SQL text.
class Query {
  public:
    Query(sqlite3* database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
    ~Query() {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    /// Binds the next parameters. Text and blobs are not copied: they must outlive the steps.
    template <class... Values>
    Query& bind(const Values&... values) {
        (bind_one(values), ...);
        return *this;
    }
    /// Goes to the next row; false at the end.
    bool step();
    /// Runs a statement that answers no rows, and makes it ready to be bound again.
    void run();

    [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
    [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
    [[nodiscard]] bool is_null(int column) const {
        return sqlite3_column_type(statement_, column) == SQLITE_NULL;
    }
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] base::ByteView blob(int column) const;
    [[nodiscard]] base::Uuid uuid(int column) const;
    [[nodiscard]] crypto::Digest digest(int column) const;
    [[nodiscard]] base::Timestamp time(int column) const { return {integer(column)}; }

  private:
    template <class Value>
    void bind_one(const Value& value) {
        const int at = ++bound_;
        int status = SQLITE_OK;
        if constexpr (std::is_same_v<Value, std::nullptr_t>) {
            status = sqlite3_bind_null(statement_, at);
        } else if constexpr (std::is_integral_v<Value> || std::is_enum_v<Value>) {
            status = sqlite3_bind_int64(statement_, at, static_cast<std::int64_t>(value));
        } else if constexpr (std::is_floating_point_v<Value>) {
            status = sqlite3_bind_double(statement_, at, value);
        } else if constexpr (std::is_same_v<Value, base::Timestamp>) {
            status = sqlite3_bind_int64(statement_, at, value.microseconds);
        } else if constexpr (std::is_same_v<Value, base::Uuid>) {
            status = sqlite3_bind_blob(statement_, at, value.bytes.data(), 16, SQLITE_STATIC);
        } else if constexpr (std::is_convertible_v<Value, std::string_view>) {
            const std::string_view text = value;
            status = sqlite3_bind_text64(statement_, at, text.data() ? text.data() : "", text.size(),
                                         SQLITE_STATIC, SQLITE_UTF8);
        } else if constexpr (std::is_convertible_v<Value, base::ByteView>) {
            const base::ByteView bytes = value;
            status = bytes.empty()
                         ? sqlite3_bind_zeroblob(statement_, at, 0)
                         : sqlite3_bind_blob64(statement_, at, bytes.data(), bytes.size(), SQLITE_STATIC);
        } else {  // an optional
            if (!value) {
                status = sqlite3_bind_null(statement_, at);
            } else {
                --bound_;
                bind_one(*value);
                return;
            }
        }
        if (status != SQLITE_OK) fail_now();
    }
    [[noreturn]] void fail_now() const;

    sqlite3* database_;
    sqlite3_stmt* statement_;
    int bound_ = 0;
};

/// One connection with its cache of prepared statements. Used by one thread at a time.
class Connection {
  public:
    enum class Mode { ReadWrite, ReadOnly };

    /// Throws Failure.
    Connection(const std::filesystem::path& file, Mode mode);

    /// `sql` must be a literal or another constant: statements are cached by its address.
    [[nodiscard]] Query query(const char* sql);
    /// Runs statements that take no parameters.
    void execute(const char* sql);
    [[nodiscard]] std::int64_t last_id() const { return sqlite3_last_insert_rowid(database_.get()); }
    [[nodiscard]] std::int64_t changes() const { return sqlite3_changes64(database_.get()); }
    /// Has an error ended the transaction by itself?
    [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(database_.get()) == 0; }

  private:
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3, Close> database_;
    std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, Close>> statements_;
};

/// Makes the file, for its owner only, or says why it cannot be written: SQLite would lose the reason.
[[nodiscard]] base::Result<void> make_file(const std::filesystem::path& file);

}  // namespace cript::store::sqlite
