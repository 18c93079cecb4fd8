#include "api/legacy/matching.hpp"

#include <algorithm>

#include "api/legacy/address.hpp"
#include "base/json_reader.hpp"

namespace cript::api::legacy {

namespace {

namespace dom = simdjson::dom;

bool is_empty(dom::element value) {
    std::string_view text;
    dom::array list;
    if (value.is_null()) return true;
    if (value.get(text) == simdjson::SUCCESS) return text.empty();
    return value.get(list) == simdjson::SUCCESS && list.size() == 0;
}

/// The URL that a value is, or that the object it is has.
std::string_view url_in(dom::element value) {
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) return text;
    if (value.is_object() && value.at_key("url").get(text) == simdjson::SUCCESS) return text;
    return {};
}

bool are_one_node(std::string_view left, std::string_view right) {
    const auto first = read_url(left);
    const auto second = read_url(right);
    return first && second && first->uuid == second->uuid;
}

bool members_say_the_same(dom::object left, dom::object right) {
    for (const auto [key, value] : left) {
        dom::element other;
        const bool is_there = right.at_key(key).get(other) == simdjson::SUCCESS;
        if (is_there ? !says_the_same(value, other) : !is_empty(value)) return false;
    }
    for (const auto [key, value] : right) {
        if (left.at_key(key).error() != simdjson::SUCCESS && !is_empty(value)) return false;
    }
    return true;
}

/// What tells sub-objects of one list apart: their key, or what they link to.
std::string label_of(dom::element object) {
    for (const std::string_view member : {"key", "reference", "material", "software"}) {
        std::string_view text;
        if (object.at_key(member).get(text) != simdjson::SUCCESS) continue;
        const auto url = read_url(text);
        return url ? url->uuid.text() : std::string(text);
    }
    return {};
}

struct Shown {
    const store::NodeRow* row;
    base::JsonDocument json;
    bool is_taken = false;
};

std::vector<Shown> shown_by(const RecordAnswer& answer, const std::vector<const store::NodeRow*>& stored) {
    std::vector<Shown> shown;
    for (const auto* row : stored) {
        std::string text;
        answer.append_sub_object(text, *row);
        if (auto json = base::JsonDocument::parse(text)) shown.push_back({row, std::move(*json)});
    }
    return shown;
}

}  // namespace

bool says_the_same(dom::element left, dom::element right) {
    if (is_empty(left) && is_empty(right)) return true;
    if (left.is_number() && right.is_number()) {
        double first = 0;
        double second = 0;
        return left.get(first) == simdjson::SUCCESS && right.get(second) == simdjson::SUCCESS && first == second;
    }
    if (left.is_bool() && right.is_bool()) return bool(left) == bool(right);
    if (left.is_object() && right.is_object()) {
        if (are_one_node(url_in(left), url_in(right))) return true;
        return members_say_the_same(dom::object(left), dom::object(right));
    }
    if (left.is_array() && right.is_array()) {
        const dom::array first = left;
        const dom::array second = right;
        return first.size() == second.size() &&
               std::equal(first.begin(), first.end(), second.begin(), [](auto one, auto other) {
                   return says_the_same(one, other);
               });
    }
    const auto first = url_in(left);
    const auto second = url_in(right);
    return (left.is_string() && right.is_string() && first == second) || are_one_node(first, second);
}

std::vector<Matched> match_sub_objects(const RecordAnswer& answer, const std::vector<dom::element>& sent,
                                       const std::vector<const store::NodeRow*>& stored) {
    std::vector<Matched> matched(sent.size());
    auto shown = shown_by(answer, stored);
    const auto take = [&](auto fits, bool is_same) {
        for (std::size_t at = 0; at < sent.size(); ++at) {
            if (matched[at].row != nullptr) continue;
            const auto found = std::ranges::find_if(
                shown, [&](const Shown& one) { return !one.is_taken && fits(sent[at], one.json.root()); });
            if (found == shown.end()) continue;
            found->is_taken = true;
            matched[at] = {found->row, is_same};
        }
    };
    take(says_the_same, true);
    take([](dom::element left, dom::element right) {
        return left.is_object() && label_of(left) == label_of(right);
    }, false);
    return matched;
}

}  // namespace cript::api::legacy
