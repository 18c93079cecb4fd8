#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/model.hpp"
#include "model/units/unit.hpp"

namespace cript::api::legacy {

/// What the vocabularies ask of values with a key.
struct KeyUnit {
    std::string text;                 ///< the SI unit, as answers show it; empty where values have none
    std::optional<model::Unit> unit;  ///< nothing if there is none, or its text makes no sense (see D33)
    double minimum = 0;               ///< in that unit; infinite without a bound
    double maximum = 0;
    bool has_unit = false;  ///< the vocabulary names one
};

/// A unit of the vocabularies in the words of the older SDKs: pint 0.19 does not know a later spelling.
[[nodiscard]] std::string_view unit_of_the_time(std::string_view unit);

/// Of a key of properties, conditions or quantities; nothing for custom ones and those of which no more than
/// the name is known.
[[nodiscard]] const KeyUnit* key_unit(model::NodeType type, std::string_view key);

/// A value that was sent, to be judged as the dialect does: dimension, and range after conversion (decision
/// C2).
struct SentMeasure {
    model::NodeType type{};
    std::string_view key;
    std::string_view unit;  ///< empty without one
    std::vector<double> numbers;
    bool is_text = false;
};

/// What is wrong with it; pointers below the node.
[[nodiscard]] std::vector<base::Problem> problems_of(const SentMeasure& sent);

}  // namespace cript::api::legacy
