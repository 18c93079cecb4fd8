#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "account/policy.hpp"
#include "base/encoding.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "crypto/digest.hpp"
#include "model/model.hpp"

namespace cript::store {

using NodeId = std::int64_t;     ///< of a node in this database; also the order of pages
using AccountId = std::int64_t;  ///< of an account in this database

/// A stored node, without its links.
struct NodeRow {
    NodeId id = 0;
    base::Uuid uuid;
    model::NodeType type{};
    std::string name;
    std::string attributes;         ///< own attributes as one canonical JSON object
    std::optional<NodeId> project;  ///< that owns it; of a project its own id
    AccountId created_by = 0;
    AccountId updated_by = 0;
    base::Timestamp created_at;
    base::Timestamp updated_at;
    bool is_public = false;
    bool is_locked = false;
    std::int64_t revision = 1;
};

struct EdgeRow {
    NodeId parent = 0;
    model::FieldName field{};
    std::uint32_t position = 0;
    NodeId child = 0;

    bool operator==(const EdgeRow&) const = default;
};

/// What the policy must know of a project, for one caller.
struct ProjectAccess {
    account::Role role = account::Role::None;
    bool is_public = false;
    bool is_locked = false;
};

/// One node and what decides whether the caller may see it, read in one statement.
struct PointRead {
    NodeRow node;
    ProjectAccess access;
    bool has_links = false;
};

/// How far a node of a subgraph is shown.
enum class Reach : std::uint8_t {
    Home,     ///< in full, and so are the nodes it links to
    Foreign,  ///< of another project or of none: itself and its sub-objects
    Stub,     ///< itself only
};

/// What is reached from one node.
struct Subgraph {
    struct Node {
        NodeRow row;
        Reach reach;
    };
    std::vector<Node> nodes;     ///< ascending by id, each once
    std::vector<EdgeRow> edges;  ///< of all nodes that are no stubs; ascending by parent, field, position
};

/// A condition on one attribute: its text or number (of a list: any of them) is, or contains, this text.
struct AttributeFilter {
    model::FieldName field{};
    std::string text;
    bool is_whole = false;           ///< is the text; otherwise contains it
    bool is_case_sensitive = false;  ///< otherwise in any case
};

/// A condition on the numbers of a node or of its children: the key, the coherent SI unit, and the range.
struct MeasuredFilter {
    std::string key;
    std::string unit;
    double least = 0;  ///< in that unit; may be infinite
    double most = 0;
};

/// A page of nodes of one type that a caller may see.
struct ListQuery {
    model::NodeType type{};
    AccountId caller = 0;
    bool caller_is_admin = false;
    std::optional<std::string> name_contains;  ///< any case
    std::optional<AttributeFilter> attribute;  ///< if set, name_contains is not
    std::optional<NodeId> project{};           ///< that owns the nodes; alone, or with `after` only
    std::optional<MeasuredFilter> measured{};  ///< if set, neither of the two is
    NodeId after = 0;                          ///< ids strictly greater
    unsigned limit = 10;
    std::uint64_t offset = 0;  ///< of the first one; only without a condition on name or attribute
};

/// A node and one of its identifiers, such as its BigSMILES.
struct IdentifiedNode {
    NodeId id = 0;
    base::Uuid uuid;
    std::string value;
};

/// What a node was before a change.
struct RevisionRow {
    std::int64_t revision = 0;
    std::string name;
    std::string attributes;
    std::vector<EdgeRow> edges;
    AccountId updated_by = 0;
    base::Timestamp updated_at;
};

struct AccountRow {
    AccountId id = 0;
    base::Uuid uuid;
    std::string username;
    std::string email;
    std::string password_hash;
    bool is_admin = false;
    bool is_disabled = false;
    base::Timestamp created_at;
};

enum class TokenState : std::uint8_t { Active = 1, Revoked = 2 };

struct TokenRow {
    std::int64_t id = 0;
    AccountId account = 0;
    crypto::Digest digest{};
    std::uint32_t key_version = 0;
    base::Bytes sealed;  ///< empty once revoked
    TokenState state = TokenState::Active;
    base::Timestamp created_at;
    std::optional<base::Timestamp> last_used_at;
    std::string last_used_from;
    std::string last_used_client;
};

/// What a token check needs, in one statement.
struct TokenOwner {
    std::int64_t token = 0;
    crypto::Digest digest{};
    TokenState state = TokenState::Active;
    AccountId account = 0;
    base::Uuid account_uuid;
    bool is_admin = false;
    bool is_disabled = false;
};

struct SessionRow {
    std::int64_t id = 0;
    crypto::Digest digest{};
    AccountId account = 0;
    base::Timestamp created_at;
    base::Timestamp last_seen_at;
    std::string address;
    std::string client;
    std::optional<base::Timestamp> reauthenticated_at;
    std::optional<crypto::Digest> nonce;  ///< of the one-shot nonce that is out
};

struct AuditRow {
    std::int64_t id = 0;
    base::Timestamp at;
    AccountId account = 0;
    std::string action;
    std::string actor;
    std::string address;
    std::string client;
    std::string detail;
    std::optional<crypto::Digest> seal;  ///< nothing until the sealer has come by
    std::uint32_t key_version = 0;
};

}  // namespace cript::store
