#include "model/node_content.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "model/problem_codes.hpp"
#include "model/suggestion.hpp"
#include "model/term_facts.hpp"

namespace cript::model {

namespace dom = simdjson::dom;

namespace {

constexpr std::string_view kCountSuffix = "_count";

bool is_identifier(const Field& field) {
    const auto identifiers = terms(Vocabulary::MaterialIdentifierKey);
    return std::ranges::any_of(identifiers, [&](const Term& term) {
        return term.name == text(field.name) && term.status == "current";
    });
}

FieldSets make_field_sets(NodeType type) {
    FieldSets sets;
    const auto fields = info(type).fields;
    for (std::size_t at = 0; at < fields.size(); ++at) {
        const auto& field = fields[at];
        if (field.required) sets.required |= bit(at);
        if (field.read_only) sets.read_only |= bit(at);
        if (is_link(field.kind)) sets.links |= bit(at);
        const bool is_flag = field.name == FieldName::Public || field.name == FieldName::Locked;
        if (!is_link(field.kind) && !field.read_only && !is_flag) sets.attributes |= bit(at);
        if (type == NodeType::Material && is_identifier(field)) sets.identifiers |= bit(at);
    }
    return sets;
}

/// Sorts the members of one object.
class Sorter {
  public:
    Sorter(NodeType type, const Step& step, ProblemList& problems, NodeContent& content)
        : type_(type), fields_(info(type).fields), step_(step), problems_(problems), content_(content) {}

    void take(std::string_view key, dom::element value) {
        const auto* field = find_field(type_, key);
        if (field != nullptr) {
            take_field(*field, value);
        } else if (key == "node") {
            once(seen_node_, key);
        } else if (key == "uuid") {
            if (once(seen_uuid_, key) && !value.is_null()) content_.uuid = value;
        } else if (key == "uid") {
            if (once(seen_uid_, key) && !value.is_null()) content_.uid = value;
        } else if (!is_count(key)) {
            take_unknown(key);
        }
    }

  private:
    void take_field(const Field& field, dom::element value) {
        const auto position = static_cast<std::size_t>(&field - fields_.data());
        if ((seen_ & bit(position)) != 0) return report_twice(text(field.name));
        seen_ |= bit(position);
        if (field.read_only) {
            if (value.is_object() && field.name == FieldName::CreatedBy)
                content_.created_by = dom::object(value);
            if (value.is_object() && field.name == FieldName::UpdatedBy)
                content_.updated_by = dom::object(value);
            if (field.name == FieldName::CreatedAt) content_.created_at = value;
            if (field.name == FieldName::UpdatedAt) content_.updated_at = value;
            if (field.name == FieldName::ModelVersion) content_.model_version = value;
            return;
        }
        if (value.is_null()) {
            content_.cleared |= bit(position);
            return;
        }
        content_.present |= bit(position);
        content_.values[position] = value;
        if (is_link(field.kind))
            content_.link_order[content_.link_count++] = static_cast<std::uint8_t>(position);
    }

    bool once(bool& seen, std::string_view key) {
        if (seen) report_twice(key);
        return !std::exchange(seen, true);
    }

    /// Answers carry `<list>_count` for each list of nodes; they may come back, and say nothing.
    bool is_count(std::string_view key) {
        if (!key.ends_with(kCountSuffix)) return false;
        const auto* list = find_field(type_, key.substr(0, key.size() - kCountSuffix.size()));
        if (list == nullptr || list->kind != FieldKind::LinkList) return false;
        const auto position = static_cast<std::size_t>(list - fields_.data());
        if ((seen_counts_ & bit(position)) != 0) report_twice(key);
        seen_counts_ |= bit(position);
        return true;
    }

    void take_unknown(std::string_view key) {
        if (std::ranges::find(unknown_, key) != unknown_.end()) return report_twice(key);
        if (unknown_.size() < 100) unknown_.push_back(key);
        problems_.add(step_.field(key), codes::kUnknownField, [&] {
            const auto suggestion = suggest_field(type_, key);
            auto message = fmt::format("'{}' is not a field of {}", key, info(type_).name);
            if (!suggestion.empty()) {
                fmt::format_to(std::back_inserter(message), " (did you mean '{}'?)", suggestion);
                excuse(suggestion);
            }
            return Finding{std::move(message), std::string(suggestion)};
        });
    }

    /// One slip is one problem: the field that was meant is not reported as missing too.
    void excuse(std::string_view meant) {
        const auto* field = find_field(type_, meant);
        if (field != nullptr) content_.excused |= bit(static_cast<std::size_t>(field - fields_.data()));
    }

    void report_twice(std::string_view key) {
        problems_.add(step_.field(key), codes::kDuplicateKey, [&] {
            return Finding{fmt::format("the key '{}' occurs more than once in this object", key)};
        });
    }

    NodeType type_;
    std::span<const Field> fields_;
    const Step& step_;
    ProblemList& problems_;
    NodeContent& content_;
    FieldSet seen_ = 0;
    FieldSet seen_counts_ = 0;
    bool seen_node_ = false;
    bool seen_uuid_ = false;
    bool seen_uid_ = false;
    std::vector<std::string_view> unknown_;
};

}  // namespace

const FieldSets& field_sets(NodeType type) {
    static const auto all = [] {
        std::array<FieldSets, kNodeTypeCount> sets;
        for (std::size_t at = 0; at < kNodeTypeCount; ++at)
            sets[at] = make_field_sets(static_cast<NodeType>(at));
        return sets;
    }();
    return all[static_cast<std::size_t>(type)];
}

void sort_out(dom::object object, NodeType type, const Step& step, ProblemList& problems,
              NodeContent& content) {
    Sorter sorter(type, step, problems, content);
    for (const auto [key, value] : object) sorter.take(key, value);
}

std::size_t count_known_fields(dom::object object, NodeType type) {
    std::size_t count = 0;
    for (const auto [key, value] : object) count += find_field(type, key) != nullptr ? 1U : 0U;
    return count;
}

std::optional<dom::element> value_of(const NodeContent& content, NodeType type, FieldName name) {
    const auto* field = find_field(type, name);
    if (field == nullptr) return std::nullopt;
    const auto position = static_cast<std::size_t>(field - info(type).fields.data());
    if (!content.has(position)) return std::nullopt;
    return content.values[position];
}

}  // namespace cript::model
