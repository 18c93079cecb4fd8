#include "api/legacy/matching.hpp"

#include <deque>
#include <map>
#include <unordered_map>

#include "api/legacy/address.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

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

/// The node that a value is the URL of, or that the object it is has the URL of.
std::optional<std::string> node_in(dom::element value) {
    std::string_view text;
    const bool is_object = value.is_object() && value.at_key("url").get(text) == simdjson::SUCCESS;
    if (!is_object && value.get(text) != simdjson::SUCCESS) return std::nullopt;
    const auto url = read_url(text);
    return url ? std::optional(url->uuid.text()) : std::nullopt;
}

void append_number(std::string& out, dom::element value) {
    double number = 0;
    if (value.get(number) == simdjson::SUCCESS) base::JsonWriter::append_double(out, number);
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
    std::string meaning;
    std::string label;
    bool is_taken = false;
};

std::vector<Shown> shown_by(const RecordAnswer& answer, const std::vector<const store::NodeRow*>& stored) {
    std::vector<Shown> shown;
    shown.reserve(stored.size());
    for (const auto* row : stored) {
        std::string text;
        answer.append_sub_object(text, *row);
        if (const auto json = base::JsonDocument::parse(text))
            shown.push_back({row, meaning_of(json->root()), label_of(json->root())});
    }
    return shown;
}

/// What is shown, by one of its texts; of those with the same one, the first comes first.
class Waiting {
  public:
    Waiting(std::vector<Shown>& shown, std::string Shown::* text) {
        for (auto& one : shown) {
            if (!one.is_taken) by_text_[one.*text].push_back(&one);
        }
    }
    const store::NodeRow* take(const std::string& text) {
        const auto found = by_text_.find(text);
        if (found == by_text_.end() || found->second.empty()) return nullptr;
        auto* one = found->second.front();
        found->second.pop_front();
        one->is_taken = true;
        return one->row;
    }

  private:
    std::unordered_map<std::string, std::deque<Shown*>> by_text_;
};

}  // namespace

std::string meaning_of(dom::element value) {
    if (is_empty(value)) return {};
    if (auto node = node_in(value)) return "@" + *node;
    std::string out;
    dom::object object;
    dom::array list;
    if (value.is_number()) {
        append_number(out, value);
    } else if (value.get(object) == simdjson::SUCCESS) {
        std::map<std::string_view, std::string> members;
        for (const auto [key, member] : object) {
            if (auto meaning = meaning_of(member); !meaning.empty()) members[key] = std::move(meaning);
        }
        base::JsonWriter json(out);
        json.begin_object();
        for (const auto& [key, meaning] : members) json.key(key).raw(meaning);
        json.end_object();
    } else if (value.get(list) == simdjson::SUCCESS) {
        out.push_back('[');
        for (const auto entry : list) out.append(meaning_of(entry)).push_back(',');
        out.push_back(']');
    } else {
        base::append_json(out, value);
    }
    return out;
}

bool says_the_same(dom::element left, dom::element right) {
    return meaning_of(left) == meaning_of(right);
}

std::vector<Matched> match_sub_objects(const RecordAnswer& answer, const std::vector<dom::element>& sent,
                                       const std::vector<const store::NodeRow*>& stored) {
    std::vector<Matched> matched(sent.size());
    auto shown = shown_by(answer, stored);
    Waiting by_meaning(shown, &Shown::meaning);
    for (std::size_t at = 0; at < sent.size(); ++at) {
        matched[at].row = by_meaning.take(meaning_of(sent[at]));
        matched[at].is_same = matched[at].row != nullptr;
    }
    Waiting by_label(shown, &Shown::label);
    for (std::size_t at = 0; at < sent.size(); ++at) {
        if (matched[at].row == nullptr && sent[at].is_object())
            matched[at].row = by_label.take(label_of(sent[at]));
    }
    return matched;
}

}  // namespace cript::api::legacy
