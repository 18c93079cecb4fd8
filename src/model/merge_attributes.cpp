#include <simdjson.h>

#include <algorithm>
#include <optional>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "model/graph.hpp"
#include "model/kept_members.hpp"

namespace cript::model {

namespace dom = simdjson::dom;

namespace {

std::optional<dom::element> member(dom::element object, std::string_view key) {
    dom::element value;
    if (object.at_key(key).get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
}

void append_member(std::string& out, std::string_view key, dom::element value) {
    if (out.size() > 1) out.push_back(',');
    base::JsonWriter::append_string(out, key);
    out.push_back(':');
    base::append_json(out, value);
}

}  // namespace

std::string merge_attributes(NodeType type, std::string_view stored, std::string_view sent,
                             const std::vector<FieldName>& cleared) {
    if (cleared.empty() && (sent == "{}" || sent == stored)) return std::string(stored);
    const auto before = base::JsonDocument::parse(stored);
    const auto change = base::JsonDocument::parse(sent);
    // Both come from read_graph or from the store, so they are JSON; if not, what was sent is the better
    // text.
    if (!before || !change) return std::string(change ? sent : stored);

    std::string out = "{";
    out.reserve(stored.size() + sent.size());
    for (const auto& field : info(type).fields) {
        const auto name = text(field.name);
        if (const auto value = member(change->root(), name)) {
            append_member(out, name, *value);
        } else if (std::ranges::find(cleared, field.name) == cleared.end()) {
            if (const auto kept = member(before->root(), name)) append_member(out, name, *kept);
        }
    }
    out.push_back('}');
    // What no field of the model holds was stored by another dialect, and stays until that says otherwise.
    const auto kept = kept_of(sent);
    return with_kept(out, kept.empty() ? kept_of(stored) : kept);
}

std::vector<base::Problem> problems_of_whole(NodeType type, std::string_view attributes) {
    if (type != NodeType::Quantity && type != NodeType::Parameter) return {};
    const auto own = without_kept(attributes);
    std::string document(R"({"node":[")");
    document.append(info(type).name).append("\"]");
    if (own.size() > 2) document.append(",").append(own, 1, own.size() - 2);
    document.append("}");
    auto graph = read_graph(document, {.root = type});
    if (graph) return {};
    return std::move(graph.error().problems);
}

}  // namespace cript::model
