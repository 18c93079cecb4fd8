#pragma once

#include <set>
#include <string>

#include "store/tables.hpp"

namespace cript::store {

// Statements over a whole table, the same on every database but for how a parameter is written:
// `parameter(1)` is the first.

/// "id, uuid, …"
[[nodiscard]] inline std::string column_list(std::span<const Column> columns) {
    std::string list;
    for (const auto& column : columns) list.append(list.empty() ? "" : ", ").append(column.name);
    return list;
}

template <class Parameter>
[[nodiscard]] std::string parameter_list(std::size_t count, Parameter parameter) {
    std::string list;
    for (std::size_t at = 1; at <= count; ++at) list.append(list.empty() ? "" : ", ").append(parameter(at));
    return list;
}

/// The rows after a key, if there is one, in the order of the key; the last parameter limits them.
template <class Parameter>
[[nodiscard]] std::string select_statement(const Table& table, bool has_key, Parameter parameter) {
    const auto key = column_list(table.key());
    auto sql = "select " + column_list(table.columns) + " from " + table.name;
    if (has_key) sql += " where (" + key + ") > (" + parameter_list(table.key_size, parameter) + ")";
    return sql + " order by " + key + " limit " + parameter(has_key ? table.key_size + 1 : 1);
}

/// Texts of statements at one address for good, as connections know them by it.
class StatementTexts {
  public:
    const char* keep(std::string sql) { return texts_.insert(std::move(sql)).first->c_str(); }

  private:
    std::set<std::string> texts_;
};

}  // namespace cript::store
