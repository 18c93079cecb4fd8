#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>

#include "model/model.hpp"

namespace cript::store {

/// The numbers by which one database knows node types and link fields. They are given once and stay, so that
/// rows are small and the model may be reordered.
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

/// Belongs to nobody and is readable by everyone who is signed in.
[[nodiscard]] inline bool is_shared(const model::NodeInfo& node) {
    return node.group == model::NodeGroup::PrimaryPublic || node.name == "User";
}

}  // namespace cript::store
