// The part of DocumentWriter that judges and writes values with their units.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "api/legacy/document_writer.hpp"
#include "api/legacy/key_units.hpp"
#include "api/legacy/matching.hpp"
#include "api/legacy/measure.hpp"
#include "api/legacy/terms.hpp"
#include "base/json_reader.hpp"
#include "model/units/measured_value.hpp"

namespace cript::api::legacy {

namespace dom = simdjson::dom;
using model::FieldName;
using model::NodeType;

namespace {

std::string_view text_of(const std::optional<dom::element>& value) {
    std::string_view text;
    return value && value->get(text) == simdjson::SUCCESS ? text : std::string_view{};
}

/// Numbers that came as text, as spreadsheets send them, become numbers; all else stays.
void append_numbers(std::string& out, dom::element value) {
    std::string_view text;
    dom::array list;
    if (value.get(list) == simdjson::SUCCESS) {
        out.push_back('[');
        for (const auto entry : list) {
            if (out.back() != '[') out.push_back(',');
            append_numbers(out, entry);
        }
        out.push_back(']');
        return;
    }
    double number = 0;
    if (value.get(text) == simdjson::SUCCESS) {
        const auto plain = trimmed(text);
        if (plain.empty()) {
            out.append("null");
            return;
        }
        const auto read = std::from_chars(plain.data(), plain.data() + plain.size(), number);
        const bool is_number =
            read.ec == std::errc() && read.ptr == plain.data() + plain.size() && std::isfinite(number);
        if (is_number) return base::JsonWriter::append_double(out, number);
    }
    base::append_json(out, value);
}

}  // namespace

bool DocumentWriter::is_of_measure(const Node& node, const Field& field) {
    const auto name = field.field;
    return (name == FieldName::Value || name == FieldName::Unit || name == FieldName::Uncertainty) &&
           !is_kept(field.shape) && model::can_be_measured(node.type.type);
}

/// Are value, unit and uncertainty what was shown of the stored node? Then what was entered stays, and is not
/// judged again.
bool DocumentWriter::brings_back_measure(const Node& node) {
    if (!node.shown) return false;
    constexpr std::array<std::string_view, 4> kMembers{"key", "value", "unit", "uncertainty"};
    return std::ranges::all_of(kMembers, [&](std::string_view key) {
        dom::element sent;
        dom::element present;
        return node.sent.at_key(key).get(sent) != simdjson::SUCCESS ||
               node.shown->root().at_key(key).get(present) != simdjson::SUCCESS ||
               says_the_same(sent, present);
    });
}

void DocumentWriter::write_measure(Node& node) {
    const auto type = node.type.type;
    if (!model::can_be_measured(type)) return;
    node.keeps_measure = brings_back_measure(node);
    if (node.keeps_measure) return;
    read_in_sent_unit(node);
    const auto sent_key = text_of(member_of(node, "key"));
    node.key = known_term(model::find_field(type, FieldName::Key)->vocabularies, sent_key)
                   .value_or(std::string(sent_key));
    if (type == NodeType::Quantity) return write_quantity(node);
    const auto value = member_of(node, "value");
    judge_measure(node, value ? stored_json(node, *value) : "null", text_of(member_of(node, "unit")));
}

/// Numbers that are left out beside another unit than the one shown mean the same as before. They are taken
/// as they were entered, which need not be as they are shown, so that no digit is lost on the way.
void DocumentWriter::read_in_sent_unit(Node& node) {
    const auto member = [](const auto& object, std::string_view key) {
        dom::element value;
        return object.at_key(key).get(value) == simdjson::SUCCESS ? std::optional(value) : std::nullopt;
    };
    if (!node.shown) return;
    const auto sent_unit = trimmed(text_of(member(node.sent, "unit")));
    const auto shown_unit = text_of(member(node.shown->root(), "unit"));
    const auto attributes = base::JsonDocument::parse(node.stored->attributes);
    if (!attributes || sent_unit.empty() || sent_unit == shown_unit) return;
    const auto stored_unit = text_of(member(attributes->root(), "unit"));
    const auto source = stored_unit == shown_unit ? node.shown->root() : attributes->root();
    const auto from = model::parse_unit(stored_unit);
    const auto into = model::parse_unit(sent_unit);
    if (stored_unit.empty() || !into) return;
    std::string text;
    base::JsonWriter json(text);
    json.begin_object();
    for (const auto field : {FieldName::Value, FieldName::Uncertainty}) {
        const auto name = model::text(field);
        const auto value = member(source, name);
        if (member(node.sent, name) || !value || value->is_null()) continue;
        const bool is_same = from && from->is_definite && from->factor == into->factor &&
                             from->offset == into->offset && model::is_same(from->dimension, into->dimension);
        std::optional<std::string> converted;
        if (is_same || sent_unit == trimmed(stored_unit)) {
            base::append_json(converted.emplace(), *value);
        } else if (from) {
            converted = in_other_unit(field, *value, *from, *into);
        }
        if (converted) {
            json.key(name).raw(*converted);
        } else {
            report(fmt::format("{}/{}", node.pointer, name),
                   fmt::format("'{}' cannot be left out: what is stored in '{}' is not converted to '{}'",
                               name, stored_unit, sent_unit),
                   "required");
        }
    }
    json.end_object();
    if (auto document = base::JsonDocument::parse(text)) node.in_sent_unit = std::move(*document);
}

/// The save judges what it is about to store. Here it is done so that all that is wrong is told at once.
void DocumentWriter::judge_measure(const Node& node, std::string_view value, std::string_view unit) {
    std::string attributes;
    base::JsonWriter(attributes)
        .begin_object()
        .member("key", std::string_view(node.key))
        .key("value")
        .raw(value)
        .member("unit", unit)
        .end_object();
    for (auto& problem : model::problems_of_value(node.type.type, attributes)) {
        problem.pointer.insert(0, node.pointer);
        written_.problems.push_back(std::move(problem));
    }
}

std::string DocumentWriter::number_json(const Node& node, dom::element value) {
    std::string json;
    if (model::is_number_key(node.type.type, node.key)) {
        append_numbers(json, value);
    } else {
        base::append_json(json, value);
    }
    return json;
}

bool DocumentWriter::is_list_as_text(const Node& node, dom::element value) {
    if (!value.is_array()) return false;
    const auto stored = node.stored == nullptr ? base::Result<base::JsonDocument>(base::fail({}))
                                               : base::JsonDocument::parse(node.stored->attributes);
    dom::element present;
    return !stored || stored->root().at_key("value").get(present) != simdjson::SUCCESS || !present.is_array();
}

std::string DocumentWriter::stored_json(const Node& node, dom::element value) {
    auto json = number_json(node, value);
    if (!is_list_as_text(node, value)) return json;
    std::string text;
    base::JsonWriter::append_string(text, json);
    return text;
}

void DocumentWriter::write_measured_value(Node& node, dom::element value) {
    const auto json = stored_json(node, value);
    if (is_list_as_text(node, value))
        node.kept.show_instead(FieldName::Value, json, number_json(node, value));
    json_.key("value").raw(json);
}

/// The model fixes the unit of a quantity by its key; what was entered is kept.
void DocumentWriter::write_quantity(Node& node) {
    node.is_measured = true;
    const auto value = member_of(node, "value");
    const auto unit_text = text_of(member_of(node, "unit"));
    const auto* fixed = key_unit(NodeType::Quantity, node.key);
    double number = 0;
    if (!value || !value->is_number() || value->get(number) != simdjson::SUCCESS) {
        report(node.pointer + "/value", "a quantity has a number as its value", "required");
        json_.member("value", 0.0).member("unit", fixed == nullptr ? unit_text : fixed->text);
        return;
    }
    if (fixed != nullptr && !fixed->text.empty() && unit_text.empty())
        report(node.pointer + "/unit", fmt::format("A unit is required for {}.", node.key), "required");
    const auto unit = model::parse_unit(unit_text);
    const bool is_other = fixed != nullptr && fixed->unit && unit && unit->is_definite &&
                          unit_text != fixed->text && !unit_text.empty() &&
                          model::is_same(unit->dimension, fixed->unit->dimension);
    const auto in_fixed =
        is_other ? model::convert(number, *unit, *fixed->unit) : base::Result<double>(number);
    std::string entered;
    base::append_json(entered, *value);
    std::string stored = entered;
    if (is_other) {
        stored.clear();
        base::JsonWriter::append_double(stored, in_fixed ? *in_fixed : number);
        std::string kept;
        base::JsonWriter(kept)
            .begin_object()
            .key("value")
            .raw(entered)
            .member("unit", unit_text)
            .end_object();
        node.kept.set("entered", std::move(kept));
    } else {
        node.kept.erase("entered");
    }
    const std::string_view shown = is_other ? std::string_view(fixed->text) : unit_text;
    judge_measure(node, stored, shown);
    json_.key("value").raw(stored);
    const auto uncertainty = member_of(node, "uncertainty");
    if (!uncertainty || !uncertainty->is_number() || uncertainty->get(number) != simdjson::SUCCESS) {
        json_.key("uncertainty").null();
    } else {
        const auto made =
            is_other ? model::convert_uncertainty(number, *unit, *fixed->unit) : base::Result<double>(number);
        json_.member("uncertainty", made ? *made : number);
    }
    json_.member("unit", shown);
    if (shown.empty()) {
        node.kept.show_instead(FieldName::Unit, R"("")", "null");
    } else {
        node.kept.show_as_is(FieldName::Unit);
    }
}

}  // namespace cript::api::legacy
