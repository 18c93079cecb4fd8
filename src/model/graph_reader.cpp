#include "model/graph_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "model/node_rules.hpp"
#include "model/problem_codes.hpp"
#include "model/problem_order.hpp"
#include "model/suggestion.hpp"
#include "model/uid.hpp"

namespace cript::model {

namespace dom = simdjson::dom;

namespace {

constexpr std::size_t kTypicalNodeBytes = 192;

bool is_flag(FieldName name) {
    return name == FieldName::Public || name == FieldName::Locked;
}

std::optional<bool> flag_of(const NodeContent& content, NodeType type, FieldName name) {
    bool flag = false;
    const auto value = value_of(content, type, name);
    if (!value || value->get(flag) != simdjson::SUCCESS) return std::nullopt;
    return flag;
}

std::optional<base::Timestamp> seen(const std::optional<dom::element>& sent) {
    if (!sent || sent->is_null()) return std::nullopt;
    std::string_view text;
    if (sent->get(text) != simdjson::SUCCESS) return base::Timestamp{};
    return base::Timestamp::parse(text).value_or(base::Timestamp{});
}

}  // namespace

GraphReader::GraphReader(const ReadOptions& options, std::size_t document_bytes)
    : options_(options),
      problems_(options.max_problems),
      warnings_(options.max_problems),
      attributes_(problems_, warnings_, options.any_name),
      memory_(std::size_t{16} << 10U),
      by_uuid_(&memory_),
      by_uid_(&memory_),
      accounts_by_uid_(&memory_) {
    const auto expected = std::min(document_bytes / kTypicalNodeBytes + 1, options.max_nodes);
    graph_.nodes.reserve(expected);
    by_uuid_.reserve(expected);
    by_uid_.reserve(expected);
}

base::Result<Graph> GraphReader::read(dom::element document) {
    dom::object root;
    if (document.get(root) != simdjson::SUCCESS) {
        problems_.add(Step::root(), codes::kWrongType, [&] {
            return Finding{
                fmt::format("expected a {}, found {}", info(options_.root).name, kind_of(document))};
        });
        return base::fail(refusal(document));
    }
    read_node(root, options_.root, Step::root(), Place{});
    if (too_many_nodes_) {
        return base::fail(base::ErrorKind::TooLarge,
                          fmt::format("the document has more than {} nodes", options_.max_nodes));
    }
    resolve_links();
    settle_repeats(graph_, repeats_, problems_);
    if (!problems_.empty()) return base::fail(refusal(document));
    graph_.warnings = warnings_.take();
    order_problems(graph_.warnings, document);
    return std::move(graph_);
}

base::Error GraphReader::refusal(dom::element document) {
    base::Error error{base::ErrorKind::InvalidInput, {}, problems_.take()};
    order_problems(error.problems, document);
    if (problems_.count() > error.problems.size()) {
        error.message = fmt::format("the document has {} problems; the first {} are listed",
                                    problems_.count(), error.problems.size());
    } else if (problems_.count() > 1) {
        error.message = fmt::format("the document has {} problems", problems_.count());
    } else {
        error.message = error.problems.front().message;
    }
    return error;
}

std::uint32_t GraphReader::read_node(dom::object object, NodeType expected, const Step& step,
                                     const Place& place) {
    const auto index = static_cast<std::uint32_t>(graph_.nodes.size());
    if (index >= options_.max_nodes) {
        too_many_nodes_ = true;
        return 0;
    }
    const auto type = read_type(object, expected, step);
    auto& node = graph_.nodes.emplace_back();
    node.type = type;
    node.parent = place.parent;
    node.parent_field = place.field;
    node.position = place.position;
    node.in_list = place.in_list;

    NodeContent content;
    sort_out(object, type, step, problems_, content);
    const bool is_partial = options_.partial && index == 0;
    const bool is_again = identify(index, content, step);
    // A repetition may be shorter than the first mention: answers show a node that is still open without its
    // children.
    if (!is_again) {
        check_required(type, content, is_partial, step);
        if (!is_partial) warn_without_identifier(content, type, step, warnings_);
    }
    read_attributes(index, content, step);
    check_rules(content, type, step, problems_);
    note_what_was_seen(index, content, step);
    if (content.created_by) note_account(*content.created_by);
    if (content.updated_by) note_account(*content.updated_by);
    read_links(index, content, step);
    return index;
}

void GraphReader::note_what_was_seen(std::uint32_t index, const NodeContent& content, const Step& step) {
    auto& node = graph_.nodes[index];
    node.seen_created_at = seen(content.created_at);
    node.seen_updated_at = seen(content.updated_at);
    std::string_view version;
    if (!content.model_version || content.model_version->is_null()) return;
    if (content.model_version->get(version) == simdjson::SUCCESS && version == kModelVersion) return;
    warnings_.add(step.field("model_version"), codes::kReadOnly,
                  [] { return Finding{fmt::format("the server sets it; here it is {}", kModelVersion)}; });
}

NodeType GraphReader::read_type(dom::object object, NodeType expected, const Step& step) {
    const auto here = step.field("node");
    dom::element value;
    if (object.at_key("node").get(value) != simdjson::SUCCESS) {
        problems_.add(step, codes::kRequired, [] { return Finding{"'node' is a required property"}; });
        return expected;
    }
    dom::array list;
    std::string_view name;
    const bool well_formed =
        value.get(list) == simdjson::SUCCESS && list.size() == 1 && list.at(0).get(name) == simdjson::SUCCESS;
    if (!well_formed) {
        problems_.add(here, codes::kWrongType, [&] {
            return Finding{
                fmt::format("'node' is a list of one type name, here [\"{}\"]", info(expected).name)};
        });
        return expected;
    }
    if (name == info(expected).name) return expected;

    const auto named = node_type_named(name);
    if (!named) {
        problems_.add(here, codes::kUnknownNodeType, [&] {
            const auto suggestion = suggest_node_type(name);
            auto message = fmt::format("'{}' is not a node type", name);
            if (!suggestion.empty()) {
                fmt::format_to(std::back_inserter(message), " (did you mean '{}'?)", suggestion);
            }
            return Finding{std::move(message), std::string(suggestion)};
        });
        return expected;
    }
    problems_.add(here, codes::kWrongNodeType, [&] {
        return Finding{fmt::format("expected a node of type {}, found {}", info(expected).name, name),
                       std::string(info(expected).name)};
    });
    // The rest is read as what it looks more like, so that one slip is not followed by a problem for each
    // field.
    return count_known_fields(object, *named) > count_known_fields(object, expected) ? *named : expected;
}

void GraphReader::check_required(NodeType type, const NodeContent& content, bool is_partial,
                                 const Step& step) {
    const auto required = field_sets(type).required & ~not_needed(content, type);
    const auto missing =
        is_partial ? required & content.cleared : required & ~content.present & ~content.excused;
    for_each_field(missing, [&](std::size_t position) {
        problems_.add(step, codes::kRequired, [&] {
            return Finding{
                fmt::format("'{}' is a required property", text(info(type).fields[position].name))};
        });
    });
}

void GraphReader::read_attributes(std::uint32_t index, const NodeContent& content, const Step& step) {
    const auto type = graph_.nodes[index].type;
    const auto fields = info(type).fields;
    scratch_.assign(1, '{');
    for_each_field(content.present & ~field_sets(type).links, [&](std::size_t position) {
        const auto& field = fields[position];
        const auto name = text(field.name);
        const auto start = scratch_.size();
        if (start > 1) scratch_.push_back(',');
        scratch_.push_back('"');
        scratch_.append(name);
        scratch_.append("\":");
        attributes_.read(field, content.values[position], step.field(name), scratch_);
        if (is_flag(field.name)) scratch_.resize(start);  // kept beside the attributes
    });
    scratch_.push_back('}');

    auto& node = graph_.nodes[index];
    node.attributes = scratch_;
    node.is_public = flag_of(content, type, FieldName::Public);
    node.is_locked = flag_of(content, type, FieldName::Locked);
    std::string_view name;
    const auto sent_name = value_of(content, type, FieldName::Name);
    if (sent_name && sent_name->get(name) == simdjson::SUCCESS) node.name = name;
    for_each_field(content.cleared, [&](std::size_t position) {
        if (!is_flag(fields[position].name)) node.cleared.push_back(fields[position].name);
    });
}

bool GraphReader::identify(std::uint32_t index, const NodeContent& content, const Step& step) {
    auto& node = graph_.nodes[index];
    const bool is_root = index == 0;
    std::string_view uid;
    const bool has_uid = content.uid && read_uid(*content.uid, step.field("uid"), uid);
    bool is_given = false;
    if (content.uuid) {
        is_given = read_uuid(*content.uuid, step.field("uuid"), node.uuid);
    } else if (is_root && options_.root_uuid) {
        node.uuid = *options_.root_uuid;
        is_given = true;
    } else if (const auto named = has_uid ? uuid_in_uid(uid) : std::nullopt) {
        node.uuid = *named;
        is_given = true;
        if (is_root) graph_.root_named_by_label = true;
    }
    if (is_root && is_given && options_.root_uuid && node.uuid != *options_.root_uuid) {
        problems_.add(step.field("uuid"), codes::kUuidMismatch, [&] {
            return Finding{fmt::format("the document is {}, the address names {}", node.uuid.text(),
                                       options_.root_uuid->text())};
        });
    }
    if (has_uid) {
        const auto first_index = by_uid_.try_emplace(uid, index).first->second;
        if (first_index != index) {
            const auto& first = graph_.nodes[first_index];
            if (!is_given && first.type == node.type) return repeat(index, first_index);
            if (!is_given || first.uuid != node.uuid) {
                problems_.add(step.field("uid"), codes::kDuplicateUid, [&] {
                    return Finding{fmt::format("the uid '{}' already stands for the node at '{}'", uid,
                                               graph_.pointer(first_index))};
                });
                return false;
            }
        }
    }
    if (is_given) return identify_by_uuid(index, step);
    node.uuid = new_uuids_.next();
    node.uuid_is_new = true;
    return false;
}

bool GraphReader::identify_by_uuid(std::uint32_t index, const Step& step) {
    const auto& node = graph_.nodes[index];
    const auto first_index = by_uuid_.try_emplace(node.uuid, index).first->second;
    if (first_index == index) return false;
    const auto& first = graph_.nodes[first_index];
    if (first.type == node.type) return repeat(index, first_index);
    problems_.add(step.field("uuid"), codes::kConflictingUuid, [&] {
        return Finding{fmt::format("the uuid already stands for the {} at '{}'", info(first.type).name,
                                   graph_.pointer(first_index))};
    });
    return false;
}

bool GraphReader::repeat(std::uint32_t index, std::uint32_t first) {
    graph_.nodes[index].uuid = graph_.nodes[first].uuid;
    graph_.nodes[index].uuid_is_new = graph_.nodes[first].uuid_is_new;
    repeats_.push_back({index, first});
    return true;
}

bool GraphReader::read_uid(dom::element value, const Step& step, std::string_view& uid) {
    if (value.get(uid) == simdjson::SUCCESS && is_uid(uid)) return true;
    problems_.add(step, codes::kInvalidUid,
                  [] { return Finding{"a uid is text of 3 to 255 characters that begins with '_:'"}; });
    return false;
}

bool GraphReader::read_uuid(dom::element value, const Step& step, base::Uuid& uuid) {
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) {
        if (const auto parsed = base::Uuid::parse(text)) {
            uuid = *parsed;
            return true;
        }
    }
    problems_.add(step, codes::kInvalidUuid,
                  [] { return Finding{"a uuid is text like 6ba7b810-9dad-41d1-80b4-00c04fd430c8"}; });
    return false;
}

}  // namespace cript::model
