#include "model/graph.hpp"

#include <utility>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "model/graph_reader.hpp"

namespace cript::model {

std::string Graph::pointer(std::uint32_t node) const {
    const auto& it = nodes[node];
    if (it.parent == GraphNode::kNoParent) return {};
    return pointer(it.parent, it.parent_field, it.position);
}

std::string Graph::pointer(std::uint32_t node, FieldName field, std::size_t position) const {
    auto out = pointer(node);
    out.push_back('/');
    out.append(text(field));
    const auto* description = find_field(nodes[node].type, field);
    if (description != nullptr && description->kind == FieldKind::LinkList) {
        out.push_back('/');
        out.append(std::to_string(position));
    }
    return out;
}

base::Result<Graph> read_graph(std::string_view json, const ReadOptions& options) {
    auto document = base::JsonDocument::parse(json, {options.max_bytes, options.max_depth});
    if (!document) return base::fail(std::move(document).error());
    return GraphReader(options, json.size()).read(document->root());
}

}  // namespace cript::model
