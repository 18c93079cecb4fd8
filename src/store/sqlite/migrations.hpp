#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>

#include "model/model.hpp"
#include "store/sqlite/connection.hpp"

namespace cript::store::sqlite {

/// Brings the schema to this program's version, in one transaction. Throws Failure.
void migrate(Connection& connection);

/// The numbers by which this database knows node types and link fields.
class Numbering {
  public:
    void add(model::NodeType type, std::int64_t number) {
        types_[static_cast<std::size_t>(type)] = number;
        type_of_[number] = type;
    }
    void add(model::FieldName field, std::int64_t number) {
        fields_[static_cast<std::size_t>(field)] = number;
        field_of_[number] = field;
    }
    [[nodiscard]] std::int64_t of(model::NodeType type) const {
        return types_[static_cast<std::size_t>(type)];
    }
    [[nodiscard]] std::int64_t of(model::FieldName field) const {
        return fields_[static_cast<std::size_t>(field)];
    }
    [[nodiscard]] model::NodeType type(std::int64_t number) const { return type_of_.at(number); }
    [[nodiscard]] model::FieldName field(std::int64_t number) const { return field_of_.at(number); }

  private:
    std::array<std::int64_t, model::kNodeTypeCount> types_{};
    std::array<std::int64_t, model::kFieldNameCount> fields_{};
    std::unordered_map<std::int64_t, model::NodeType> type_of_;
    std::unordered_map<std::int64_t, model::FieldName> field_of_;
};

[[nodiscard]] Numbering read_numbering(Connection& connection);

}  // namespace cript::store::sqlite
