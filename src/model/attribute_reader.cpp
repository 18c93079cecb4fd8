#include "model/attribute_reader.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <iterator>
#include <optional>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "model/code_points.hpp"
#include "model/problem_codes.hpp"
#include "model/suggestion.hpp"
#include "model/term_facts.hpp"

namespace cript::model {

namespace dom = simdjson::dom;

namespace {

constexpr std::string_view kForbiddenInNames = "^<>|$";
constexpr double kLargestExactInteger = 9007199254740992.0;  // 2^53

std::string_view expectation(FieldKind kind) {
    switch (kind) {
        case FieldKind::Text:
            return "text";
        case FieldKind::Integer:
            return "an integer";
        case FieldKind::Number:
            return "a number";
        case FieldKind::Boolean:
            return "true or false";
        case FieldKind::TextList:
            return "a list of texts";
        case FieldKind::IntegerList:
            return "a list of integers";
        case FieldKind::NumberOrText:
            return "a number or text";
        case FieldKind::NumberTextOrFlag:
            return "a number, text, true or false";
        case FieldKind::NumberTextOrList:
            return "a number, text or a list of these";
        case FieldKind::AnyValue:
            return "a number, text, true, false or a list of these";
        case FieldKind::Link:
            return "a node";
        case FieldKind::LinkList:
            return "a list of nodes";
    }
    return "a value";
}

bool allows_flag(FieldKind kind) {
    return kind == FieldKind::NumberTextOrFlag || kind == FieldKind::AnyValue;
}

bool allows_list(FieldKind kind) {
    return kind == FieldKind::NumberTextOrList || kind == FieldKind::AnyValue;
}

/// An integer, or a float that is one (JSON Schema counts 2.0 as an integer).
std::optional<std::int64_t> whole_number(dom::element value) {
    std::int64_t integer = 0;
    if (value.get(integer) == simdjson::SUCCESS) return integer;
    double number = 0;
    if (!value.is_double() || value.get(number) != simdjson::SUCCESS) return std::nullopt;
    if (std::trunc(number) != number || std::abs(number) > kLargestExactInteger) return std::nullopt;
    return static_cast<std::int64_t>(number);
}

/// "a, b or c"
std::string names_of(std::span<const Vocabulary> vocabularies) {
    std::string out;
    for (std::size_t at = 0; at < vocabularies.size(); ++at) {
        if (at > 0) out += at + 1 == vocabularies.size() ? " or " : ", ";
        out += text(vocabularies[at]);
    }
    return out;
}

}  // namespace

std::string_view kind_of(dom::element value) {
    switch (value.type()) {
        case dom::element_type::OBJECT:
            return "an object";
        case dom::element_type::ARRAY:
            return "a list";
        case dom::element_type::STRING:
            return "text";
        case dom::element_type::INT64:
        case dom::element_type::UINT64:
            return "an integer";
        case dom::element_type::DOUBLE:
            return "a number";
        case dom::element_type::BOOL:
            return "a boolean";
        case dom::element_type::NULL_VALUE:
            return "null";
    }
    return "something else";
}

void AttributeReader::wrong_type(const Step& place, std::string_view expected, dom::element found) {
    problems_.add(place, codes::kWrongType,
                  [&] { return Finding{fmt::format("expected {}, found {}", expected, kind_of(found))}; });
}

void AttributeReader::check_term(const Field& field, std::string_view word, const Step& place) {
    if (word.size() > 1 && word.front() == '+') return;  // a custom term
    for (const auto vocabulary : field.vocabularies) {
        const auto* facts = find_facts(vocabulary, word);
        if (facts == nullptr) continue;
        if (facts->replaced_by.empty()) return;
        warnings_.add(place, codes::kReplacedTerm, [&] {
            return Finding{
                fmt::format("'{}' is an old term, the present one is '{}'", word, facts->replaced_by),
                std::string(facts->replaced_by)};
        });
        return;
    }
    problems_.add(place, codes::kUnknownTerm, [&] {
        const auto suggestion = suggest_term(field.vocabularies, word);
        auto message = fmt::format("'{}' is not a term of {}", word, names_of(field.vocabularies));
        if (!suggestion.empty())
            fmt::format_to(std::back_inserter(message), " (did you mean '{}'?)", suggestion);
        return Finding{std::move(message), std::string(suggestion)};
    });
}

void AttributeReader::check_text(const Field& field, std::string_view text, const Step& place) {
    // No code point has more than four bytes, so most texts need not be counted.
    const auto min_length = takes_any_name_ && field.is_name ? 1U : field.min_length;
    const bool surely_fits =
        text.size() <= field.max_length && text.size() >= std::size_t{4} * min_length;
    if (!surely_fits) {
        const auto length = code_points(text);
        if (length < min_length) {
            problems_.add(place, codes::kTooShort, [&] {
                return Finding{
                    fmt::format("has {} characters, at least {} are needed", length, min_length)};
            });
        } else if (length > field.max_length) {
            problems_.add(place, codes::kTooLong, [&] {
                return Finding{
                    fmt::format("has {} characters, at most {} are allowed", length, field.max_length)};
            });
        }
    }
    if (field.is_name && !takes_any_name_ && text.find_first_of(kForbiddenInNames) != std::string_view::npos) {
        problems_.add(place, codes::kForbiddenCharacter,
                      [] { return Finding{"a name may not contain any of ^ < > | $"}; });
    }
    if (text.find('\0') != std::string_view::npos) {
        problems_.add(place, codes::kForbiddenCharacter,
                      [] { return Finding{"text may not contain the character U+0000"}; });
    }
    if (!field.vocabularies.empty()) check_term(field, text, place);
}

void AttributeReader::read_text(const Field& field, dom::element value, const Step& place, std::string& out) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return wrong_type(place, "text", value);
    check_text(field, text, place);
    base::JsonWriter::append_string(out, text);
}

void AttributeReader::read_integer(dom::element value, const Step& place, std::string& out) {
    const auto number = whole_number(value);
    if (!number) return wrong_type(place, "an integer", value);
    fmt::format_to(std::back_inserter(out), "{}", *number);
}

template <class ReadItem>
void AttributeReader::read_list(dom::element value, const Step& place, std::string& out, ReadItem read_item) {
    dom::array list;
    if (value.get(list) != simdjson::SUCCESS) return wrong_type(place, "a list", value);
    out.push_back('[');
    std::size_t position = 0;
    for (const auto item : list) {
        if (position > 0) out.push_back(',');
        read_item(item, place.item(position++));
    }
    out.push_back(']');
}

void AttributeReader::read_free_list(const Field& field, dom::array list, const Step& place,
                                     std::string& out) {
    out.push_back('[');
    std::size_t position = 0;
    for (const auto item : list) {
        if (position > 0) out.push_back(',');
        const auto here = place.item(position++);
        if (item.is_array()) {  // tensors and tables are lists of lists
            read_free_list(field, dom::array(item), here, out);
        } else {
            read_scalar(field, item, here, out);
        }
    }
    out.push_back(']');
}

void AttributeReader::read_scalar(const Field& field, dom::element value, const Step& place,
                                  std::string& out) {
    const bool fits = value.is_number() || (value.is_string() && field.kind != FieldKind::Number) ||
                      (value.is_bool() && allows_flag(field.kind));
    if (!fits) return wrong_type(place, expectation(field.kind), value);
    if (value.is_string()) check_text(field, std::string_view(value), place);
    base::append_json(out, value);
}

void AttributeReader::read(const Field& field, dom::element value, const Step& place, std::string& out) {
    switch (field.kind) {
        case FieldKind::Text:
            return read_text(field, value, place, out);
        case FieldKind::Integer:
            return read_integer(value, place, out);
        case FieldKind::Boolean:
            if (!value.is_bool()) return wrong_type(place, expectation(field.kind), value);
            return base::append_json(out, value);
        case FieldKind::TextList:
            return read_list(value, place, out,
                             [&](dom::element item, const Step& here) { read_text(field, item, here, out); });
        case FieldKind::IntegerList:
            return read_list(value, place, out,
                             [&](dom::element item, const Step& here) { read_integer(item, here, out); });
        case FieldKind::Number:
        case FieldKind::NumberOrText:
        case FieldKind::NumberTextOrFlag:
        case FieldKind::NumberTextOrList:
        case FieldKind::AnyValue:
            if (value.is_array() && allows_list(field.kind)) {
                return read_free_list(field, dom::array(value), place, out);
            }
            return read_scalar(field, value, place, out);
        case FieldKind::Link:
        case FieldKind::LinkList:
            return;  // links are not attributes
    }
}

}  // namespace cript::model
