#pragma once

#include <string>
#include <string_view>

#include "cript/json.hpp"

namespace cript::cli {

/// Is this value a node written out (not a link to one)?
[[nodiscard]] inline bool is_node(const Json& value) {
    return value.find("node") != nullptr;
}

/// "Material", or an empty text.
[[nodiscard]] inline std::string_view type_of(const Json& node) {
    const auto* marker = node.find("node");
    const auto* names = marker == nullptr ? nullptr : marker->if_array();
    if (names == nullptr || names->empty() || names->front().if_text() == nullptr) return {};
    return *names->front().if_text();
}

/// Calls `visit(field, child)` for each object directly below the node: nodes and links, alone or in lists.
template <class Visit>
void for_each_child(Json& node, Visit visit) {
    auto* members = node.if_object();
    if (members == nullptr) return;
    for (auto& [field, value] : *members) {
        if (value.if_object() != nullptr) {
            visit(std::string_view(field), value);
        } else if (auto* elements = value.if_array()) {
            for (auto& element : *elements) {
                if (element.if_object() != nullptr) visit(std::string_view(field), element);
            }
        }
    }
}

/// How many nodes are written out below this one, itself included.
[[nodiscard]] inline std::size_t node_count(Json& node) {
    std::size_t count = is_node(node) ? 1 : 0;
    for_each_child(node, [&count](std::string_view, Json& child) { count += node_count(child); });
    return count;
}

}  // namespace cript::cli
