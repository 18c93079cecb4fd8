#pragma once

#include "base/json_reader.hpp"

#include <string>
#include <vector>

#include "api/legacy/answer.hpp"

namespace cript::api::legacy {

/// What a JSON value says, in one way of writing it: null, an empty text and an empty list are nothing, the
/// URL of a node is the node, and members have an order.
[[nodiscard]] std::string meaning_of(simdjson::dom::element value);
/// Do two JSON values say the same?
[[nodiscard]] bool says_the_same(simdjson::dom::element left, simdjson::dom::element right);

/// The stored sub-object that a sent one stands for.
struct Matched {
    const store::NodeRow* row = nullptr;
    bool is_same = false;  ///< it came back as it was shown
};

/// For each entry of a list, its stored sub-object or nothing: first those that are shown exactly so, then,
/// in order, those with the same key or the same link (decision D12).
[[nodiscard]] std::vector<Matched> match_sub_objects(const RecordAnswer& answer,
                                                     const std::vector<simdjson::dom::element>& sent,
                                                     const std::vector<const store::NodeRow*>& stored);

}  // namespace cript::api::legacy
