#include <fmt/format.h>

#include "api/account/routes.hpp"
#include "api/legacy/address.hpp"
#include "api/legacy/document.hpp"
#include "api/legacy/errors.hpp"
#include "api/legacy/pointer.hpp"
#include "api/legacy/routes.hpp"
#include "service/delete_node.hpp"
#include "service/groups.hpp"
#include "service/read_node.hpp"
#include "service/record_place.hpp"

namespace cript::api::legacy {

namespace {

using base::ErrorKind;
using model::NodeType;
using service::Record;

constexpr unsigned kMostTries = 5;

bool is_shared(const Type& type) {
    return model::info(type.type).group == model::NodeGroup::PrimaryPublic;
}

/// What every change needs.
struct Place {
    const Call& call;
    const Type& type;
    std::string site;
};

http::Response record_answer(const Place& place, unsigned status, const Record& record) {
    std::string body;
    RecordAnswer(place.site, record.set, place.call.caller()).append_record(body, record.id);
    return answer(status, std::move(body));
}

http::Response read_back(const Place& place, unsigned status, const base::Uuid& uuid) {
    auto record =
        service::read_record(place.call.application.context, place.call.caller(), place.type.type, uuid);
    if (!record) return failure(record.error());
    return record_answer(place, status, *record);
}

http::Response read(const Call& call, const Type& type) {
    const auto uuid = base::Uuid::parse(call.request.parameters[0]);
    if (!uuid) return not_found();
    auto site = site_of(call);
    if (!site) return failure(site.error());
    return read_back({call, type, *site}, 200, *uuid);
}

/// A record without links is answered where the request arrived.
std::optional<http::Response> read_quickly(const Call& call, const Type& type) {
    const auto uuid = base::Uuid::parse(call.request.parameters[0]);
    auto site = site_of(call);
    if (!uuid || !site) return std::nullopt;
    auto record = service::read_small_record(call.application.context, call.caller(), type.type, *uuid);
    if (!record) return failure(record.error());
    if (!*record) return std::nullopt;
    return record_answer({call, type, *site}, 200, **record);
}

base::Error wrong(std::string pointer, std::string message, std::string_view code) {
    return {ErrorKind::InvalidInput, message, {{std::move(pointer), message, std::string(code), ""}}};
}

/// A save that failed, its pointers into the body that was sent.
base::Result<service::SaveOutcome> save(const Place& place, const model::Graph& graph,
                                        const service::RecordSave& how) {
    auto saved = service::save_record(place.call.application.context, place.call.caller(), graph, how);
    if (!saved) {
        for (auto& problem : saved.error().problems)
            problem.pointer = pointer_in_body(place.type, problem.pointer);
    }
    return saved;
}

/// The links that only this dialect knows lead to materials that the caller may see.
base::Result<void> check_kept_links(const Place& place, const Draft& draft) {
    for (const auto& [pointer, uuid] : draft.kept_links) {
        auto found = service::read_single(place.call.application.context, place.call.caller(),
                                          NodeType::Material, uuid);
        if (found) continue;
        if (found.error().kind != ErrorKind::NotFound) return base::fail(found.error());
        return base::fail(wrong(pointer, "there is no such Material", service::kUnknownUuid));
    }
    return {};
}

/// Says on the draft, or on the save, which group the record has from now on.
base::Result<void> settle_group(const Place& place, Draft& draft, service::RecordSave& save,
                                const base::Uuid& inherited, const std::optional<base::Uuid>& present) {
    if (!draft.group || draft.group == present) return {};
    const bool is_project = place.type.type == NodeType::Project;
    if (draft.group != inherited || is_project)
        CRIPT_CHECK(service::check_group(place.call.application.context, place.call.caller(), *draft.group));
    if (is_project) {
        save.group = draft.group;
    } else {
        draft.keep_group(draft.group == inherited ? std::nullopt : draft.group);
    }
    return {};
}

/// Where a new record goes; gives the group that it inherits.
base::Result<base::Uuid> settle_parent(const Place& place, const Draft& draft, service::RecordSave& save) {
    const auto rule = service::parent_rule(place.type.type);
    if (!rule || !draft.parent) return place.call.caller().uuid;
    auto parent = service::read_record(place.call.application.context, place.call.caller(), rule->parent,
                                       *draft.parent);
    if (!parent) {
        if (parent.error().kind != ErrorKind::NotFound) return base::fail(parent.error());
        return base::fail(wrong(fmt::format("/{}", place.type.parent_key),
                                fmt::format("there is no such {}", model::info(rule->parent).name),
                                service::kUnknownUuid));
    }
    save.placement = service::Placement{rule->parent, *draft.parent, rule->field};
    return RecordAnswer(place.site, parent->set, place.call.caller())
        .group_of(parent->set.rows.at(parent->id));
}

http::Response create(const Call& call, const Type& type) {
    auto site = site_of(call);
    if (!site) return failure(site.error());
    const Place place{call, type, *site};
    auto draft = read_document(call.request.body, {.type = type});
    if (!draft) return failure(draft.error());
    service::RecordSave how;
    how.event = event_of(call, "");
    how.options.must_be_new = true;
    how.options.replace_lists = true;
    how.options.values_must_fit = true;
    auto inherited = settle_parent(place, *draft, how);
    if (!inherited) return failure(inherited.error());
    auto settled = settle_group(place, *draft, how, *inherited, std::nullopt);
    if (!settled) return failure(settled.error());
    if (auto checked = check_kept_links(place, *draft); !checked) return failure(checked.error());
    auto saved = save(place, draft->graph, how);
    if (saved) return read_back(place, 201, saved->root);
    if (is_duplicate(saved.error())) return duplicate(saved.error(), type.name, type.slug, *site, true);
    return failure(saved.error());
}

base::Result<void> check_parent(const Place& place, const Draft& draft, const base::Uuid* present) {
    if (!draft.parent || (present != nullptr && *draft.parent == *present)) return {};
    return base::fail(wrong(fmt::format("/{}", place.type.parent_key),
                            fmt::format("a {} stays in its {}", place.type.name, place.type.parent_key),
                            "read_only"));
}

bool was_overtaken(const base::Error& error) {
    return error.kind == ErrorKind::Conflict && !error.problems.empty() &&
           error.problems.front().code == service::kRevisionDiffers;
}

/// One try to change what was read a moment ago.
base::Result<service::SaveOutcome> try_change(const Place& place, const base::Uuid& uuid) {
    auto& context = place.call.application.context;
    const auto& caller = place.call.caller();
    auto stored = service::read_record(context, caller, place.type.type, uuid);
    CRIPT_CHECK(stored);
    const auto& row = stored->set.rows.at(stored->id);
    const RecordAnswer shown(place.site, stored->set, caller);
    auto draft =
        read_document(place.call.request.body, {.type = place.type, .stored = &*stored, .answer = &shown});
    CRIPT_CHECK(draft);
    CRIPT_CHECK(check_parent(place, *draft, shown.parent_of(row)));
    service::RecordSave how;
    how.event = event_of(place.call, "");
    how.options.must_exist = true;
    how.options.replace_lists = true;
    how.options.values_must_fit = true;
    how.options.may_unset_public = true;
    how.options.if_revision = row.revision;
    const auto project = stored->set.projects.find(row.project.value_or(0));
    const auto inherited = project == stored->set.projects.end()
                               ? caller.uuid
                               : project->second.group.value_or(project->second.creator);
    CRIPT_CHECK(settle_group(place, *draft, how, inherited, shown.group_of(row)));
    CRIPT_CHECK(check_kept_links(place, *draft));
    return save(place, draft->graph, how);
}

http::Response change(const Call& call, const Type& type) {
    const auto uuid = base::Uuid::parse(call.request.parameters[0]);
    if (!uuid) return not_found();
    auto site = site_of(call);
    if (!site) return failure(site.error());
    const Place place{call, type, *site};
    auto saved = try_change(place, *uuid);
    for (unsigned tries = 1; !saved && was_overtaken(saved.error()) && tries < kMostTries; ++tries)
        saved = try_change(place, *uuid);
    if (!saved) {
        if (is_duplicate(saved.error())) return duplicate(saved.error(), type.name, type.slug, *site, false);
        return failure(saved.error());
    }
    return read_back(place, 200, *uuid);
}

http::Response erase(const Call& call, const Type& type) {
    const auto uuid = base::Uuid::parse(call.request.parameters[0]);
    if (!uuid) return not_found();
    if (is_shared(type)) {
        return failure(
            {ErrorKind::Forbidden, fmt::format("a {} is permanent: everyone may cite it", type.name), {}});
    }
    auto done = service::delete_node(call.application.context, call.caller(), type.type, *uuid, {});
    if (!done) return failure(done.error());
    http::Response response;
    response.status = 204;
    return response;
}

http::Response refuse_change(const Call& call, const Type&) {
    return not_allowed(http::text(call.request.method));
}

}  // namespace

std::vector<ApiRoute> record_routes() {
    using http::Method;
    std::vector<ApiRoute> routes;
    for (const auto& type : record_types()) {
        const auto all = fmt::format("/api/{}", type.slug);
        const auto one = all + "/{uid}";
        // People are accounts: read here, changed elsewhere.
        const bool is_user = type.type == NodeType::User;
        routes.push_back({.method = Method::Get,
                          .pattern = one,
                          .access = Access::Caller,
                          .scope = Scope::Read,
                          .summary = "A record",
                          .details = "With its sub-objects; what it links to, as URLs.",
                          .parameters = {kUid},
                          .handler = bind(read, type),
                          .quick = [&type](const Call& call) { return read_quickly(call, type); }});
        routes.push_back(
            {.method = Method::Post,
             .pattern = all,
             .access = Access::Caller,
             .scope = Scope::Write,
             .summary = "Save a new record",
             .details = "201; 400 with `unique` if there is one like it, 422 for what is wrong with it.",
             .body_limit = kLargestBody,
             .handler = bind(is_user ? refuse_change : create, type)});
        routes.push_back({.method = Method::Put,
                          .pattern = one,
                          .access = Access::Caller,
                          .scope = Scope::Write,
                          .summary = "Replace a record",
                          .details = "All of it; what the server sets is ignored.",
                          .parameters = {kUid},
                          .body_limit = kLargestBody,
                          .handler = bind(is_user ? refuse_change : change, type)});
        routes.push_back({.method = Method::Delete,
                          .pattern = one,
                          .access = Access::Caller,
                          .scope = Scope::Delete,
                          .summary = "Delete a record with everything in it",
                          .details = "204; 409 while something needs it.",
                          .parameters = {kUid},
                          .handler = bind(is_user ? refuse_change : erase, type)});
    }
    return routes;
}

}  // namespace cript::api::legacy
