#include "service/attach_file.hpp"

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "service/file_storage.hpp"
#include "service/node_policy.hpp"
#include "service/read_node.hpp"
#include "service/save_graph.hpp"

namespace cript::service {

base::Result<store::NodeRow> file_to_fill(Context& context, const account::Caller& caller,
                                          const base::Uuid& node) {
    return read<store::NodeRow>(context.store, [&](store::Reader& reader) -> base::Result<store::NodeRow> {
        auto point = read_visible(reader, caller, model::NodeType::File, node);
        CRIPT_CHECK(point);
        const auto target = policy_target(caller, point->node, point->access);
        if (account::decide(caller, account::Action::Change, target) != account::Verdict::Allowed)
            return base::fail(base::ErrorKind::Forbidden, "you may read this file, not change it");
        return std::move(point->node);
    });
}

std::string announced_sha256(const store::NodeRow& file) {
    const auto attributes = base::JsonDocument::parse(file.attributes);
    std::string_view checksum;
    const bool is_there =
        attributes && attributes->root().at_pointer("/legacy/checksum").get(checksum) == simdjson::SUCCESS;
    return is_there ? std::string(checksum) : std::string();
}

base::Result<void> attach_file(Context& context, const account::Caller& caller, const base::Uuid& node,
                               const store::StoredFileRow& file) {
    auto row = file_to_fill(context, caller, node);
    CRIPT_CHECK(row);
    CRIPT_CHECK(check_content(announced_sha256(*row), file.digest));
    model::GraphNode change{};
    change.type = model::NodeType::File;
    change.uuid = node;
    base::JsonWriter(change.attributes)
        .begin_object()
        .member("source", std::string_view(file.key))
        .end_object();
    model::Graph graph;
    graph.nodes.push_back(std::move(change));
    CRIPT_CHECK(save_graph(context, caller, graph, {.must_exist = true}));
    return {};
}

}  // namespace cript::service
