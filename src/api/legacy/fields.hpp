#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "model/model.hpp"

namespace cript::api::legacy {

/// How a member of this dialect's JSON follows from a stored node.
enum class Shape : std::uint8_t {
    Value,        ///< an attribute as it is, or null
    Text,         ///< a text attribute, "" without one
    List,         ///< an attribute that is a list, [] without one
    FirstText,    ///< the first text of a list, "" without one
    Number,       ///< a number, or text that is one; null otherwise
    Float,        ///< the same, always with a decimal point: the SDK refuses integers there
    Identifiers,  ///< the attributes that identify a material, as a list of key and value
    Source,       ///< where a file is
    UniqueName,   ///< of a file: its uid and extension
    Email,        ///< of a user: for oneself and administrators
    Link,         ///< the URL of one node, or null
    FirstLink,    ///< the same, of a list: its first node
    Links,        ///< a list of URLs
    BackLinks,    ///< the same, but an empty list says nothing
    Nested,       ///< one sub-object, or null
    NestedList,   ///< a list of sub-objects
    Files,        ///< files in full; in requests their URLs
    KeptText,     ///< text that no field of the model holds
    KeptInteger,  ///< likewise an integer
    KeptLink,     ///< likewise the URL of a material
    KeptLinks,    ///< likewise a list of those
};

struct Field {
    std::string_view key;
    Shape shape;
    model::FieldName field;  ///< of the model; of what is only kept, meaningless
    /// To whose words this dialect holds the field where the model takes any.
    std::optional<model::Vocabulary> vocabulary{};
};

/// A list of records that belong to one: a page with an address of its own.
struct ChildList {
    std::string_view key;   ///< of the member that holds the address
    std::string_view path;  ///< its last segment
    model::NodeType type;
};

/// What this dialect makes of a node type.
struct Type {
    model::NodeType type;
    std::string_view slug;  ///< empty for sub-objects
    std::string_view name;
    std::string_view parent_key;  ///< the member that holds the URL of what the record belongs to
    std::span<const Field> fields;
    std::span<const ChildList> children{};
};

[[nodiscard]] const Type& type_of(model::NodeType type);
/// Nothing if no record has this slug. Groups are no nodes, and not here.
[[nodiscard]] const Type* type_with_slug(std::string_view slug);
/// Those that have a slug.
[[nodiscard]] std::span<const Type> record_types();

[[nodiscard]] bool is_kept(Shape shape);

/// The field of Material that an identifier with this key is, or nothing: `cas` is `chemical_id`.
[[nodiscard]] std::optional<model::FieldName> identifier_field(std::string_view key);
/// The key of an identifier that a field of Material is.
[[nodiscard]] std::string_view identifier_key(model::FieldName field);
[[nodiscard]] std::span<const model::FieldName> identifier_fields();

}  // namespace cript::api::legacy
