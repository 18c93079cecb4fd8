#include "store/sqlite/connection.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace cript::store::sqlite {

namespace {

/// Faults of the environment are worth a retry; anything else is a defect of ours.
base::ErrorKind kind_of(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_NOMEM:
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
        case SQLITE_PERM:
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return base::ErrorKind::Unavailable;
        case SQLITE_CONSTRAINT:
            return base::ErrorKind::Conflict;
        default:
            return base::ErrorKind::Internal;
    }
}

[[noreturn]] void throw_failure(sqlite3* database) {
    const int code = database != nullptr ? sqlite3_extended_errcode(database) : SQLITE_NOMEM;
    std::string message = database != nullptr ? sqlite3_errmsg(database) : "out of memory";
    if (const int cause = sqlite3_system_errno(database); cause != 0) {
        message.append(" (").append(std::strerror(cause)).append(")");
    }
    throw Failure{{kind_of(code), "the database failed: " + message, {}}, code};
}

}  // namespace

void Query::fail_now() const {
    throw_failure(database_);
}

bool Query::step() {
    const int status = sqlite3_step(statement_);
    if (status == SQLITE_ROW) return true;
    if (status == SQLITE_DONE) return false;
    fail_now();
}

void Query::run() {
    while (step()) {
    }
    sqlite3_reset(statement_);
    bound_ = 0;
}

std::string_view Query::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (text == nullptr) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

base::ByteView Query::blob(int column) const {
    const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

base::Uuid Query::uuid(int column) const {
    return base::Uuid::from_bytes(blob(column)).value_or(base::Uuid{});
}

crypto::Digest Query::digest(int column) const {
    crypto::Digest digest{};
    const auto bytes = blob(column);
    if (bytes.size() == digest.size()) std::memcpy(digest.data(), bytes.data(), digest.size());
    return digest;
}

Connection::Connection(const std::filesystem::path& file, Mode mode) {
    const int flags =
        mode == Mode::ReadWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    sqlite3* opened = nullptr;
    const int status =
        sqlite3_open_v2(file.c_str(), &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    database_.reset(opened);
    if (status != SQLITE_OK) throw_failure(opened);
    sqlite3_busy_timeout(opened, 5'000);
    if (mode == Mode::ReadWrite) execute("pragma journal_mode = wal");
    // FULL: a commit returns after the log is on the disk.
    execute(
        "pragma synchronous = full;"
        "pragma foreign_keys = on;"
        "pragma temp_store = memory;"
        "pragma cache_size = -4096;"
        "pragma mmap_size = 268435456;");
}

Query Connection::query(const char* sql) {
    auto& cached = statements_[sql];
    if (!cached) {
        sqlite3_stmt* prepared = nullptr;
        if (sqlite3_prepare_v3(database_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr) !=
            SQLITE_OK) {
            statements_.erase(sql);
            throw_failure(database_.get());
        }
        cached.reset(prepared);
    }
    return {database_.get(), cached.get()};
}

void Connection::execute(const char* sql) {
    if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        throw_failure(database_.get());
}

base::Result<void> make_file(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return base::fail(base::ErrorKind::Unavailable,
                          "the database cannot be opened: " + file.string() + ": " + std::strerror(errno));
    }
    ::close(descriptor);
    return {};
}

}  // namespace cript::store::sqlite
