// The part of DocumentWriter that judges and writes values with their units.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/legacy/document_writer.hpp"
#include "api/legacy/key_units.hpp"
#include "api/legacy/matching.hpp"
#include "api/legacy/terms.hpp"
#include "base/json_reader.hpp"

namespace cript::api::legacy {

namespace dom = simdjson::dom;
using model::FieldName;
using model::NodeType;

namespace {

std::string_view text_at(dom::object object, std::string_view key) {
    std::string_view text;
    return object.at_key(key).get(text) == simdjson::SUCCESS ? text : std::string_view{};
}

void collect_numbers(dom::element value, std::vector<double>& numbers) {
    double number = 0;
    dom::array list;
    if (value.is_number() && value.get(number) == simdjson::SUCCESS) {
        numbers.push_back(number);
    } else if (value.get(list) == simdjson::SUCCESS) {
        for (const auto entry : list) collect_numbers(entry, numbers);
    }
}

}  // namespace

/// Are value, unit and uncertainty what was shown of the stored node? Then what was entered stays, and is not
/// judged again (decision D9).
bool DocumentWriter::brings_back_measure(const Node& node) const {
    if (node.stored == nullptr || context_.answer == nullptr) return false;
    std::string text;
    context_.answer->append_sub_object(text, *node.stored);
    const auto shown = base::JsonDocument::parse(text);
    if (!shown) return false;
    constexpr std::array<std::string_view, 4> kMembers{"key", "value", "unit", "uncertainty"};
    return std::ranges::all_of(kMembers, [&](std::string_view key) {
        dom::element sent;
        dom::element present;
        return node.sent.at_key(key).get(sent) == simdjson::SUCCESS &&
               shown->root().at_key(key).get(present) == simdjson::SUCCESS && says_the_same(sent, present);
    });
}

void DocumentWriter::write_measure(Node& node) {
    const auto type = node.type.type;
    if (type != NodeType::Property && type != NodeType::Condition && type != NodeType::Quantity) return;
    if (brings_back_measure(node)) {
        node.is_measured = true;
        return;
    }
    const auto sent_key = text_at(node.sent, "key");
    const auto* field = model::find_field(type, FieldName::Key);
    const auto key = known_term(field->vocabularies, sent_key).value_or(std::string(sent_key));
    SentMeasure measure{type, key, text_at(node.sent, "unit"), {}};
    dom::element value;
    if (node.sent.at_key("value").get(value) == simdjson::SUCCESS) {
        collect_numbers(value, measure.numbers);
        measure.is_text = value.is_string();
    }
    auto problems = problems_of(measure);
    const bool is_good = problems.empty();
    for (auto& problem : problems) {
        problem.pointer.insert(0, node.pointer);
        written_.problems.push_back(std::move(problem));
    }
    if (type != NodeType::Quantity) return;
    node.is_measured = true;
    if (measure.numbers.size() != 1 || !value.is_number())
        return report(node.pointer + "/value", "a quantity has a number as its value", "required");
    if (is_good) write_quantity(node, measure.numbers.front(), key, measure.unit);
}

/// The model fixes the unit of a quantity by its key; what was entered is kept.
void DocumentWriter::write_quantity(Node& node, double value, std::string_view key,
                                    std::string_view unit_text) {
    dom::element uncertainty;
    const bool has_uncertainty =
        node.sent.at_key("uncertainty").get(uncertainty) == simdjson::SUCCESS && uncertainty.is_number();
    const auto* fixed = key_unit(NodeType::Quantity, key);
    const auto unit = model::parse_unit(unit_text);
    const bool is_other = fixed != nullptr && fixed->unit && unit && unit->is_definite &&
                          unit_text != fixed->text && !unit_text.empty();
    std::string entered;
    base::append_json(entered, node.sent.at_key("value").value());
    if (is_other) {
        const auto made = model::convert(value, *unit, *fixed->unit);
        json_.member("value", made ? *made : value);
        std::string kept;
        base::JsonWriter(kept)
            .begin_object()
            .key("value")
            .raw(entered)
            .member("unit", unit_text)
            .end_object();
        node.kept.set("entered", std::move(kept));
    } else {
        json_.key("value").raw(entered);
        node.kept.erase("entered");
    }
    double number = 0;
    if (!has_uncertainty || uncertainty.get(number) != simdjson::SUCCESS) {
        json_.key("uncertainty").null();
    } else {
        const auto made =
            is_other ? model::convert_uncertainty(number, *unit, *fixed->unit) : base::Result<double>(number);
        json_.member("uncertainty", made ? *made : number);
    }
    const std::string_view shown = is_other ? std::string_view(fixed->text) : unit_text;
    json_.member("unit", shown);
    if (shown.empty()) {
        node.kept.show_instead(FieldName::Unit, R"("")", "null");
    } else {
        node.kept.show_as_is(FieldName::Unit);
    }
}

}  // namespace cript::api::legacy
