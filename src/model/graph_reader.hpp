#pragma once

#include <simdjson.h>

#include <memory_resource>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/attribute_reader.hpp"
#include "model/graph.hpp"
#include "model/node_content.hpp"
#include "model/problem_list.hpp"
#include "model/repeats.hpp"
#include "model/uuid_source.hpp"

namespace cript::model {

/// Turns one parsed document into a graph, in one walk over it. Links are resolved when all nodes are known.
class GraphReader {
  public:
    GraphReader(const ReadOptions& options, std::size_t document_bytes);

    [[nodiscard]] base::Result<Graph> read(simdjson::dom::element document);

  private:
    /// Where a node or link stands: in which field of which node.
    struct Place {
        std::uint32_t parent = GraphNode::kNoParent;
        FieldName field{};
        std::uint32_t position = 0;
        bool in_list = false;
    };

    /// A link that waits until all nodes are known.
    struct PendingLink {
        Place place;
        std::string_view uid;  ///< empty for a link by uuid
        bool to_account = false;
    };

    // Nodes.
    std::uint32_t read_node(simdjson::dom::object object, NodeType expected, const Step& step,
                            const Place& place);
    NodeType read_type(simdjson::dom::object object, NodeType expected, const Step& step);
    void read_attributes(std::uint32_t index, const NodeContent& content, const Step& step);
    void check_required(NodeType type, const NodeContent& content, bool is_partial, const Step& step);

    // Identity. `identify` returns true for a node that the document gave in full before.
    bool identify(std::uint32_t index, const NodeContent& content, const Step& step);
    bool identify_by_uuid(std::uint32_t index, const Step& step);
    bool repeat(std::uint32_t index, std::uint32_t first);
    bool read_uid(simdjson::dom::element value, const Step& step, std::string_view& uid);
    bool read_uuid(simdjson::dom::element value, const Step& step, base::Uuid& uuid);

    // Links.
    void read_links(std::uint32_t index, const NodeContent& content, const Step& step);
    LinkTarget read_target(simdjson::dom::element value, const Field& field, const Step& step,
                           const Place& place);
    LinkTarget read_account(simdjson::dom::object object, const Step& step, const Place& place);
    LinkTarget read_reference(std::string_view form, simdjson::dom::element value, const Step& step,
                              const Place& place, bool to_account);
    void note_account(simdjson::dom::object object);
    void note_what_was_seen(std::uint32_t index, const NodeContent& content, const Step& step);
    void resolve_links();
    void resolve_node(const PendingLink& link, LinkTarget& target);
    void resolve_account(const PendingLink& link, LinkTarget& target);
    LinkTarget& target_of(const Place& place);
    [[nodiscard]] std::string pointer(const Place& place) const;

    [[nodiscard]] base::Error refusal(simdjson::dom::element document);

    const ReadOptions& options_;
    Graph graph_;
    ProblemList problems_;
    ProblemList warnings_;
    AttributeReader attributes_;
    UuidSource new_uuids_;
    std::string scratch_;
    std::pmr::monotonic_buffer_resource memory_;  // of the registers below, which only grow
    std::pmr::unordered_map<base::Uuid, std::uint32_t, base::UuidHash> by_uuid_;
    std::pmr::unordered_map<std::string_view, std::uint32_t> by_uid_;
    std::pmr::unordered_map<std::string_view, base::Uuid> accounts_by_uid_;
    std::vector<PendingLink> pending_;
    std::vector<Repeat> repeats_;
    bool too_many_nodes_ = false;
};

}  // namespace cript::model
