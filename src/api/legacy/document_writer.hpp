#pragma once

#include "base/json_reader.hpp"

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
        std::optional<base::JsonDocument> shown{};  ///< the stored node as answers have it
        /// Of what is shown, value and uncertainty in the unit that was sent, if that is another one.
        std::optional<base::JsonDocument> in_sent_unit{};
        std::string key{};           ///< of what can be measured, as the vocabulary spells it
        bool keeps_measure = false;  ///< its value, unit and uncertainty came back as they were shown
        bool is_measured = false;    ///< they are written
    };

    void write_node(const Type& type, simdjson::dom::element sent, const store::NodeRow* stored,
                    const std::string& pointer);
    void write_root_members(Node& node);
    void write_field(Node& node, const Field& field, simdjson::dom::element value);
    void complete(Node& node);
    [[nodiscard]] std::optional<base::JsonDocument> shown_of(const Type& type,
                                                             const store::NodeRow* stored) const;
    /// A member as it was sent; of a measure, otherwise as it was shown, in the unit that was sent: its
    /// members go together.
    [[nodiscard]] static std::optional<simdjson::dom::element> member_of(const Node& node,
                                                                         std::string_view key);
    /// What is left out, or comes back as it was shown, says nothing.
    [[nodiscard]] static bool stays(const Node& node, const Field& field,
                                    const std::optional<simdjson::dom::element>& value);
    void write_again(Node& node, const Field& field);

    // Value, unit and uncertainty of what can be measured.
    [[nodiscard]] static bool is_of_measure(const Node& node, const Field& field);
    void write_measure(Node& node);
    [[nodiscard]] static bool brings_back_measure(const Node& node);
    void read_in_sent_unit(Node& node);
    void judge_measure(const Node& node, std::string_view value, std::string_view unit);
    /// A value with its numbers as numbers, if it has any.
    [[nodiscard]] static std::string number_json(const Node& node, simdjson::dom::element value);
    /// SDK 2.4.0 takes no lists: in the model of its time they are text. One that it stored stays a list.
    [[nodiscard]] static bool is_list_as_text(const Node& node, simdjson::dom::element value);
    [[nodiscard]] static std::string stored_json(const Node& node, simdjson::dom::element value);
    void write_measured_value(Node& node, simdjson::dom::element value);
    void write_quantity(Node& node);

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

    /// The vocabularies to whose words this dialect holds a field.
    [[nodiscard]] static std::span<const model::Vocabulary> words_of(const Node& node, const Field& field);
    /// A value with its words as the vocabularies spell them.
    std::string with_known_terms(Node& node, const Field& field, simdjson::dom::element value,
                                 const std::string& pointer);
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
