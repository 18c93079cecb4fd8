#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_reader.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "model/model.hpp"

namespace cript::model {

/// Where a link of a document points to.
struct LinkTarget {
    static constexpr std::uint32_t kElsewhere = 0xffffffffU;
    base::Uuid uuid;
    std::uint32_t node =
        kElsewhere;  ///< index into Graph::nodes, or kElsewhere for a node that only the store has
};

/// All links of one field of one node, in the order sent.
struct Links {
    FieldName field;
    std::vector<LinkTarget> targets;
};

/// One full node of a document.
struct GraphNode {
    static constexpr std::uint32_t kNoParent = 0xffffffffU;

    NodeType type;
    base::Uuid uuid;                ///< the client's, or a new one
    bool uuid_is_new = false;       ///< made here: the node cannot be in the store
    std::string name;               ///< `name`, or empty
    std::optional<bool> is_public;  ///< `public`, if sent; it is not part of `attributes`
    std::optional<bool> is_locked;  ///< `locked`, if sent; likewise
    /// The node's own attributes as one canonical JSON object: fields in model order, no links, no read-only
    /// fields, no `node`, `uuid`, `uid`, `public`, `locked`, no nulls.
    std::string attributes;
    /// Read-only fields that were sent: what the sender has seen of the node. Where they are no text that a
    /// server gave out, an instant before all others.
    std::optional<base::Timestamp> seen_created_at{};
    std::optional<base::Timestamp> seen_updated_at{};
    std::vector<FieldName>
        cleared;               ///< fields sent as null: attributes and links that a partial document removes
    std::vector<Links> links;  ///< one entry per link field that was sent (an empty list too), in model order

    // Where in the document it stands, for pointers.
    std::uint32_t parent = kNoParent;
    FieldName parent_field{};
    std::uint32_t position = 0;  ///< in the parent's list, in document order of that list
    bool in_list = false;
};

/// A document, read and found valid. nodes[0] is the root.
struct Graph {
    std::vector<GraphNode> nodes;
    std::vector<base::Problem> warnings;  ///< accepted, but worth telling
    bool root_named_by_label = false;     ///< the root has no `uuid`; its `uid` is `_:` and one

    /// JSON Pointer of a node in the document.
    [[nodiscard]] std::string pointer(std::uint32_t node) const;
    /// JSON Pointer of one link of it.
    [[nodiscard]] std::string pointer(std::uint32_t node, FieldName field, std::size_t position) const;
};

struct ReadOptions {
    NodeType root;
    /// A change to a stored node: only `node` is required of the root. Nested nodes are always complete.
    bool partial = false;
    /// Of the root, when the URL names it. A differing `uuid` in the body is an error.
    std::optional<base::Uuid> root_uuid{};
    /// Names may have any characters, and one will do: the rules of names came later than some clients.
    bool any_name = false;
    std::size_t max_bytes = std::size_t{64} << 20U;
    std::size_t max_depth = base::JsonLimits{}.depth;
    std::size_t max_nodes = 200'000;
    std::size_t max_problems = 1'000;  ///< a document with more is refused with the first ones and a count
};

/// Reads one JSON document into a graph and validates everything that can be known without the store.
/// Errors: InvalidInput with all problems (pointers, stable codes, suggestions for misspelt words); TooLarge.
[[nodiscard]] base::Result<Graph> read_graph(std::string_view json, const ReadOptions& options);

/// The stored attributes with the sent ones over them and the cleared ones taken away; canonical, as
/// GraphNode says.
[[nodiscard]] std::string merge_attributes(NodeType type, std::string_view stored, std::string_view sent,
                                           const std::vector<FieldName>& cleared);

/// What is wrong with the whole of a node's attributes once a partial document was merged into them: rules
/// that tie fields together (the unit and sign of a Quantity, the kind of a Parameter's value) cannot be
/// judged before.
[[nodiscard]] std::vector<base::Problem> problems_of_whole(NodeType type, std::string_view attributes);

}  // namespace cript::model
