#include "api/envelope.hpp"
#include "api/v1/errors.hpp"
#include "api/v1/routes.hpp"
#include "base/json_writer.hpp"
#include "model/graph.hpp"
#include "service/save_graph.hpp"

namespace cript::api::v1 {

namespace {

constexpr std::size_t kLargestDocument = std::size_t{64} << 20U;

http::Response verdict(bool is_valid, const std::vector<base::Problem>& errors,
                       const std::vector<base::Problem>& warnings) {
    std::string error_list;
    append_problems(error_list, errors);
    std::string warning_list;
    append_problems(warning_list, warnings);
    std::string data;
    base::JsonWriter(data)
        .begin_object()
        .member("valid", is_valid)
        .key("errors")
        .raw(error_list)
        .key("warnings")
        .raw(warning_list)
        .end_object();
    return success(data);
}

/// What is wrong with a document is the answer here; what keeps it from being judged is a failure.
http::Response verdict_of(const base::Error& error, const std::vector<base::Problem>& warnings) {
    const bool is_about_document = error.kind == base::ErrorKind::InvalidInput ||
                                   error.kind == base::ErrorKind::Conflict ||
                                   error.kind == base::ErrorKind::Forbidden;
    if (!is_about_document) return failure(error);
    if (!error.problems.empty()) return verdict(false, error.problems, warnings);
    return verdict(false, {{"", error.message, "invalid_document", ""}}, warnings);
}

http::Response validate(const Call& call) {
    const auto type = model::node_type_with_slug(call.request.parameters[0]);
    if (!type) return not_found();
    model::ReadOptions reading{.root = *type};
    reading.max_bytes = kLargestDocument;
    const auto graph = model::read_graph(call.request.body, reading);
    if (!graph) return verdict_of(graph.error(), {});
    const auto outcome =
        service::save_graph(call.application.context, call.caller(), *graph, {.dry_run = true});
    if (!outcome) return verdict_of(outcome.error(), graph->warnings);
    return verdict(true, {}, outcome->warnings);
}

}  // namespace

std::vector<ApiRoute> validation_routes() {
    return {{.method = http::Method::Post,
             .pattern = "/api/v1/validate/{type}",
             .access = Access::Caller,
             .scope = Scope::Read,
             .group = "Nodes",
             .summary = "Would this document be saved?",
             .details =
                 "Checks all that a save checks, against what is stored too, and stores nothing. A document "
                 "with faults is answered 200 with `valid: false` and `errors`.",
             .parameters = {{"type", "path", "slug of the type of its root", true}},
             .body = R"({"$ref":"#/components/schemas/AnyNode"})",
             .body_limit = kLargestDocument,
             .handler = validate}};
}

}  // namespace cript::api::v1
