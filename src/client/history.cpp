#include <fmt/format.h>

#include "base/encoding.hpp"
#include "cript/json_api.hpp"

namespace cript {

namespace {

Revision revision_of(const Json& json) {
    Revision revision;
    if (const auto* number = json.find("revision")) revision.number = number->as_integer().value_or(0);
    revision.name = json.text_of("name");
    revision.updated_at = json.text_of("updated_at");
    if (const auto* by = json.find("updated_by")) revision.updated_by = by->text_of("uuid");
    const auto* fields = json.find("fields");
    if (fields == nullptr || fields->if_array() == nullptr) return revision;
    for (const auto& field : *fields->if_array()) {
        if (const auto* name = field.if_text()) revision.fields.push_back(*name);
    }
    return revision;
}

std::string target_of(std::string_view type, std::string_view uuid) {
    return fmt::format("/{}/{}/history", type, base::percent_encode(uuid));
}

}  // namespace

Result<std::vector<Revision>> JsonApi::history(std::string_view type, std::string_view uuid) {
    std::vector<Revision> revisions;
    while (true) {
        auto target = target_of(type, uuid);
        if (!revisions.empty()) target += fmt::format("?before={}", revisions.back().number);
        const auto answer = call("GET", target);
        if (!answer) return answer.error();
        const auto* result = answer->data.find("result");
        const auto* page = result == nullptr ? nullptr : result->if_array();
        if (page == nullptr || page->empty()) return revisions;
        for (const auto& json : *page) revisions.push_back(revision_of(json));
        if (revisions.back().number <= 1) return revisions;
    }
}

Result<JsonSaved> JsonApi::restore(std::string_view type, std::string_view uuid, std::int64_t revision) {
    return saved_of(call("POST", fmt::format("{}/{}/restore", target_of(type, uuid), revision)), false);
}

}  // namespace cript
