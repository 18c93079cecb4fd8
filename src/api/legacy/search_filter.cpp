#include "api/legacy/search_filter.hpp"

#include <algorithm>
#include <cmath>

#include "base/json_writer.hpp"

namespace cript::api::legacy {

namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kLongestQuery = std::size_t{256} << 10U;

bool meets(dom::element record, const SearchObject& query);

/// Of identifiers with these keys, the values mean a structure: a part of one is found too.
bool is_structure(dom::element identifier) {
    std::string_view key;
    return identifier.at_key("key").get(key) == simdjson::SUCCESS && (key == "bigsmiles" || key == "smiles");
}

/// Is there a value that is right? Of a list, any of its values may be.
template <class IsRight>
bool has_one(dom::element value, const IsRight& is_right) {
    dom::array list;
    if (value.get(list) != simdjson::SUCCESS) return is_right(value);
    return std::ranges::any_of(list, [&](dom::element one) { return has_one(one, is_right); });
}

/// The numbers of a query, held against those of one object in the unit that it shows.
class Numbers {
  public:
    Numbers(dom::element record, const SearchObject& query) : wanted_(query) {
        std::string_view text;
        if (record.at_key("unit").get(text) != simdjson::SUCCESS) text = {};
        is_same_text_ = text == query.unit_text;
        if (auto unit = model::parse_unit(text)) shown_ = *unit;
    }

    [[nodiscard]] bool compare(const SearchCondition& condition, dom::element value, double wanted,
                               Comparison comparison) const {
        const bool is_value = condition.key == "value";
        if (is_same_text_) return compare_number(value, wanted, comparison);
        if (!shown_) return false;
        const auto converted = is_value ? model::convert(wanted, *wanted_.unit, *shown_)
                                        : model::convert_uncertainty(wanted, *wanted_.unit, *shown_);
        // The zero of a scale is far from that of kelvin: what is left of a difference is rounded likewise.
        const auto magnitude = is_value ? std::abs(shown_->offset / shown_->factor) : 0;
        return converted && compare_number(value, *converted, comparison, magnitude);
    }

  private:
    const SearchObject& wanted_;
    std::optional<model::Unit> shown_;
    bool is_same_text_ = false;
};

/// One condition on the values of a member.
bool meets_values(dom::element record, dom::element value, const SearchCondition& condition,
                  const SearchObject& query) {
    const bool is_in = condition.comparison == Comparison::In;
    const bool finds_parts = query.type == &identifier_type() && condition.key == "value" &&
                             condition.is_bare && is_structure(record);
    const auto comparison = finds_parts ? Comparison::Contains
                            : is_in     ? Comparison::Exact
                                        : condition.comparison;
    std::optional<Numbers> numbers;
    if (query.unit && condition.is_number()) numbers.emplace(record, query);
    const auto is_met = [&](const Wanted& wanted) {
        return has_one(value, [&](dom::element one) {
            const auto* number = wanted.number();
            if (numbers && number != nullptr) return numbers->compare(condition, one, *number, comparison);
            return condition.is_loose ? compare_loosely(one, wanted, comparison)
                                      : compare(one, wanted, comparison);
        });
    };
    return is_in ? std::ranges::any_of(condition.values, is_met)
                 : std::ranges::all_of(condition.values, is_met);
}

bool is_nothing(dom::element value) {
    dom::array list;
    return value.is_null() || (value.get(list) == simdjson::SUCCESS && list.size() == 0);
}

bool meets(dom::element record, const SearchCondition& condition, const SearchObject& query) {
    dom::element value;
    const bool is_there = record.at_key(condition.key).get(value) == simdjson::SUCCESS;
    const bool asks_for_nothing = condition.values.size() == 1 && condition.values.front().is_null();
    if (condition.comparison == Comparison::IsNull)
        return *condition.values.front().truth() == (!is_there || is_nothing(value));
    if (asks_for_nothing && condition.comparison == Comparison::Exact) return !is_there || is_nothing(value);
    if (!is_there) return false;
    if (!condition.is_of_objects) return meets_values(record, value, condition, query);
    return std::ranges::all_of(condition.objects, [&](const SearchObject& object) {
        return has_one(value, [&](dom::element one) { return one.is_object() && meets(one, object); });
    });
}

bool meets(dom::element record, const SearchObject& query) {
    return std::ranges::all_of(
        query.conditions, [&](const SearchCondition& condition) { return meets(record, condition, query); });
}

base::Result<SearchObject> read_json(std::string_view json, const Type& type, bool is_loose) {
    auto query = base::JsonDocument::parse(json, {.bytes = kLongestQuery});
    CRIPT_CHECK(query);
    return read_search(query->root(), type, is_loose);
}

}  // namespace

base::Result<SearchFilter> SearchFilter::read(std::string_view body, const Type& type) {
    auto query = read_json(body.empty() ? "{}" : body, type, false);
    CRIPT_CHECK(query);
    return SearchFilter(std::move(*query));
}

base::Result<SearchFilter> SearchFilter::read(std::span<const std::pair<std::string, std::string>> parameters,
                                              const Type& type) {
    std::string text;
    base::JsonWriter json(text);
    json.begin_object();
    for (const auto& [name, value] : parameters) json.member(name, std::string_view(value));
    json.end_object();
    auto query = read_json(text, type, true);
    CRIPT_CHECK(query);
    return SearchFilter(std::move(*query));
}

bool SearchFilter::matches(std::string_view record) const {
    const auto document = base::JsonDocument::parse(record);
    return document && meets(document->root(), query_);
}

}  // namespace cript::api::legacy
