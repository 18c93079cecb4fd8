#include "store/row_text.hpp"

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

namespace cript::store {

NodeRow user_node(const AccountRow& account) {
    NodeRow node;
    node.uuid = account.uuid;
    node.type = model::NodeType::User;
    base::JsonWriter json(node.attributes);
    json.begin_object().member("username", std::string_view(account.username)).end_object();
    node.created_by = node.updated_by = account.id;
    node.created_at = node.updated_at = account.created_at;
    node.is_public = true;
    return node;
}

std::string history_edges(std::span<const EdgeRow> edges) {
    std::string text;
    base::JsonWriter json(text);
    json.begin_array();
    for (const auto& edge : edges) {
        json.begin_array();
        json.value(model::text(edge.field)).value(edge.position).value(edge.child);
        json.end_array();
    }
    json.end_array();
    return text;
}

std::vector<EdgeRow> read_history_edges(NodeId parent, std::string_view text) {
    std::vector<EdgeRow> edges;
    const auto document = base::JsonDocument::parse(text);
    simdjson::dom::array list;
    if (!document || document->root().get(list) != simdjson::SUCCESS) return edges;
    for (const auto entry : list) {
        std::string_view name;
        std::uint64_t position = 0;
        std::int64_t child = 0;
        if (entry.at(0).get(name) != simdjson::SUCCESS || entry.at(1).get(position) != simdjson::SUCCESS ||
            entry.at(2).get(child) != simdjson::SUCCESS) {
            continue;
        }
        if (const auto field = model::field_named(name))
            edges.push_back({parent, *field, static_cast<std::uint32_t>(position), child});
    }
    return edges;
}

std::string like_pattern(std::string_view text) {
    std::string pattern("%");
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern.push_back('\\');
        pattern.push_back(c);
    }
    return pattern + "%";
}

}  // namespace cript::store
