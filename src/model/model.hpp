#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "model/tables.hpp"  // generated: enum class NodeType, FieldName, Vocabulary

namespace cript::model {

/// What a field holds.
enum class FieldKind : std::uint8_t {
    Text,
    Integer,
    Number,
    Boolean,
    TextList,
    IntegerList,
    NumberOrText,      ///< Quantity.value
    NumberTextOrFlag,  ///< Parameter.value
    NumberTextOrList,  ///< Condition.value
    AnyValue,          ///< Property.value: number, text, boolean or a list of these
    Link,              ///< one other node
    LinkList,          ///< other nodes, in order
};

[[nodiscard]] constexpr bool is_link(FieldKind kind) {
    return kind == FieldKind::Link || kind == FieldKind::LinkList;
}

/// How a link field ties two nodes.
enum class LinkRole : std::uint8_t {
    None,         ///< not a link
    Containment,  ///< the child belongs here: Project.collection, Material.property, Process.ingredient, …
    Reference,    ///< the child belongs elsewhere: Process.product, Ingredient.material, …
    Account,      ///< names a user: Project.admin, …
};

/// One field of a node type.
struct Field {
    FieldName name;
    FieldKind kind;
    LinkRole role;
    NodeType target;           ///< of links
    bool required;             ///< when a node is created
    bool read_only;            ///< set by the server; ignored on input (created_at, created_by, …)
    bool nullable;             ///< null is a value of the field's schema, not only "absent"
    bool is_name;              ///< none of ^ < > | $ (decisions: the served schema is looser)
    std::uint32_t min_length;  ///< in Unicode code points, of Text
    std::uint32_t max_length;
    std::span<const Vocabulary> vocabularies;  ///< a term of any of these, or a custom `+term`; empty: free
};

enum class NodeGroup : std::uint8_t { Primary, PrimaryPublic, Subobject, Supporting };

struct NodeInfo {
    std::string_view name;  ///< "ComputationProcess"
    std::string_view slug;  ///< "computation_process"
    NodeGroup group;
    std::span<const Field> fields;  ///< in the order in which answers show them
};

/// A word of a controlled vocabulary.
struct Term {
    std::string_view name;
    std::string_view description;
    std::string_view status;  ///< "current", "retired", "legacy", "custom" or "observed"
    std::string_view json;    ///< the whole record as JSON, as `/cv/{category}` serves it
};

[[nodiscard]] const NodeInfo& info(NodeType type);
[[nodiscard]] std::optional<NodeType> node_type_named(std::string_view name);
[[nodiscard]] std::optional<NodeType> node_type_with_slug(std::string_view slug);

[[nodiscard]] std::string_view text(FieldName name);
[[nodiscard]] std::optional<FieldName> field_named(std::string_view name);
/// The field of that name of that node type, or nothing. Constant time.
[[nodiscard]] const Field* find_field(NodeType type, FieldName name);
[[nodiscard]] const Field* find_field(NodeType type, std::string_view name);

[[nodiscard]] std::string_view text(Vocabulary vocabulary);
[[nodiscard]] std::optional<Vocabulary> vocabulary_named(std::string_view name);
[[nodiscard]] std::span<const Term> terms(Vocabulary vocabulary);
/// Is `word` a term (of any status) of the vocabulary? Custom `+words` are not asked here.
[[nodiscard]] bool has_term(Vocabulary vocabulary, std::string_view word);

/// The draft-07 JSON Schema of the whole model, as `/schema/` serves it.
[[nodiscard]] std::string_view json_schema();

}  // namespace cript::model
