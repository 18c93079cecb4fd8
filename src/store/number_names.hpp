#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "store/tables.hpp"

namespace cript::store {

/// The names behind the numbers of node types and link fields of one database, those that the model has no
/// more included.
class NumberNames {
  public:
    void add(CellKind kind, std::int64_t number, std::string name) {
        auto& names = of(kind);
        names.by_number.emplace(number, name);
        names.by_name.emplace(std::move(name), number);
    }
    /// "#7" if the number means nothing.
    [[nodiscard]] std::string name(CellKind kind, std::int64_t number) const {
        const auto& names = of(kind).by_number;
        const auto found = names.find(number);
        return found != names.end() ? found->second : "#" + std::to_string(number);
    }
    [[nodiscard]] std::optional<std::int64_t> number(CellKind kind, const std::string& name) const {
        const auto& numbers = of(kind).by_name;
        const auto found = numbers.find(name);
        if (found == numbers.end()) return std::nullopt;
        return found->second;
    }

  private:
    struct Names {
        std::unordered_map<std::int64_t, std::string> by_number;
        std::unordered_map<std::string, std::int64_t> by_name;
    };
    [[nodiscard]] Names& of(CellKind kind) { return kind == CellKind::TypeName ? types_ : fields_; }
    [[nodiscard]] const Names& of(CellKind kind) const {
        return kind == CellKind::TypeName ? types_ : fields_;
    }

    Names types_;
    Names fields_;
};

}  // namespace cript::store
