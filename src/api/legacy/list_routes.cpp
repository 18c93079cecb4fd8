#include <fmt/format.h>

#include "api/legacy/address.hpp"
#include "api/legacy/answer.hpp"
#include "api/legacy/errors.hpp"
#include "api/legacy/page.hpp"
#include "api/legacy/routes.hpp"
#include "api/legacy/search_filter.hpp"
#include "service/find_records.hpp"

namespace cript::api::legacy {

namespace {

http::Response page_answer(const Call& call, const std::string& site, const PageRequest& request,
                           const std::string& url, const service::RecordPage& page) {
    const RecordAnswer records(site, page.set, call.caller());
    std::vector<std::string> results;
    for (const auto id : page.hits) records.append_record(results.emplace_back(), id);
    return answer(200, page_json(request, url, page.count, results));
}

http::Response find(const Call& call, const Type& type, const PageRequest& request,
                    const base::Result<SearchFilter>& filter, const std::string& path) {
    auto site = site_of(call);
    if (!site) return failure(site.error());
    if (!filter) return refused_search(filter.error());
    service::RecordQuery query{.type = type.type};
    filter->narrow(query);
    query.offset = request.offset;
    query.limit = request.limit;
    if (filter->needs_a_look()) {
        query.matches = [&](const service::RecordSet& set, store::NodeId id) {
            std::string record;
            RecordAnswer(*site, set, call.caller()).append_record(record, id);
            return filter->matches(record);
        };
    }
    auto page = service::find_records(call.application.context, call.caller(), query);
    if (!page) return failure(page.error());
    return page_answer(call, *site, request, *site + path, *page);
}

http::Response search(const Call& call, const Type& type) {
    auto request = read_page_request(call.request.raw_query);
    if (!request) return failure(request.error());
    return find(call, type, *request, SearchFilter::read(call.request.body, type),
                fmt::format("/api/search/{}/", type.slug));
}

/// All of a type; further parameters are conditions.
http::Response list(const Call& call, const Type& type) {
    auto request = read_page_request(call.request.raw_query);
    if (!request) return failure(request.error());
    return find(call, type, *request, SearchFilter::read(request->others, type),
                fmt::format("/api/{}/", type.slug));
}

http::Response list_children(const Call& call, const Type& parent, const ChildList& children) {
    const auto uuid = base::Uuid::parse(call.request.parameters[0]);
    if (!uuid) return not_found();
    auto site = site_of(call);
    if (!site) return failure(site.error());
    auto request = read_page_request(call.request.raw_query);
    if (!request) return failure(request.error());
    service::RecordQuery query{.type = children.type};
    query.parent = *uuid;
    query.offset = request->offset;
    query.limit = request->limit;
    auto page = service::find_records_in(call.application.context, call.caller(), parent.type, query);
    if (!page) return failure(page.error());
    const auto url = fmt::format("{}{}/", url_of(*site, parent.slug, *uuid), children.path);
    return page_answer(call, *site, *request, url, *page);
}

constexpr Parameter kLimit{"limit", "query", "how many, from 1 to 1000", false};
constexpr Parameter kOffset{"offset", "query", "how many to pass over", false};

}  // namespace

std::vector<ApiRoute> list_routes() {
    using http::Method;
    std::vector<ApiRoute> routes;
    for (const auto& type : record_types()) {
        routes.push_back({.method = Method::Post,
                          .pattern = fmt::format("/api/search/{}", type.slug),
                          .access = Access::Caller,
                          .scope = Scope::Read,
                          .summary = "Find records",
                          .details = "The body is an object of conditions, all to be met.",
                          .parameters = {kLimit, kOffset},
                          .body_limit = kLargestBody,
                          .handler = bind(search, type)});
        routes.push_back(
            {.method = Method::Get,
             .pattern = fmt::format("/api/{}", type.slug),
             .access = Access::Caller,
             .scope = Scope::Read,
             .summary = "All records of a type",
             .details = "Further parameters are conditions, as in a search: `?name=…&year__lt=2000`.",
             .parameters = {kLimit, kOffset},
             .handler = bind(list, type)});
        for (const auto& children : type.children) {
            routes.push_back({.method = Method::Get,
                              .pattern = fmt::format("/api/{}/{{uid}}/{}", type.slug, children.path),
                              .access = Access::Caller,
                              .scope = Scope::Read,
                              .summary = "Records that belong to one",
                              .details = "A page of them.",
                              .parameters = {kUid, kLimit, kOffset},
                              .handler = [&type, &children](const Call& call) {
                                  return list_children(call, type, children);
                              }});
        }
    }
    return routes;
}

}  // namespace cript::api::legacy
