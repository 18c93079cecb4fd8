#pragma once

#include <simdjson.h>

#include <array>
#include <bit>
#include <cstdint>
#include <optional>

#include "model/model.hpp"
#include "model/problem_list.hpp"

namespace cript::model {

/// A set of fields of one node type: bit n stands for the n-th field of its list.
using FieldSet = std::uint64_t;

[[nodiscard]] constexpr FieldSet bit(std::size_t position) {
    return FieldSet{1} << position;
}

/// Calls `visit(position)` for each field of the set, in model order.
template <class Visit>
void for_each_field(FieldSet set, Visit visit) {
    for (; set != 0; set &= set - 1) visit(static_cast<std::size_t>(std::countr_zero(set)));
}

/// What a node type says of its fields, as sets.
struct FieldSets {
    FieldSet required = 0;
    FieldSet read_only = 0;
    FieldSet links = 0;
    FieldSet attributes = 0;   ///< neither links nor read-only, nor `public` and `locked`
    FieldSet identifiers = 0;  ///< of Material: fields that say which substance it is
};
[[nodiscard]] const FieldSets& field_sets(NodeType type);

/// The members of the JSON object of a node, sorted out by what its type makes of them.
struct NodeContent {
    std::array<simdjson::dom::element, 64>
        values;                                 ///< by position in the type's field list; only of `present`
    FieldSet present = 0;                       ///< fields with a value; read-only ones left out
    FieldSet cleared = 0;                       ///< fields sent as null
    FieldSet excused = 0;                       ///< absent, but a misspelt field was reported that means them
    std::array<std::uint8_t, 64> link_order{};  ///< link fields as the document has them
    std::size_t link_count = 0;
    std::optional<simdjson::dom::element> uuid;
    std::optional<simdjson::dom::element> uid;
    std::optional<simdjson::dom::object> created_by;  ///< read-only, but it may introduce a user by uid
    std::optional<simdjson::dom::object> updated_by;
    std::optional<simdjson::dom::element> created_at;  ///< read-only, but they tell what the caller has seen
    std::optional<simdjson::dom::element> updated_at;
    std::optional<simdjson::dom::element> model_version;

    [[nodiscard]] bool has(std::size_t position) const { return (present & bit(position)) != 0; }
};

/// Fills `content` from the object and reports unknown fields and keys that occur twice.
void sort_out(simdjson::dom::object object, NodeType type, const Step& step, ProblemList& problems,
              NodeContent& content);

/// How many of the object's keys are fields of the type.
[[nodiscard]] std::size_t count_known_fields(simdjson::dom::object object, NodeType type);

/// The value of a field of the node, if it was sent.
[[nodiscard]] std::optional<simdjson::dom::element> value_of(const NodeContent& content, NodeType type,
                                                             FieldName name);

}  // namespace cript::model
