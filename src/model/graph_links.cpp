// The part of GraphReader that reads and resolves links.
#include <fmt/format.h>

#include <algorithm>

#include "model/graph_reader.hpp"
#include "model/problem_codes.hpp"
#include "model/uid.hpp"

namespace cript::model {

namespace dom = simdjson::dom;

void GraphReader::read_links(std::uint32_t index, const NodeContent& content, const Step& step) {
    if (content.link_count == 0) return;
    const auto fields = info(graph_.nodes[index].type).fields;
    std::vector<Links> all;
    all.reserve(content.link_count);
    for (std::size_t at = 0; at < content.link_count && !too_many_nodes_; ++at) {
        const auto& field = fields[content.link_order[at]];
        const auto value = content.values[content.link_order[at]];
        const auto here = step.field(text(field.name));
        Links links{field.name, {}};
        dom::array list;
        if (field.kind == FieldKind::Link) {
            links.targets.push_back(read_target(value, field, here, {index, field.name, 0, false}));
        } else if (value.get(list) == simdjson::SUCCESS) {
            links.targets.reserve(list.size());
            std::uint32_t position = 0;
            for (const auto item : list) {
                if (too_many_nodes_) return;
                const Place place{index, field.name, position, true};
                links.targets.push_back(read_target(item, field, here.item(position), place));
                ++position;
            }
        } else {
            problems_.add(here, codes::kWrongType, [&] {
                return Finding{fmt::format("expected a list of {} nodes, found {}", info(field.target).name,
                                           kind_of(value))};
            });
        }
        all.push_back(std::move(links));
    }
    // Read in document order, so that problems and nodes are; kept in model order.
    const auto& node = graph_.nodes[index];
    std::ranges::sort(all, {}, [&](const Links& links) { return find_field(node.type, links.field); });
    graph_.nodes[index].links = std::move(all);
}

LinkTarget GraphReader::read_target(dom::element value, const Field& field, const Step& step,
                                    const Place& place) {
    dom::object object;
    if (value.get(object) != simdjson::SUCCESS || object.size() == 0) {
        problems_.add(step, codes::kInvalidLink, [&] {
            return Finding{fmt::format("expected {{\"uuid\": …}}, {{\"uid\": …}} or a whole {}, found {}",
                                       info(field.target).name,
                                       value.is_object() ? "an empty object" : kind_of(value))};
        });
        return {};
    }
    if (field.role == LinkRole::Account) return read_account(object, step, place);
    if (object.size() == 1) {
        const auto member = *object.begin();
        if (member.key == "uuid" || member.key == "uid") {
            return read_reference(member.key, member.value, step, place, false);
        }
    }
    const auto child = read_node(object, field.target, step, place);
    return {graph_.nodes[child].uuid, child};
}

LinkTarget GraphReader::read_reference(std::string_view form, dom::element value, const Step& step,
                                       const Place& place, bool to_account) {
    LinkTarget target;
    if (form == "uuid") {
        if (read_uuid(value, step.field(form), target.uuid) && !to_account)
            pending_.push_back({place, {}, false});
        return target;
    }
    std::string_view uid;
    if (read_uid(value, step.field(form), uid)) pending_.push_back({place, uid, to_account});
    return target;
}

LinkTarget GraphReader::read_account(dom::object object, const Step& step, const Place& place) {
    dom::element member;
    if (object.at_key("node").get(member) == simdjson::SUCCESS) {
        dom::array list;
        std::string_view name;
        const bool is_user = member.get(list) == simdjson::SUCCESS && list.size() == 1 &&
                             list.at(0).get(name) == simdjson::SUCCESS && name == info(NodeType::User).name;
        if (!is_user) {
            problems_.add(step.field("node"), codes::kWrongNodeType,
                          [] { return Finding{"expected a node of type User", "User"}; });
        }
    }
    for (const std::string_view form : {"uuid", "uid"}) {
        if (object.at_key(form).get(member) != simdjson::SUCCESS || member.is_null()) continue;
        if (form == "uuid") note_account(object);
        return read_reference(form, member, step, place, true);
    }
    problems_.add(step, codes::kInvalidLink, [] { return Finding{"an account is named by {\"uuid\": …}"}; });
    return {};
}

void GraphReader::note_account(dom::object object) {
    std::string_view uid;
    std::string_view uuid;
    const bool introduces = object.at_key("uid").get(uid) == simdjson::SUCCESS &&
                            object.at_key("uuid").get(uuid) == simdjson::SUCCESS;
    if (!introduces) return;
    if (const auto parsed = base::Uuid::parse(uuid)) accounts_by_uid_.try_emplace(uid, *parsed);
}

LinkTarget& GraphReader::target_of(const Place& place) {
    auto& links = graph_.nodes[place.parent].links;
    const auto field = std::ranges::find(links, place.field, &Links::field);
    return field->targets[place.position];
}

std::string GraphReader::pointer(const Place& place) const {
    return graph_.pointer(place.parent, place.field, place.position);
}

void GraphReader::resolve_links() {
    for (const auto& link : pending_) {
        auto& target = target_of(link.place);
        if (link.to_account) {
            resolve_account(link, target);
        } else {
            resolve_node(link, target);
        }
    }
}

void GraphReader::resolve_account(const PendingLink& link, LinkTarget& target) {
    const auto known = accounts_by_uid_.find(link.uid);
    if (known != accounts_by_uid_.end()) {
        target.uuid = known->second;
    } else if (const auto named = uuid_in_uid(link.uid)) {
        target.uuid = *named;
    } else {
        problems_.add_at(
            [&] { return pointer(link.place) + "/uid"; }, codes::kUnknownUid,
            [&] { return Finding{fmt::format("no user of this document has the uid '{}'", link.uid)}; });
    }
}

void GraphReader::resolve_node(const PendingLink& link, LinkTarget& target) {
    const auto* form = link.uid.empty() ? "/uuid" : "/uid";
    if (link.uid.empty()) {
        const auto known = by_uuid_.find(target.uuid);
        if (known == by_uuid_.end()) return;  // only the store can know it
        target.node = known->second;
    } else {
        const auto known = by_uid_.find(link.uid);
        if (known == by_uid_.end()) {
            problems_.add_at(
                [&] { return pointer(link.place) + form; }, codes::kUnknownUid,
                [&] { return Finding{fmt::format("no node of this document has the uid '{}'", link.uid)}; });
            return;
        }
        target.node = known->second;
        target.uuid = graph_.nodes[target.node].uuid;
    }
    const auto* field = find_field(graph_.nodes[link.place.parent].type, link.place.field);
    const auto found = graph_.nodes[target.node].type;
    if (found == field->target) return;
    problems_.add_at([&] { return pointer(link.place) + form; }, codes::kWrongNodeType,
                     [&] {
                         return Finding{fmt::format("expected a link to a {}, but this names the {} at '{}'",
                                                    info(field->target).name, info(found).name,
                                                    graph_.pointer(target.node))};
                     });
}

}  // namespace cript::model
