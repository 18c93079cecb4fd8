#include <charconv>
#include <limits>

#include "api/envelope.hpp"
#include "api/v1/errors.hpp"
#include "api/v1/node_answer.hpp"
#include "api/v1/routes.hpp"
#include "base/json_writer.hpp"
#include "service/node_history.hpp"

namespace cript::api::v1 {

namespace {

constexpr unsigned kRevisionsAPage = 50;

std::optional<std::int64_t> read_revision(std::string_view text) {
    std::int64_t revision = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), revision);
    if (status != std::errc{} || end != text.data() + text.size() || revision < 1) return std::nullopt;
    return revision;
}

/// `before=REVISION`, or nothing for the newest. Errors: InvalidInput.
base::Result<std::int64_t> read_before(std::string_view query) {
    if (query.empty()) return std::numeric_limits<std::int64_t>::max();
    constexpr std::string_view kBefore = "before=";
    if (query.starts_with(kBefore)) {
        if (const auto revision = read_revision(query.substr(kBefore.size()))) return *revision;
    }
    return base::fail({base::ErrorKind::InvalidInput,
                       "the only option of a history is 'before', the number of a revision",
                       {{"", "unknown option", "unknown_parameter", ""}}});
}

void append_account(base::JsonWriter& json, store::AccountId account, const service::AccountNames& names) {
    const auto found = names.find(account);
    if (found == names.end()) return;
    json.key("updated_by").begin_object().member("uuid", std::string_view(found->second.text())).end_object();
}

http::Response list_revisions(const Call& call) {
    const auto address = address_of(call.request);
    if (!address) return not_found();
    const auto before = read_before(call.request.raw_query);
    if (!before) return failure(before.error());
    const auto history = service::node_history(call.application.context, call.caller(), address->type,
                                               address->uuid, *before, kRevisionsAPage);
    if (!history) return failure(history.error());
    std::string data;
    base::JsonWriter json(data);
    json.begin_object().key("result").begin_array();
    for (const auto& revision : history->revisions) {
        json.begin_object()
            .member("revision", revision.number)
            .member("name", std::string_view(revision.name))
            .member("updated_at", std::string_view(revision.updated_at.text()));
        append_account(json, revision.updated_by, history->accounts);
        json.key("fields").begin_array();
        for (const auto& field : revision.fields) json.value(std::string_view(field));
        json.end_array().end_object();
    }
    json.end_array().member("count", history->count).member("limit", kRevisionsAPage).end_object();
    return success(data);
}

http::Response restore(const Call& call) {
    const auto address = address_of(call.request);
    const auto revision = read_revision(call.request.parameters[2]);
    if (!address || !revision) return not_found();
    const auto outcome = service::restore_revision(call.application.context, call.caller(), address->type,
                                                   address->uuid, *revision);
    if (!outcome) return failure(outcome.error());
    return saved_answer(call, address->type, *outcome);
}

constexpr Parameter kType{"type", "path", "slug of a node type, such as `material`", true};
constexpr Parameter kUuid{"uuid", "path", "uuid of the node", true};

}  // namespace

std::vector<ApiRoute> history_routes() {
    using http::Method;
    return {
        {.method = Method::Get,
         .pattern = "/api/v1/{type}/{uuid}/history",
         .access = Access::Caller,
         .scope = Scope::Read,
         .group = "History",
         .summary = "The revisions of a node, newest first",
         .details = "Each with the fields that it changed. The first has none: it made the node.",
         .parameters = {kType, kUuid, {"before", "query", "number of the last revision received", false}},
         .handler = list_revisions},
        {.method = Method::Post,
         .pattern = "/api/v1/{type}/{uuid}/history/{revision}/restore",
         .access = Access::Caller,
         .scope = Scope::Write,
         .group = "History",
         .summary = "Make a former revision the present one",
         .details = "As a new revision of this node; nodes that it links to stay as they are. Links to nodes "
                    "deleted "
                    "since are left out, with a warning.",
         .parameters = {kType, kUuid, {"revision", "path", "its number", true}},
         .handler = restore},
    };
}

}  // namespace cript::api::v1
