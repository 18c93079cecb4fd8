#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/table_rows.hpp"

namespace cript::store {

/// The rows of one table in a few bytes: the sum of the SHA-256 of each, so that it does not depend on their
/// order, which databases see differently.
class RowSum {
  public:
    void add(const Cells& row);
    [[nodiscard]] std::string text() const;

  private:
    std::array<std::uint64_t, 4> sum_{};
    std::string bytes_;
};

/// What is in an instance, so that two can be compared.
struct Manifest {
    struct Entry {
        std::string table;
        std::uint64_t rows = 0;
        std::string sum;
        std::int64_t last_id = 0;  ///< as TableReader::last_id says; 0 of a table without ids

        bool operator==(const Entry&) const = default;
    };
    std::vector<Entry> entries;  ///< in the order of instance_tables()

    [[nodiscard]] std::uint64_t rows() const;
    bool operator==(const Manifest&) const = default;
};

/// Tells of each portion of rows that was read or written; nothing more.
using CountRows = std::function<void(const Table&, std::uint64_t)>;

/// Reads everything once.
[[nodiscard]] base::Result<Manifest> take_manifest(TableReader& reader, const CountRows& count = {});

/// The tables in which two differ, for people: "node, edge"; empty if they are the same.
[[nodiscard]] std::string differing_tables(const Manifest& left, const Manifest& right);

}  // namespace cript::store
