#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "api/envelope.hpp"
#include "api/v1/answer.hpp"
#include "api/v1/errors.hpp"
#include "api/v1/measured_query.hpp"
#include "api/v1/routes.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "model/units/measured_value.hpp"
#include "service/find_nodes.hpp"

namespace cript::api::v1 {

namespace {

namespace dom = simdjson::dom;

/// The attributes of a match as they were entered.
void append_as_entered(base::JsonWriter& json, dom::object attributes) {
    for (const auto* name : {"key", "value", "unit", "uncertainty"}) {
        dom::element value;
        if (attributes.at_key(name).get(value) != simdjson::SUCCESS) continue;
        std::string text;
        base::append_json(text, value);
        json.key(name).raw(text);
    }
}

void append_in_si(base::JsonWriter& json, const model::MeasuredValue& measured) {
    json.key("si").begin_object();
    json.key("value");
    if (measured.values.size() == 1) {
        json.value(measured.values.front());
    } else {
        json.begin_array();
        for (const double value : measured.values) json.value(value);
        json.end_array();
    }
    json.key("unit").value(measured.unit);
    if (measured.uncertainty) json.key("uncertainty").value(*measured.uncertainty);
    json.end_object();
}

bool is_in_range(const model::MeasuredValue& measured, const store::MeasuredFilter& filter) {
    return measured.key == filter.key && measured.unit == filter.unit &&
           std::ranges::any_of(measured.values,
                               [&](double value) { return value >= filter.least && value <= filter.most; });
}

void append_match(base::JsonWriter& json, const store::NodeRow& row, const store::MeasuredFilter& filter) {
    const auto measured = model::measured_value(row.type, row.attributes);
    if (!measured || !is_in_range(*measured, filter)) return;
    const auto document = base::JsonDocument::parse(row.attributes);
    dom::object attributes;
    if (!document || document->root().get(attributes) != simdjson::SUCCESS) return;
    json.begin_object();
    json.key("node").value(model::info(row.type).name);
    json.key("uuid").value(row.uuid.text());
    append_as_entered(json, attributes);
    append_in_si(json, *measured);
    json.end_object();
}

/// What of a hit, or of its children, is in the range.
void append_matches(base::JsonWriter& json, const service::NodePage& page, const service::NodePage::Hit& hit,
                    const store::MeasuredFilter& filter) {
    json.begin_array();
    append_match(json, hit.row, filter);
    std::vector<store::NodeId> children;
    for (const auto& edge : hit.edges) {
        const bool is_seen = std::ranges::find(children, edge.child) != children.end();
        if (is_seen || page.hidden.contains(edge.child)) continue;
        children.push_back(edge.child);
        const auto row = std::ranges::lower_bound(page.children, edge.child, {}, &store::NodeRow::id);
        if (row != page.children.end() && row->id == edge.child) append_match(json, *row, filter);
    }
    json.end_array();
}

void append_bound(base::JsonWriter& json, std::string_view name, double bound) {
    if (std::isfinite(bound)) json.key(name).value(bound);
}

std::string page_of(const service::NodePage& page, const MeasuredQuery& query) {
    std::string data;
    base::JsonWriter json(data);
    json.begin_object();
    std::string hits;
    append_hits(hits, page);
    json.key("result").raw(hits);
    json.key("count").value(page.count);
    json.key("limit").value(std::uint64_t{query.limit});
    json.key("matches").begin_object();
    for (const auto& hit : page.hits) {
        json.key(hit.row.uuid.text());
        append_matches(json, page, hit, query.filter);
    }
    json.end_object();
    json.key("si").begin_object();
    json.key("unit").value(query.filter.unit);
    append_bound(json, "min", query.filter.least);
    append_bound(json, "max", query.filter.most);
    json.end_object();
    json.end_object();
    return data;
}

http::Response search_measured(const Call& call) {
    const auto type = model::node_type_with_slug(call.request.parameters[0]);
    if (!type) return not_found();
    auto query = read_measured_query(call.request.body);
    if (!query) return failure(query.error());
    service::PageRequest request{*type, {}, query->after, query->limit, {}, query->filter};
    const auto page = service::find_page(call.application.context, call.caller(), request);
    if (!page) return failure(page.error());
    return success(page_of(*page, *query));
}

constexpr std::size_t kLongestBody = std::size_t{64} << 10U;
constexpr std::string_view kBody =
    R"({"type":"object","required":["key"],"properties":{"key":{"type":"string"},"unit":{"type":"string"},)"
    R"("min":{"type":"number"},"max":{"type":"number"},"after":{"type":"string"},"limit":{"type":"integer"}}})";

}  // namespace

std::vector<ApiRoute> measured_routes() {
    return {
        {.method = http::Method::Post,
         .pattern = "/api/v1/search/properties/{type}",
         .access = Access::Caller,
         .scope = Scope::Read,
         .group = "Search",
         .summary = "Nodes with a property or condition whose value lies in a range, in any unit",
         .details =
             "Values entered in other units of the same dimension are found too. `matches` shows of each "
             "node what is in the range, as entered and in SI units.",
         .parameters = {{"type", "path", "slug of a node type, such as `material`", true}},
         .body = kBody,
         .body_limit = kLongestBody,
         .handler = search_measured},
    };
}

}  // namespace cript::api::v1
