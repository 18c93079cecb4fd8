#include <algorithm>

#include "api/account/routes.hpp"
#include "api/legacy/address.hpp"
#include "api/legacy/errors.hpp"
#include "api/legacy/page.hpp"
#include "api/legacy/routes.hpp"
#include "api/legacy/search_filter.hpp"
#include "base/json_writer.hpp"
#include "service/groups.hpp"
#include "service/save_record.hpp"

namespace cript::api::legacy {

namespace {

namespace dom = simdjson::dom;

// Groups are no nodes: of these fields, only the keys count, for searches.
constexpr std::array kGroupFields{Field{"name", Shape::Text, model::FieldName::Name},
                                  Field{"users", Shape::Links, model::FieldName::Member}};
constexpr Type kGroupType{model::NodeType::User, "group", "Group", "", kGroupFields};

std::string json_of(const service::Group& group, std::string_view site) {
    std::string out;
    base::JsonWriter json(out);
    json.begin_object()
        .member("url", std::string_view(url_of(site, "group", group.uuid)))
        .member("uid", std::string_view(group.uuid.text()))
        .member("name", std::string_view(group.name))
        .member("public", group.is_public)
        .member("created_at", std::string_view(group.created_at.text()))
        .member("updated_at", std::string_view(group.updated_at.text()))
        .key("users")
        .begin_array();
    for (const auto& user : group.users) json.value(std::string_view(url_of(site, "user", user)));
    json.end_array().end_object();
    return out;
}

base::Result<service::GroupContent> read_content(std::string_view body) {
    auto document = base::JsonDocument::parse(body);
    CRIPT_CHECK(document);
    std::vector<base::Problem> problems;
    service::GroupContent content;
    std::string_view name;
    if (document->root().at_key("name").get(name) != simdjson::SUCCESS || name.empty())
        problems.push_back({"/name", "a group needs a name", "required", ""});
    content.name = name;
    dom::element is_public;
    if (document->root().at_key("public").get(is_public) == simdjson::SUCCESS && is_public.is_bool())
        content.is_public = bool(is_public);
    dom::array users;
    if (document->root().at_key("users").get(users) == simdjson::SUCCESS) {
        std::size_t position = 0;
        for (const auto user : users) {
            const auto pointer = "/users/" + std::to_string(position++);
            std::string_view url;
            const auto named = user.get(url) == simdjson::SUCCESS ? read_url(url) : std::nullopt;
            if (named && named->slug == "user") {
                content.users.push_back(named->uuid);
            } else {
                problems.push_back({pointer, "expected the URL of a user", "invalid_link", ""});
            }
        }
    }
    if (problems.empty()) return content;
    auto message = problems.front().message;
    return base::fail({base::ErrorKind::InvalidInput, std::move(message), std::move(problems)});
}

http::Response group_answer(const base::Result<service::Group>& group, std::string_view site,
                            unsigned status) {
    if (group) return answer(status, json_of(*group, site));
    if (is_duplicate(group.error())) return duplicate(group.error(), "Group", "group", site, status == 201);
    return failure(group.error());
}

http::Response read(const Call& call) {
    const auto uuid = base::Uuid::parse(call.request.parameters[0]);
    if (!uuid) return not_found();
    auto site = site_of(call);
    if (!site) return failure(site.error());
    return group_answer(service::read_group(call.application.context, call.caller(), *uuid), *site, 200);
}

http::Response create(const Call& call) {
    auto site = site_of(call);
    if (!site) return failure(site.error());
    auto content = read_content(call.request.body);
    if (!content) return failure(content.error());
    return group_answer(service::create_group(call.application.context, call.caller(), *content), *site, 201);
}

http::Response change(const Call& call) {
    const auto uuid = base::Uuid::parse(call.request.parameters[0]);
    if (!uuid) return not_found();
    auto site = site_of(call);
    if (!site) return failure(site.error());
    auto content = read_content(call.request.body);
    if (!content) return failure(content.error());
    return group_answer(
        service::change_group(call.application.context, call.caller(), *uuid, *content, event_of(call, "")),
        *site, 200);
}

http::Response erase(const Call& call) {
    const auto uuid = base::Uuid::parse(call.request.parameters[0]);
    if (!uuid) return not_found();
    auto done = service::delete_group(call.application.context, call.caller(), *uuid);
    if (!done) return failure(done.error());
    http::Response response;
    response.status = 204;
    return response;
}

http::Response find(const Call& call, const PageRequest& request, const base::Result<SearchFilter>& filter,
                    std::string_view path) {
    auto site = site_of(call);
    if (!site) return failure(site.error());
    if (!filter) return refused_search(filter.error());
    auto groups = service::list_groups(call.application.context, call.caller());
    if (!groups) return failure(groups.error());
    std::vector<std::string> hits;
    for (const auto& group : *groups) {
        auto json = json_of(group, *site);
        if (filter->matches(json)) hits.push_back(std::move(json));
    }
    const auto count = hits.size();
    const auto first = std::min<std::uint64_t>(request.offset, count);
    const auto last = std::min<std::uint64_t>(first + request.limit, count);
    const std::vector<std::string> page(hits.begin() + static_cast<std::ptrdiff_t>(first),
                                        hits.begin() + static_cast<std::ptrdiff_t>(last));
    return answer(200, page_json(request, *site + std::string(path), count, page));
}

http::Response search(const Call& call) {
    auto request = read_page_request(call.request.raw_query);
    if (!request) return failure(request.error());
    return find(call, *request, SearchFilter::read(call.request.body, kGroupType), "/api/search/group/");
}

http::Response list(const Call& call) {
    auto request = read_page_request(call.request.raw_query);
    if (!request) return failure(request.error());
    return find(call, *request, SearchFilter::read(request->others, kGroupType), "/api/group/");
}

}  // namespace

std::vector<ApiRoute> group_routes() {
    using http::Method;
    const auto route = [](Method method, std::string pattern, Scope scope, std::string_view summary,
                          CallHandler handler) {
        ApiRoute made{.method = method,
                      .pattern = std::move(pattern),
                      .access = Access::Caller,
                      .scope = scope,
                      .summary = summary,
                      .details = "Whoever is in the group of a project belongs to the project.",
                      .handler = std::move(handler)};
        if (made.pattern.ends_with("{uid}")) made.parameters = {kUid};
        if (method == Method::Post || method == Method::Put) made.body_limit = kLargestBody;
        return made;
    };
    return {route(Method::Get, "/api/group/{uid}", Scope::Read, "A group", read),
            route(Method::Post, "/api/group", Scope::Write, "Make a group", create),
            route(Method::Put, "/api/group/{uid}", Scope::Write, "Change a group", change),
            route(Method::Delete, "/api/group/{uid}", Scope::Delete, "Delete a group", erase),
            route(Method::Post, "/api/search/group", Scope::Read, "Find groups", search),
            route(Method::Get, "/api/group", Scope::Read, "The caller's groups", list)};
}

}  // namespace cript::api::legacy
