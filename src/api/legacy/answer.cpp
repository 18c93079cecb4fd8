#include "api/legacy/answer.hpp"

#include <algorithm>

#include "api/legacy/address.hpp"
#include "api/legacy/identifiers.hpp"
#include "api/legacy/kept.hpp"
#include "api/legacy/measure.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "service/record_place.hpp"

namespace cript::api::legacy {

namespace {

namespace dom = simdjson::dom;
using model::NodeType;
using store::NodeRow;

std::optional<dom::element> member(dom::element object, std::string_view key) {
    dom::element value;
    if (object.at_key(key).get(value) != simdjson::SUCCESS || value.is_null()) return std::nullopt;
    return value;
}

bool is_url(std::string_view text) {
    return text.starts_with("http://") || text.starts_with("https://");
}

}  // namespace

/// The members of one node that stand for its fields.
class RecordAnswer::Members {
  public:
    Members(const RecordAnswer& answer, const NodeRow& row, const base::JsonDocument& attributes,
            std::string& out)
        : answer_(answer), row_(row), attributes_(attributes.root()), kept_(attributes_), out_(out) {}

    void append_all() {
        measure_ = measured(row_.type, attributes_);
        for (const auto& field : type_of(row_.type).fields) {
            if (out_.back() != '{') out_.push_back(',');
            out_.append("\"").append(field.key).append("\":");
            append(field);
        }
    }

  private:
    void append(const Field& field) {
        switch (field.shape) {
            case Shape::Value:
                return append_value(field, "null");
            case Shape::Text:
                return append_value(field, "\"\"");
            case Shape::List:
                return append_value(field, "[]");
            case Shape::FirstText:
                return append_first_text(field);
            case Shape::Number:
            case Shape::Float:
                return append_number(field);
            case Shape::Identifiers:
                return append_identifiers(out_, attributes_, kept_);
            case Shape::Source:
                return append_source();
            case Shape::UniqueName:
                return append_unique_name();
            case Shape::Email:
                return append_email();
            case Shape::Link:
            case Shape::FirstLink:
                return append_link(field);
            case Shape::Links:
            case Shape::BackLinks:
                return append_list(field, [this](const NodeRow& child) { append_url(child); });
            case Shape::Nested:
                return append_nested(field);
            case Shape::NestedList:
                return append_list(field,
                                   [this](const NodeRow& child) { answer_.append_sub_object(out_, child); });
            case Shape::Files:
                return append_list(field,
                                   [this](const NodeRow& child) { answer_.append_record(out_, child.id); });
            case Shape::KeptText:
            case Shape::KeptInteger:
                return append_kept(field);
            case Shape::KeptLink:
                return append_kept_links(field, false);
            case Shape::KeptLinks:
                return append_kept_links(field, true);
        }
    }

    void append_value(const Field& field, std::string_view otherwise) {
        if (measure_.has(field.field)) {
            out_.append(measure_.json(field.field));
            return;
        }
        const auto value = member(attributes_, model::text(field.field));
        const auto shown = value ? kept_.shown_instead(field.field, *value) : std::nullopt;
        if (shown && shown->is_null()) {
            out_.append(otherwise);
        } else if (shown || value) {
            base::append_json(out_, shown ? *shown : *value);
        } else {
            out_.append(otherwise);
        }
    }

    void append_first_text(const Field& field) {
        const auto value = member(attributes_, model::text(field.field));
        dom::array list;
        if (!value || value->get(list) != simdjson::SUCCESS || list.size() == 0) {
            out_.append("\"\"");
            return;
        }
        base::append_json(out_, list.at(0));
    }

    void append_number(const Field& field) {
        if (measure_.has(field.field)) {
            append_number_json(measure_.json(field.field), field.shape);
            return;
        }
        const auto value = member(attributes_, model::text(field.field));
        std::string text;
        if (value && value->is_string()) {
            text = std::string(std::string_view(*value));
        } else if (value) {
            base::append_json(text, *value);
        }
        append_number_json(text, field.shape);
    }

    /// A number goes out in its kind, or as a float where that is needed.
    void append_number_json(std::string_view text, Shape shape) {
        const auto document = base::JsonDocument::parse(text);
        if (!document || !document->root().is_number()) {
            out_.append("null");
        } else if (shape == Shape::Float) {
            double number = 0;
            if (document->root().get(number) != simdjson::SUCCESS) number = 0;
            base::JsonWriter::append_double(out_, number);
        } else {
            base::append_json(out_, document->root());
        }
    }

    /// Bytes that are here have an address beside the API; a URL stands for itself; what has not arrived is
    /// "Invalid", the one word that the SDK lets through.
    void append_source() {
        const auto value = member(attributes_, "source");
        std::string_view source;
        if (value && value->get(source) != simdjson::SUCCESS) source = {};
        if (is_url(source)) return base::JsonWriter::append_string(out_, source);
        if (source.empty()) {
            out_.append("\"Invalid\"");
            return;
        }
        out_.append("\"")
            .append(answer_.site_)
            .append("/file/download/")
            .append(row_.uuid.text())
            .append("/\"");
    }

    void append_unique_name() {
        const auto extension = member(attributes_, "extension");
        std::string_view suffix;
        if (extension && extension->get(suffix) != simdjson::SUCCESS) suffix = {};
        base::JsonWriter::append_string(out_, row_.uuid.text().append(suffix));
    }

    void append_email() {
        const auto& caller = answer_.caller_;
        const auto email = answer_.set_.emails.find(row_.created_by);
        const bool may_see = caller.is_admin || row_.uuid == caller.uuid;
        const bool is_shown = may_see && email != answer_.set_.emails.end();
        base::JsonWriter::append_string(out_, is_shown ? email->second : std::string());
    }

    void append_url(const NodeRow& row) { base::JsonWriter::append_string(out_, answer_.url(row)); }

    void append_link(const Field& field) {
        const auto children = answer_.shown_children(row_.id, field.field);
        if (children.empty()) {
            out_.append("null");
        } else {
            append_url(*children.front());
        }
    }

    void append_nested(const Field& field) {
        const auto children = answer_.shown_children(row_.id, field.field);
        if (children.empty()) {
            out_.append("null");
        } else {
            answer_.append_sub_object(out_, *children.front());
        }
    }

    template <class AppendChild>
    void append_list(const Field& field, AppendChild append_child) {
        out_.push_back('[');
        for (const auto* child : answer_.shown_children(row_.id, field.field)) {
            if (out_.back() != '[') out_.push_back(',');
            append_child(*child);
        }
        out_.push_back(']');
    }

    void append_kept(const Field& field) {
        if (const auto value = kept_.find(field.key)) {
            base::append_json(out_, *value);
        } else {
            out_.append("null");
        }
    }

    /// Links that are kept as uuids, as long as they lead to something.
    void append_kept_links(const Field& field, bool is_list) {
        if (is_list) out_.push_back('[');
        bool is_empty = true;
        for (const auto& uuid : kept_.uuids(field.key)) {
            if (!answer_.set_.named.contains(uuid)) continue;
            if (!is_empty) out_.push_back(',');
            is_empty = false;
            base::JsonWriter::append_string(out_, url_of(answer_.site_, "material", uuid));
        }
        if (is_list) {
            out_.push_back(']');
        } else if (is_empty) {
            out_.append("null");
        }
    }

    const RecordAnswer& answer_;
    const NodeRow& row_;
    dom::element attributes_;
    Kept kept_;
    std::string& out_;
    Measure measure_;
};

std::string RecordAnswer::url(const NodeRow& row) const {
    return url_of(site_, type_of(row.type).slug, row.uuid);
}

bool RecordAnswer::shows(const NodeRow& row, NodeType parent) const {
    // Equipment holds its files in full; other files are links.
    const bool is_in_full =
        model::info(row.type).group == model::NodeGroup::Subobject || parent == NodeType::Equipment;
    if (is_in_full && set_.hidden.contains(row.id)) return false;
    const auto needs = [&](model::FieldName field) { return !shown_children(row.id, field).empty(); };
    switch (row.type) {
        case NodeType::Citation:
            return needs(model::FieldName::Reference);
        case NodeType::Ingredient:
            return needs(model::FieldName::Material);
        case NodeType::SoftwareConfiguration:
            return needs(model::FieldName::Software);
        case NodeType::Quantity:
        case NodeType::Parameter: {
            // The SDK takes numbers only.
            const auto attributes = base::JsonDocument::parse(row.attributes);
            const auto value = attributes ? member(attributes->root(), "value") : std::nullopt;
            return value && value->is_number();
        }
        default:
            return set_.is_placed(row);
    }
}

std::vector<const NodeRow*> RecordAnswer::shown_children(store::NodeId parent, model::FieldName field) const {
    std::vector<const NodeRow*> children;
    const auto type = set_.rows.at(parent).type;
    for (const auto id : set_.children_of(parent, field)) {
        const auto* row = set_.find(id);
        if (row != nullptr && shows(*row, type)) children.push_back(row);
    }
    return children;
}

base::Uuid RecordAnswer::group_of(const NodeRow& row) const {
    const auto attributes = base::JsonDocument::parse(row.attributes);
    if (attributes) {
        const auto own = Kept(attributes->root()).uuids("group");
        if (!own.empty()) return own.front();
    }
    if (row.project) {
        const auto project = set_.projects.find(*row.project);
        if (project != set_.projects.end()) return project->second.group.value_or(project->second.creator);
    }
    const auto maker = set_.accounts.find(row.created_by);
    return maker == set_.accounts.end() ? base::Uuid{} : maker->second;
}

const base::Uuid* RecordAnswer::parent_of(const NodeRow& row) const {
    if (service::belongs_to_project(row.type)) {
        const auto project = set_.projects.find(row.project.value_or(0));
        return project == set_.projects.end() ? nullptr : &project->second.uuid;
    }
    const auto parent = set_.parents.find(row.id);
    const auto* found = parent == set_.parents.end() ? nullptr : set_.find(parent->second);
    return found == nullptr ? nullptr : &found->uuid;
}

void RecordAnswer::append_record(std::string& out, store::NodeId id) const {
    const auto& row = set_.rows.at(id);
    const auto& type = type_of(row.type);
    const auto own = url(row);
    out.reserve(out.size() + row.attributes.size() + 1024);
    base::JsonWriter json(out);
    json.begin_object()
        .member("url", std::string_view(own))
        .member("uid", std::string_view(row.uuid.text()))
        .member("public", row.is_public)
        .member("created_at", std::string_view(row.created_at.text()))
        .member("updated_at", std::string_view(row.updated_at.text()));
    if (row.type != NodeType::User)
        json.member("group", std::string_view(url_of(site_, "group", group_of(row))));
    if (const auto* parent = parent_of(row))
        json.member(type.parent_key, std::string_view(url_of(site_, type.parent_key, *parent)));
    for (const auto& list : type.children)
        json.member(list.key, std::string_view(own + std::string(list.path) + "/"));
    if (const auto attributes = base::JsonDocument::parse(row.attributes))
        Members(*this, row, *attributes, out).append_all();
    out.push_back('}');
}

void RecordAnswer::append_sub_object(std::string& out, const NodeRow& row) const {
    out.push_back('{');
    if (const auto attributes = base::JsonDocument::parse(row.attributes))
        Members(*this, row, *attributes, out).append_all();
    out.push_back('}');
}

}  // namespace cript::api::legacy
