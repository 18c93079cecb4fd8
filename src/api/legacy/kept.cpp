#include "api/legacy/kept.hpp"

#include <fmt/format.h>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "model/kept_members.hpp"

namespace cript::api::legacy {

namespace {

namespace dom = simdjson::dom;

constexpr std::string_view kShown = "shown";

std::string text_of(dom::element value) {
    std::string text;
    base::append_json(text, value);
    return text;
}

void append_members(std::string& out, const std::map<std::string, std::string, std::less<>>& members) {
    base::JsonWriter json(out);
    json.begin_object();
    for (const auto& [key, value] : members) json.key(key).raw(value);
    json.end_object();
}

}  // namespace

Kept::Kept(dom::element attributes) {
    dom::element object;
    if (attributes.at_key(model::kKeptMember).get(object) == simdjson::SUCCESS) object_ = object;
}

std::optional<dom::element> Kept::find(std::string_view key) const {
    dom::element value;
    if (!object_ || object_->at_key(key).get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
}

std::vector<base::Uuid> Kept::uuids(std::string_view key) const {
    std::vector<base::Uuid> uuids;
    const auto add = [&](dom::element value) {
        std::string_view text;
        if (value.get(text) != simdjson::SUCCESS) return;
        if (const auto uuid = base::Uuid::parse(text)) uuids.push_back(*uuid);
    };
    const auto value = find(key);
    if (!value) return uuids;
    dom::array list;
    if (value->get(list) != simdjson::SUCCESS) {
        add(*value);
        return uuids;
    }
    for (const auto entry : list) add(entry);
    return uuids;
}

std::optional<dom::element> Kept::shown_instead(model::FieldName field, dom::element value) const {
    const auto all = find(kShown);
    dom::array pair;
    if (!all || all->at_key(model::text(field)).get(pair) != simdjson::SUCCESS || pair.size() != 2)
        return std::nullopt;
    if (text_of(pair.at(0)) != text_of(value)) return std::nullopt;
    return pair.at(1);
}

KeptDraft::KeptDraft(std::string_view attributes) {
    const auto document = base::JsonDocument::parse(attributes);
    dom::object object;
    if (!document || document->root().at_key(model::kKeptMember).get(object) != simdjson::SUCCESS) return;
    for (const auto [key, value] : object) {
        dom::object shown;
        if (key != kShown || value.get(shown) != simdjson::SUCCESS) {
            members_[std::string(key)] = text_of(value);
            continue;
        }
        for (const auto [field, pair] : shown) shown_[std::string(field)] = text_of(pair);
    }
}

void KeptDraft::set(std::string_view key, std::string json) {
    members_.insert_or_assign(std::string(key), std::move(json));
}

void KeptDraft::erase(std::string_view key) {
    const auto found = members_.find(key);
    if (found != members_.end()) members_.erase(found);
}

void KeptDraft::show_instead(model::FieldName field, std::string_view value, std::string_view shown) {
    shown_.insert_or_assign(std::string(model::text(field)), fmt::format("[{},{}]", value, shown));
}

void KeptDraft::show_as_is(model::FieldName field) {
    const auto found = shown_.find(model::text(field));
    if (found != shown_.end()) shown_.erase(found);
}

std::string KeptDraft::json() const {
    auto members = members_;
    if (!shown_.empty()) append_members(members[std::string(kShown)], shown_);
    std::string out;
    append_members(out, members);
    return out;
}

}  // namespace cript::api::legacy
