#pragma once

#include "base/json_reader.hpp"

#include <optional>
#include <string>
#include <vector>

#include "api/legacy/comparison.hpp"
#include "api/legacy/fields.hpp"
#include "model/units/unit.hpp"

namespace cript::api::legacy {

struct SearchObject;

/// What one member of a query asks of a member of an answer.
struct SearchCondition {
    std::string key;  ///< of the member of the answer
    Comparison comparison = Comparison::Exact;
    bool is_bare = true;                ///< no comparison was named
    bool is_loose = false;              ///< see compare_loosely
    bool is_of_objects = false;         ///< then `objects` are asked for, else `values`
    std::vector<SearchObject> objects;  ///< each is to be met by one of the member's
    std::vector<Wanted> values;         ///< one of them (In), else all; of IsNull one truth
    [[nodiscard]] bool is_number() const { return key == "value" || key == "uncertainty"; }
    [[nodiscard]] bool has_number() const;  ///< is one asked for?
};

/// What an object of a query asks of one object of an answer: all of it.
struct SearchObject {
    const Type* type = nullptr;
    std::vector<SearchCondition> conditions;
    std::string unit_text;  ///< as it was sent
    /// That of the numbers among `value` and `uncertainty`; nothing: as shown.
    std::optional<model::Unit> unit;

    /// The condition that a member is equal to something, if there is one.
    [[nodiscard]] const SearchCondition* equality(std::string_view key) const;
};

/// The type of an identifier of a material, which has a key and a value.
[[nodiscard]] const Type& identifier_type();

/// Reads a query, and holds all of it against the fields of the type. `is_loose`: every value is text.
/// Errors: InvalidInput with a problem for each member that is no field, has no such comparison, or a value
/// that the comparison cannot take, and for a unit that cannot be the one of its key; for too many
/// conditions.
[[nodiscard]] base::Result<SearchObject> read_search(simdjson::dom::element query, const Type& type,
                                                     bool is_loose);

}  // namespace cript::api::legacy
