#pragma once

#include <array>
#include <string_view>

#include "store/tables.hpp"

namespace cript::service {

/// Some columns of a table by name, found once and then quick to read.
template <std::size_t Count>
class RowColumns {
  public:
    RowColumns(std::string_view table, const std::array<std::string_view, Count>& names)
        : table_(store::instance_table(table)) {
        for (std::size_t at = 0; at < Count; ++at) places_[at] = store::column_of(table_, names[at]);
    }

    [[nodiscard]] const store::Table& table() const { return table_; }
    /// 0 for a null.
    [[nodiscard]] std::int64_t number(const store::Cells& row, std::size_t at) const {
        const auto* value = std::get_if<std::int64_t>(&row[places_[at]]);
        return value != nullptr ? *value : 0;
    }
    /// Empty for a null.
    [[nodiscard]] std::string_view text(const store::Cells& row, std::size_t at) const {
        const auto* value = std::get_if<std::string>(&row[places_[at]]);
        return value != nullptr ? std::string_view(*value) : std::string_view();
    }
    [[nodiscard]] bool is_null(const store::Cells& row, std::size_t at) const {
        return std::holds_alternative<std::monostate>(row[places_[at]]);
    }

  private:
    const store::Table& table_;
    std::array<std::size_t, Count> places_{};
};

template <std::size_t Count>
RowColumns(std::string_view, const std::array<std::string_view, Count>&) -> RowColumns<Count>;

}  // namespace cript::service
