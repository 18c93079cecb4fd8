#pragma once

#include <simdjson.h>

#include <string>
#include <vector>

#include "api/legacy/kept.hpp"
#include "base/result.hpp"

namespace cript::api::legacy {

// A material's identifiers are a list of keys and values here, and fields of the material in the model. The list
// as it was sent is kept, for its order, for keys without a field, and for a second one of a key; the fields
// decide.

/// Appends the list.
void append_identifiers(std::string& out, simdjson::dom::element attributes, const Kept& kept);

/// What a list that was sent makes of the fields.
struct ReadIdentifiers {
    struct FieldValue {
        model::FieldName field;
        std::string json;  ///< `null` for a field that is in no identifier
    };
    std::vector<FieldValue> fields;  ///< every identifier field once
    std::string list;                ///< as it is kept
    std::vector<base::Problem> problems;  ///< pointers below the list
};
[[nodiscard]] ReadIdentifiers read_identifiers(simdjson::dom::array list);

}  // namespace cript::api::legacy
