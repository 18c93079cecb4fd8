#include "api/legacy/document.hpp"

#include <set>

#include "api/legacy/document_writer.hpp"
#include "api/legacy/pointer.hpp"
#include "base/json_reader.hpp"
#include "base/log.hpp"
#include "model/kept_members.hpp"

namespace cript::api::legacy {

namespace {

constexpr std::size_t kLargestRecord = std::size_t{16} << 20U;

}  // namespace

void Draft::keep_group(const std::optional<base::Uuid>& uuid) {
    auto& attributes = graph.nodes.front().attributes;
    KeptDraft kept(attributes);
    kept.erase("group");
    if (uuid) kept.set("group", "\"" + uuid->text() + "\"");
    const auto json = kept.json();
    attributes = model::with_kept(attributes, json);
    // What is empty must be said where something may be stored.
    if (json.size() <= 2 && !graph.nodes.front().uuid_is_new)
        attributes = model::with_nothing_kept(attributes);
}

base::Result<Draft> read_document(std::string_view body, const DocumentContext& context) {
    auto document = base::JsonDocument::parse(body, {.bytes = kLargestRecord});
    CRIPT_CHECK(document);
    DocumentWriter writer(context);
    auto written = writer.write(document->root());
    model::ReadOptions reading{.root = context.type.type};
    reading.partial = context.stored != nullptr;
    reading.any_name = true;
    if (context.stored != nullptr) reading.root_uuid = context.stored->set.rows.at(context.stored->id).uuid;
    auto graph = model::read_graph(written.json, reading);
    auto problems = std::move(written.problems);
    if (!graph) {
        if (graph.error().problems.empty()) return base::fail(graph.error());
        std::set<std::string> told;
        for (const auto& problem : problems) told.insert(problem.pointer);
        for (auto& problem : graph.error().problems) {
            problem.pointer = pointer_in_body(context.type, problem.pointer);
            if (!told.contains(problem.pointer)) problems.push_back(std::move(problem));
        }
    }
    if (!problems.empty()) {
        auto message = problems.front().message;
        return base::fail({base::ErrorKind::InvalidInput, std::move(message), std::move(problems)});
    }
    for (std::size_t at = 0; at < graph->nodes.size() && at < written.kept.size(); ++at) {
        auto& node = graph->nodes[at];
        const auto& kept = written.kept[at];
        node.attributes = kept.size() <= 2 && !node.uuid_is_new ? model::with_nothing_kept(node.attributes)
                                                                : model::with_kept(node.attributes, kept);
    }
    for (const auto& key : written.dropped)
        base::log(base::LogLevel::Debug, "legacy.member_dropped",
                  {{"type", std::string(context.type.name)}, {"key", key}});
    Draft draft;
    draft.graph = std::move(*graph);
    draft.parent = written.parent;
    draft.group = written.group;
    draft.kept_links = std::move(written.kept_links);
    draft.is_public = written.is_public;
    return draft;
}

}  // namespace cript::api::legacy
