/// Reads any bytes as a document of a node type that the first byte chooses, and checks what holds for every
/// outcome.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string_view>

#include "base/json_reader.hpp"
#include "model/graph.hpp"

namespace {

using namespace cript;
using namespace cript::model;

void require(bool condition) {
    if (!condition) std::abort();
}

void check_graph(const Graph& graph) {
    require(!graph.nodes.empty() && graph.nodes[0].parent == GraphNode::kNoParent);
    std::set<base::Uuid> uuids;
    for (std::uint32_t at = 0; at < graph.nodes.size(); ++at) {
        const auto& node = graph.nodes[at];
        require(at == 0 || node.parent < graph.nodes.size());
        require(!node.uuid.is_nil() && uuids.insert(node.uuid).second);
        require(base::JsonDocument::parse(node.attributes).has_value());
        require(merge_attributes(node.type, node.attributes, node.attributes, {}) == node.attributes);
        require(at == 0 || !graph.pointer(at).empty());
        require(std::ranges::is_sorted(
            node.links, {}, [&](const Links& links) { return find_field(node.type, links.field); }));
        for (const auto& links : node.links) {
            for (const auto& target : links.targets) {
                require(!target.uuid.is_nil());
                if (target.node == LinkTarget::kElsewhere) continue;
                require(target.node < graph.nodes.size() && graph.nodes[target.node].uuid == target.uuid);
                require(graph.nodes[target.node].type == find_field(node.type, links.field)->target);
            }
        }
    }
}

void check_error(const base::Error& error) {
    require(!error.message.empty());
    require((error.kind == base::ErrorKind::InvalidInput) == !error.problems.empty());
    for (const auto& problem : error.problems) {
        require(!problem.code.empty() && !problem.message.empty());
        require(problem.pointer.empty() || problem.pointer.front() == '/');
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    ReadOptions options{.root = static_cast<NodeType>(data[0] % kNodeTypeCount)};
    options.partial = data[0] >= 128;
    options.max_nodes = 1'000;
    options.max_problems = 20;
    const auto graph = read_graph({reinterpret_cast<const char*>(data) + 1, size - 1}, options);
    if (graph) {
        check_graph(*graph);
    } else {
        check_error(graph.error());
    }
    return 0;
}
