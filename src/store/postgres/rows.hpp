#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/encoding.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "crypto/digest.hpp"

namespace cript::store::postgres {

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultHandle = std::unique_ptr<PGresult, ClearResult>;

/// What one statement answered, in binary format. Stands before the first row at first.
class Rows {
  public:
    explicit Rows(ResultHandle result) : result_(std::move(result)), size_(PQntuples(result_.get())) {}

    /// Goes to the next row; false at the end.
    bool step() { return ++row_ < size_; }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(size_); }
    /// Rows that the statement inserted, changed or deleted.
    [[nodiscard]] std::int64_t changes() const;

    /// Of a smallint, integer or bigint; 0 for a null.
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] bool flag(int column) const;
    [[nodiscard]] bool is_null(int column) const { return PQgetisnull(result_.get(), row_, column) != 0; }
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] base::ByteView blob(int column) const { return base::as_bytes(text(column)); }
    [[nodiscard]] base::Uuid uuid(int column) const;
    [[nodiscard]] crypto::Digest digest(int column) const;
    [[nodiscard]] base::Timestamp time(int column) const { return {integer(column)}; }

  private:
    ResultHandle result_;
    int size_;
    int row_ = -1;
};

}  // namespace cript::store::postgres
