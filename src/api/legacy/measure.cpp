#include "api/legacy/measure.hpp"

#include <cmath>

#include "api/legacy/key_units.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

namespace cript::api::legacy {

namespace {

namespace dom = simdjson::dom;
using model::FieldName;

std::string_view text_of(dom::element attributes, std::string_view key) {
    std::string_view text;
    return attributes.at_key(key).get(text) == simdjson::SUCCESS ? text : std::string_view{};
}

std::string json_of(double number) {
    std::string out;
    base::JsonWriter::append_double(out, number);
    return out;
}

}  // namespace

std::optional<std::string> in_other_unit(FieldName field, dom::element value, const model::Unit& from,
                                         const model::Unit& to) {
    double number = 0;
    if (value.is_number() && value.get(number) == simdjson::SUCCESS) {
        const auto made = field == FieldName::Uncertainty ? model::convert_uncertainty(number, from, to)
                                                          : model::convert(number, from, to);
        return made && std::isfinite(*made) ? std::optional(json_of(*made)) : std::nullopt;
    }
    dom::array list;
    if (value.get(list) != simdjson::SUCCESS) return std::nullopt;
    std::string out = "[";
    for (const auto entry : list) {
        const auto made = in_other_unit(field, entry, from, to);
        if (!made) return std::nullopt;
        out.append(out.size() > 1 ? "," : "").append(*made);
    }
    return out.append("]");
}

bool Measure::has(FieldName field) const {
    if (!is_converted) return false;
    if (field == FieldName::Uncertainty) return !uncertainty.empty();
    return field == FieldName::Value || field == FieldName::Unit;
}

const std::string& Measure::json(FieldName field) const {
    if (field == FieldName::Uncertainty) return uncertainty;
    return field == FieldName::Unit ? unit : value;
}

Measure measured(model::NodeType type, dom::element attributes) {
    const bool is_measured = type == model::NodeType::Property || type == model::NodeType::Condition;
    const auto* key = is_measured ? key_unit(type, text_of(attributes, "key")) : nullptr;
    const auto text = text_of(attributes, "unit");
    // What is in the unit of its key already is shown as it is, to the last digit.
    if (key == nullptr || !key->unit || text.empty() || text == key->text) return {};
    const auto unit = model::parse_unit(text);
    dom::element value;
    if (!unit || attributes.at_key("value").get(value) != simdjson::SUCCESS) return {};
    const auto si = in_other_unit(FieldName::Value, value, *unit, *key->unit);
    if (!si) return {};
    Measure measure;
    measure.is_converted = true;
    measure.value = *si;
    base::JsonWriter::append_string(measure.unit, key->text);
    dom::element uncertainty;
    if (attributes.at_key("uncertainty").get(uncertainty) == simdjson::SUCCESS) {
        if (const auto made = in_other_unit(FieldName::Uncertainty, uncertainty, *unit, *key->unit))
            measure.uncertainty = *made;
    }
    return measure;
}

}  // namespace cript::api::legacy
