#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <span>

#include "api/envelope.hpp"
#include "api/v1/answer.hpp"
#include "api/v1/errors.hpp"
#include "api/v1/node_answer.hpp"
#include "api/v1/query.hpp"
#include "api/v1/routes.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "base/log.hpp"
#include "model/graph.hpp"
#include "service/awaited_nodes.hpp"
#include "service/delete_node.hpp"
#include "service/read_node.hpp"
#include "service/save_graph.hpp"

namespace cript::api::v1 {

namespace {

constexpr std::size_t kLargestDocument = std::size_t{64} << 20U;
constexpr std::size_t kLongestRemoval = std::size_t{1} << 20U;
constexpr std::size_t kMostChangesListed = 1'000;

/// The revision in `If-Match: "N"`; nothing without the header or for `*`. Errors: InvalidInput.
base::Result<std::optional<std::int64_t>> if_match(const http::Request& request) {
    const auto header = request.headers.find("If-Match");
    if (!header || *header == "*") return std::nullopt;
    std::int64_t revision = 0;
    const bool quoted = header->size() > 2 && header->front() == '"' && header->back() == '"';
    if (quoted) {
        const auto text = header->substr(1, header->size() - 2);
        const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), revision);
        if (status == std::errc{} && end == text.data() + text.size()) return revision;
    }
    return base::fail({base::ErrorKind::InvalidInput,
                       "If-Match must be an ETag that this server gave out, such as \"3\"",
                       {{"", "malformed If-Match", "invalid_value", ""}}});
}

http::Response node_answer(std::string_view node, std::int64_t revision) {
    std::string data;
    data.reserve(node.size() + 2);
    data.append("[").append(node).append("]");
    auto response = success(data);
    response.with("ETag", etag_of(revision));
    return response;
}

/// A node without links is answered where the request arrived; a graph is for the pool.
std::optional<http::Response> read_quickly(const Call& call) {
    const auto address = address_of(call.request);
    if (!address) return not_found();
    auto single = service::read_single(call.application.context, call.caller(), address->type, address->uuid);
    if (!single) return failure(single.error());
    if (single->has_links) return std::nullopt;
    std::string node;
    node.reserve(1024);
    append_leaf(node, *single);
    return node_answer(node, single->row.revision);
}

http::Response read_whole(const Call& call) {
    const auto address = address_of(call.request);
    if (!address) return not_found();
    auto graph =
        service::read_node_graph(call.application.context, call.caller(), address->type, address->uuid);
    if (!graph) return failure(graph.error());
    std::string node;
    append_graph(node, *graph);
    return node_answer(node, graph->root.revision);
}

http::Response dry_run_answer(const model::Graph& graph, const service::SaveOutcome& outcome) {
    std::string data;
    base::JsonWriter json(data);
    json.begin_object()
        .member("dry_run", true)
        .member("created", outcome.created)
        .member("changed", outcome.changed)
        .member("unchanged", outcome.unchanged)
        .key("nodes")
        .begin_array();
    std::size_t listed = 0;
    for (const auto& change : outcome.changes) {
        if (listed++ == kMostChangesListed) break;
        json.begin_object()
            .member("uuid", std::string_view(change.uuid.text()))
            .member("node", model::info(change.type).name)
            .member("pointer", std::string_view(graph.pointer(change.node)))
            .member("change", change.is_new ? "created" : "changed")
            .key("fields")
            .begin_array();
        for (const auto& field : change.fields) json.value(std::string_view(field));
        json.end_array().end_object();
    }
    json.end_array().end_object();
    return success(data, outcome.warnings);
}

http::Response save_failure(const Call& call, const base::Error& error) {
    const auto unknown = unknown_nodes(error);
    if (unknown.size() < 2) return failure(error);
    if (auto told = service::await_nodes(call.application.context, call.caller(), unknown); !told)
        return failure(told.error());
    return unknown_nodes_failure(error, unknown);
}

/// Is this one of the nodes that the caller was told of, under a label that is not its uuid? Refused, it
/// comes again by PATCH, and the address of that has the uuid.
base::Result<bool> names_another_node(const Call& call, const model::Graph& graph) {
    if (!graph.root_named_by_label) return false;
    const auto found = service::awaiting(call.application.context, call.caller(), graph.nodes.front().uuid);
    CRIPT_CHECK(found);
    return *found == store::Awaiting::OtherNodes;
}

/// Reads a document. If nothing but names is wrong with it, whether that counts is known to the store only:
/// names that the older dialect has saved come back with the rest of a project.
base::Result<model::Graph> read_with_any_names(std::string_view body, model::ReadOptions reading,
                                               service::SaveOptions& options) {
    auto graph = model::read_graph(body, reading);
    if (graph) return graph;
    auto& problems = graph.error().problems;
    const bool is_about_names =
        !problems.empty() && std::ranges::all_of(problems, [](const base::Problem& problem) {
            return problem.pointer.ends_with("/name") &&
                   (problem.code == "too_short" || problem.code == "forbidden_character");
        });
    if (!is_about_names) return graph;
    reading.any_name = true;
    auto again = model::read_graph(body, reading);
    if (!again) return graph;
    options.name_problems = std::move(problems);
    return again;
}

http::Response save(const Call& call, const model::ReadOptions& reading, service::SaveOptions options) {
    const auto query = read_node_query(call.request.raw_query);
    if (!query) return failure(query.error());
    options.dry_run = query->dry_run;
    options.replace_lists = query->replace_lists;
    auto graph = read_with_any_names(call.request.body, reading, options);
    if (!graph) return failure(graph.error());
    const auto is_another = names_another_node(call, *graph);
    if (!is_another) return failure(is_another.error());
    if (*is_another) {
        return failure({base::ErrorKind::InvalidInput,
                        "'uuid' is a required property",
                        {{"", "'uuid' is a required property", "required", ""}}});
    }
    auto outcome = service::save_graph(call.application.context, call.caller(), *graph, options);
    if (!outcome) return save_failure(call, outcome.error());
    if (options.dry_run) return dry_run_answer(*graph, *outcome);
    // What stays awaited by mistake costs requests, no data.
    if (auto noted = service::node_arrived(call.application.context, call.caller(), outcome->root); !noted)
        base::log(base::LogLevel::Warning, "awaited_nodes.not_noted", {{"reason", noted.error().message}});
    return saved_answer(call, reading.root, *outcome);
}

http::Response create(const Call& call) {
    const auto type = model::node_type_with_slug(call.request.parameters[0]);
    if (!type) return not_found();
    model::ReadOptions reading{.root = *type};
    reading.max_bytes = kLargestDocument;
    return save(call, reading, {.must_be_new = true});
}

/// A change of a node that is there; of one that is not, a creation under that uuid: the SDK repeats a POST
/// that it could not repair as a PATCH, and shows the answer to that.
http::Response change(const Call& call) {
    const auto address = address_of(call.request);
    if (!address) return not_found();
    auto revision = if_match(call.request);
    if (!revision) return failure(revision.error());
    auto stored = service::read_single(call.application.context, call.caller(), address->type, address->uuid);
    if (!stored && stored.error().kind != base::ErrorKind::NotFound) return failure(stored.error());
    model::ReadOptions reading{.root = address->type};
    reading.partial = stored.has_value();
    reading.root_uuid = address->uuid;
    reading.max_bytes = kLargestDocument;
    service::SaveOptions options;
    options.if_revision = *revision;
    options.must_exist = stored.has_value();
    return save(call, reading, options);
}

/// cript-python names the type of a document to take away as `"node": "Project"`.
base::Result<std::string> with_listed_type(std::string_view body) {
    auto document = base::JsonDocument::parse(body, {.bytes = kLongestRemoval});
    CRIPT_CHECK(document);
    simdjson::dom::object members;
    std::string text;
    if (document->root().get(members) != simdjson::SUCCESS) return std::string(body);
    base::JsonWriter json(text);
    json.begin_object();
    for (const auto [key, value] : members) {
        std::string content;
        base::append_json(content, value);
        if (key == "node" && value.is_string()) content = "[" + content + "]";
        json.key(key).raw(content);
    }
    json.end_object();
    return text;
}

/// No body, or an empty object, deletes the node itself.
bool is_whole_node(std::string_view body) {
    if (body.empty()) return true;
    const auto document = base::JsonDocument::parse(body, {.bytes = kLongestRemoval});
    return document && document->root().is_object() && simdjson::dom::object(document->root()).size() == 0;
}

/// Takes links and attributes away from a node.
http::Response take_away(const Call& call, const Address& address, std::optional<std::int64_t> revision,
                         bool dry_run) {
    auto stored = service::read_single(call.application.context, call.caller(), address.type, address.uuid);
    if (!stored) return failure(stored.error());
    auto body = with_listed_type(call.request.body);
    if (!body) return failure(body.error());
    model::ReadOptions reading{.root = address.type};
    reading.partial = true;
    reading.root_uuid = address.uuid;
    auto graph = model::read_graph(*body, reading);
    if (!graph) return failure(graph.error());
    service::SaveOptions options{.must_exist = true, .removes = true};
    options.if_revision = revision;
    options.dry_run = dry_run;
    auto outcome = service::save_graph(call.application.context, call.caller(), *graph, options);
    if (!outcome) return failure(outcome.error());
    if (dry_run) return dry_run_answer(*graph, *outcome);
    return saved_answer(call, address.type, *outcome);
}

http::Response dry_deletion_answer(const std::vector<service::DeletedNode>& deleted) {
    std::string data;
    base::JsonWriter json(data);
    json.begin_object().member("dry_run", true).member("deleted", deleted.size()).key("nodes").begin_array();
    for (const auto& node : std::span(deleted).first(std::min(deleted.size(), kMostChangesListed))) {
        json.begin_object()
            .member("uuid", std::string_view(node.uuid.text()))
            .member("node", model::info(node.type).name)
            .end_object();
    }
    json.end_array().end_object();
    return success(data);
}

http::Response erase(const Call& call) {
    const auto address = address_of(call.request);
    if (!address) return not_found();
    const auto query = read_delete_query(call.request.raw_query);
    if (!query) return failure(query.error());
    auto revision = if_match(call.request);
    if (!revision) return failure(revision.error());
    const bool is_whole = is_whole_node(call.request.body);
    if (!is_whole && (query->cascade || query->shared)) {
        return failure({base::ErrorKind::InvalidInput,
                        "'cascade' and 'shared' are of the deletion of a whole node",
                        {{"", "not an option with a body", "unknown_parameter", ""}}});
    }
    if (!is_whole) return take_away(call, *address, *revision, query->dry_run);
    auto deleted = service::delete_node(call.application.context, call.caller(), address->type, address->uuid,
                                        {.if_revision = *revision,
                                         .may_delete_shared = query->shared,
                                         .cascade = query->cascade,
                                         .dry_run = query->dry_run});
    if (!deleted) return failure(deleted.error());
    if (query->dry_run) return dry_deletion_answer(*deleted);
    return success("null");
}

constexpr std::string_view kNodeBody = R"({"$ref":"#/components/schemas/AnyNode"})";
constexpr Parameter kType{"type", "path", "slug of a node type, such as `material`", true};
constexpr Parameter kUuid{"uuid", "path", "uuid of the node", true};
constexpr Parameter kDryRun{"dry_run", "query", "`true`: validate and compare, store nothing", false};
constexpr Parameter kLists{
    "lists", "query", "`replace`: lists become what is sent; `unite` (default): what is stored stays", false};
constexpr Parameter kCascade{"cascade", "query",
                             "`true`: nodes that cannot be without it go too, if the caller may delete them",
                             false};
constexpr Parameter kShared{"shared", "query",
                            "`true`: delete even a reference or software, which are shared, while nothing "
                            "cites them",
                            false};
constexpr Parameter kIfMatch{"If-Match", "header",
                             "ETag that the caller has seen; another revision is answered 412", false};

}  // namespace

std::vector<ApiRoute> node_routes() {
    using http::Method;
    return {
        {.method = Method::Get,
         .pattern = "/api/v1/{type}/{uuid}",
         .access = Access::Caller,
         .scope = Scope::Read,
         .group = "Nodes",
         .summary = "A node with the whole graph below it",
         .details = "`data` is a list of that one node.",
         .parameters = {kType, kUuid},
         .handler = read_whole,
         .quick = read_quickly},
        {.method = Method::Post,
         .pattern = "/api/v1/{type}",
         .access = Access::Caller,
         .scope = Scope::Write,
         .group = "Nodes",
         .summary = "Save a new node with everything in it",
         .details = "All or nothing. The uuids may be the client's.",
         .parameters = {kType, kDryRun},
         .body = kNodeBody,
         .body_limit = kLargestDocument,
         .handler = create},
        {.method = Method::Patch,
         .pattern = "/api/v1/{type}/{uuid}",
         .access = Access::Caller,
         .scope = Scope::Write,
         .group = "Nodes",
         .summary = "Change a node and what is in it",
         .details = "Absent fields stay, null clears. A uuid that is not there yet is created.",
         .parameters = {kType, kUuid, kDryRun, kLists, kIfMatch},
         .body = kNodeBody,
         .body_limit = kLargestDocument,
         .handler = change},
        {.method = Method::Delete,
         .pattern = "/api/v1/{type}/{uuid}",
         .access = Access::Caller,
         .scope = Scope::Delete,
         .group = "Nodes",
         .summary = "Delete a node with everything contained in it",
         .details =
             "409 names the nodes that still need it. With a body, only takes away from the node: links "
             "named by uuid, and fields that are null.",
         .parameters = {kType, kUuid, kDryRun, kCascade, kShared, kIfMatch},
         .body_limit = kLongestRemoval,
         .handler = erase},
    };
}

}  // namespace cript::api::v1
