#pragma once

/// The stable words for what can be wrong with a document (base::Problem::code). `invalid_json` comes from
/// base.
namespace cript::model::codes {

inline constexpr auto kConflictingUuid = "conflicting_uuid";        ///< one uuid, two different nodes
inline constexpr auto kDuplicateKey = "duplicate_key";              ///< one object has a key twice
inline constexpr auto kDuplicateUid = "duplicate_uid";              ///< one uid, two different nodes
inline constexpr auto kForbiddenCharacter = "forbidden_character";  ///< in a name, or U+0000 in any text
inline constexpr auto kInvalidLink = "invalid_link";                ///< neither {"uuid"}, {"uid"} nor a node
inline constexpr auto kInvalidUid = "invalid_uid";
inline constexpr auto kInvalidUuid = "invalid_uuid";
inline constexpr auto kOutOfRange = "out_of_range";
inline constexpr auto kRequired = "required";
inline constexpr auto kTooLong = "too_long";
inline constexpr auto kTooShort = "too_short";
inline constexpr auto kUnitMismatch = "unit_mismatch";  ///< the key has another unit
inline constexpr auto kUnknownField = "unknown_field";
inline constexpr auto kUnknownNodeType = "unknown_node_type";
inline constexpr auto kUnknownTerm = "unknown_term";
inline constexpr auto kUnknownUid = "unknown_uid";
inline constexpr auto kUuidMismatch = "uuid_mismatch";  ///< the body names another node than the URL
inline constexpr auto kWrongNodeType = "wrong_node_type";
inline constexpr auto kWrongType = "wrong_type";

// Warnings in one dialect, errors in another.
inline constexpr auto kUnitMissing = "unit_missing";  ///< a number of a key that is measured in something
inline constexpr auto kUnknownUnit = "unknown_unit";
inline constexpr auto kUnitOfText = "unit_of_text";  ///< beside a value that is text

// Warnings.
inline constexpr auto kNoIdentifier = "no_identifier";  ///< a material that nothing identifies but its name
inline constexpr auto kReadOnly = "read_only";          ///< the server sets it; what was sent is ignored
inline constexpr auto kReplacedTerm = "replaced_term";  ///< accepted, but another term took its place

}  // namespace cript::model::codes
