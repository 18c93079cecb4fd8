#pragma once

#include <simdjson.h>

#include <optional>
#include <string>
#include <vector>

#include "api/legacy/document.hpp"
#include "api/legacy/kept.hpp"
#include "base/json_writer.hpp"

namespace cript::api::legacy {

/// Turns the JSON of a record into a document of the model, along the table of fields.
class DocumentWriter {
  public:
    struct Written {
        std::string json;
        std::vector<std::string> kept;  ///< of each node that the document has in full, in its order
        std::vector<base::Problem> problems;
        std::vector<std::string> dropped;  ///< members that are none
        std::vector<KeptLinkTarget> kept_links;
        std::optional<base::Uuid> parent;
        std::optional<base::Uuid> group;
        bool is_public = false;
    };

    explicit DocumentWriter(const DocumentContext& context) : context_(context), json_(written_.json) {}
    [[nodiscard]] Written write(simdjson::dom::element body);

  private:
    /// One node while it is written.
    struct Node {
        const Type& type;
        simdjson::dom::object sent;
        const store::NodeRow* stored;
        std::string pointer;
        KeptDraft kept;
    };

    void write_node(const Type& type, simdjson::dom::element sent, const store::NodeRow* stored,
                    const std::string& pointer);
    void write_root_members(Node& node);
    void write_field(Node& node, const Field& field, simdjson::dom::element value);
    void complete(Node& node);

    void write_value(Node& node, const Field& field, simdjson::dom::element value);
    void write_first_text(Node& node, const Field& field, simdjson::dom::element value);
    void write_identifiers(Node& node, simdjson::dom::element value);
    void write_source(Node& node, simdjson::dom::element value);
    void write_link(Node& node, const Field& field, simdjson::dom::element value);
    void write_first_link(Node& node, const Field& field, simdjson::dom::element value);
    void write_links(Node& node, const Field& field, simdjson::dom::element value);
    void write_nested(Node& node, const Field& field, simdjson::dom::element value);
    void write_nested_list(Node& node, const Field& field, simdjson::dom::element value);
    void keep(Node& node, const Field& field, simdjson::dom::element value);

    /// A value with its words as the vocabulary spells them; nothing after a problem.
    std::optional<std::string> with_known_terms(Node& node, const model::Field& field,
                                                simdjson::dom::element value, const std::string& pointer);
    std::optional<base::Uuid> uuid_of(simdjson::dom::element value, std::string_view slug,
                                      const std::string& pointer);
    void append_link(const base::Uuid& uuid);
    /// Stored children that this dialect does not show stay.
    void append_unshown(const Node& node, model::FieldName field);
    /// The target of a link field, by slug.
    [[nodiscard]] static std::string_view slug_of_target(const Node& node, const Field& field);
    void report(std::string pointer, std::string message, std::string_view code = "wrong_type");

    const DocumentContext& context_;
    Written written_;
    base::JsonWriter json_;
};

}  // namespace cript::api::legacy
