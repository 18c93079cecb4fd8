#include "service/find_nodes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <unordered_map>

#include "base/json_reader.hpp"
#include "service/node_policy.hpp"

namespace cript::service {

namespace {

namespace dom = simdjson::dom;

constexpr unsigned kMostOfOneText = 1'000;

base::Result<void> check_attribute(model::NodeType type, model::FieldName name) {
    const auto* field = model::find_field(type, name);
    const bool is_flag = name == model::FieldName::Public || name == model::FieldName::Locked;
    if (field != nullptr && !model::is_link(field->kind) && !field->read_only && !is_flag) return {};
    auto message = fmt::format("'{}' is not an attribute of {}", model::text(name), model::info(type).name);
    return base::fail({base::ErrorKind::InvalidInput, message, {{"/field", message, "unknown_field", ""}}});
}

bool agrees(std::string_view value, const store::AttributeFilter& filter) {
    const auto left = filter.is_case_sensitive ? std::string(value) : base::ascii_lower(value);
    const auto right = filter.is_case_sensitive ? filter.text : base::ascii_lower(filter.text);
    return filter.is_whole ? left == right : left.find(right) != std::string::npos;
}

bool agrees(dom::element value, const store::AttributeFilter& filter) {
    dom::array list;
    if (value.get(list) == simdjson::SUCCESS) {
        return std::any_of(list.begin(), list.end(), [&](dom::element item) { return agrees(item, filter); });
    }
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) return agrees(text, filter);
    std::string other;
    base::append_json(other, value);
    return agrees(other, filter);
}

bool agrees(const store::NodeRow& row, const store::AttributeFilter& filter) {
    const auto document = base::JsonDocument::parse(row.attributes);
    dom::element value;
    if (!document || document->root().at_key(model::text(filter.field)).get(value) != simdjson::SUCCESS)
        return false;
    return agrees(value, filter);
}

/// The place of `after` in the order of pages. A node that the caller may not see is as unknown as one that
/// never was; one that is deleted still has its place.
base::Result<store::NodeId> position_of(store::Reader& reader, const account::Caller& caller,
                                        const base::Uuid& after) {
    auto position = reader.page_position(after);
    CRIPT_CHECK(position);
    auto stored = reader.read_point(after, caller.account);
    CRIPT_CHECK(stored);
    const bool is_hidden =
        *stored && account::decide(caller, account::Action::Read,
                                   policy_target(caller, (*stored)->node, (*stored)->access)) !=
                       account::Verdict::Allowed;
    if (!*position || is_hidden) {
        return base::fail(base::ErrorKind::InvalidInput, "'after' is not the uuid of a node of this list");
    }
    return **position;
}

/// The nodes of these ids, in their order.
base::Result<std::vector<store::NodeRow>> nodes_in_order(store::Reader& reader, const account::Caller& caller,
                                                         std::span<const store::NodeId> ids) {
    auto rows = reader.nodes_with_ids(ids);
    CRIPT_CHECK(rows);
    CRIPT_CHECK(keep_visible(reader, caller, *rows));
    std::unordered_map<store::NodeId, std::size_t> place;
    for (std::size_t at = 0; at < ids.size(); ++at) place.emplace(ids[at], at);
    std::sort(rows->begin(), rows->end(),
              [&](const auto& left, const auto& right) { return place.at(left.id) < place.at(right.id); });
    return rows;
}

/// The part of a list that is on one page.
template <class Item>
std::span<Item> on_page(std::span<Item> items, const ChildRequest& request) {
    const auto pages_before = std::min<std::uint64_t>(request.page, items.size());
    const auto rest = items.subspan(std::min<std::uint64_t>(pages_before * request.limit, items.size()));
    return rest.first(std::min<std::uint64_t>(request.limit, rest.size()));
}

/// Fills the page with those of the children that have the attribute.
base::Result<void> fill_with_hits(store::Reader& reader, const account::Caller& caller,
                                  std::span<const store::NodeId> ids, const ChildRequest& request,
                                  NodePage& page) {
    auto rows = nodes_in_order(reader, caller, ids);
    CRIPT_CHECK(rows);
    std::erase_if(*rows, [&](const auto& row) { return !agrees(row, *request.attribute); });
    page.count = rows->size();
    for (auto& row : on_page(std::span(*rows), request)) page.hits.push_back({std::move(row)});
    return {};
}

}  // namespace

base::Result<NodePage> find_page(Context& context, const account::Caller& caller,
                                 const PageRequest& request) {
    if (request.attribute) CRIPT_CHECK(check_attribute(request.type, request.attribute->field));
    return read<NodePage>(context.store, [&](store::Reader& reader) -> base::Result<NodePage> {
        auto query = list_query(caller, request.type, request.limit);
        query.name_contains = request.name_contains;
        query.attribute = request.attribute;
        query.measured = request.measured;
        if (request.after) {
            auto position = position_of(reader, caller, *request.after);
            CRIPT_CHECK(position);
            query.after = *position;
        }
        NodePage page;
        auto count = reader.count(query);
        CRIPT_CHECK(count);
        page.count = *count;
        auto rows = reader.list(query);
        CRIPT_CHECK(rows);
        CRIPT_CHECK(keep_visible(reader, caller, *rows));
        for (auto& row : *rows) page.hits.push_back({std::move(row)});
        CRIPT_CHECK(gather_around(reader, caller, page));
        return page;
    });
}

base::Result<std::optional<NodeGraph>> find_exact(Context& context, const account::Caller& caller,
                                                  model::NodeType type, std::string_view text,
                                                  std::optional<model::FieldName> attribute) {
    if (attribute) CRIPT_CHECK(check_attribute(type, *attribute));
    using Answer = std::optional<NodeGraph>;
    return read<Answer>(context.store, [&](store::Reader& reader) -> base::Result<Answer> {
        auto query = list_query(caller, type, kMostOfOneText);
        base::Result<std::vector<store::NodeRow>> rows;
        if (attribute && model::text(*attribute) != "name") {
            query.attribute = {*attribute, std::string(text), true, true};
            rows = reader.list(query);
        } else {
            rows = reader.find_named(query, text);
        }
        CRIPT_CHECK(rows);
        CRIPT_CHECK(keep_visible(reader, caller, *rows));
        if (rows->empty()) return Answer{};
        auto graph = read_node_graph(reader, caller, rows->back());
        CRIPT_CHECK(graph);
        return Answer{std::move(*graph)};
    });
}

base::Result<NodePage> find_children(Context& context, const account::Caller& caller,
                                     const ChildRequest& request) {
    const auto* field = model::find_field(request.type, request.field);
    if (field == nullptr || !model::is_link(field->kind)) {
        auto message = fmt::format("'{}' is not a field of {} that holds nodes", request.field,
                                   model::info(request.type).name);
        return base::fail({base::ErrorKind::InvalidInput, message, {{"", message, "unknown_field", ""}}});
    }
    if (request.attribute) CRIPT_CHECK(check_attribute(field->target, request.attribute->field));
    return read<NodePage>(context.store, [&](store::Reader& reader) -> base::Result<NodePage> {
        auto parent = read_visible(reader, caller, request.type, request.parent);
        CRIPT_CHECK(parent);
        auto ids = reader.visible_children(parent->node.id, field->name, caller.account, caller.is_admin);
        CRIPT_CHECK(ids);
        NodePage page;
        if (request.attribute) {
            CRIPT_CHECK(fill_with_hits(reader, caller, *ids, request, page));
        } else {
            page.count = ids->size();
            auto rows =
                nodes_in_order(reader, caller, on_page(std::span<const store::NodeId>(*ids), request));
            CRIPT_CHECK(rows);
            for (auto& row : *rows) page.hits.push_back({std::move(row)});
        }
        CRIPT_CHECK(gather_around(reader, caller, page));
        return page;
    });
}

}  // namespace cript::service
