#include "api/v1/answer.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "base/json_writer.hpp"
#include "model/graph.hpp"
#include "model/kept_members.hpp"
#include "service/required_link.hpp"

namespace cript::api::v1 {

namespace {

using store::EdgeRow;
using store::NodeId;
using store::NodeRow;

/// Deeper nesting is beyond what SDK 2.4.0 loads; what lies deeper is shown as a stub. A reader must take two
/// levels of JSON for each (model::ReadOptions::max_depth), or what is answered could not come back.
constexpr std::size_t kDeepest = 120;

void append_key(std::string& out, std::string_view name) {
    out.append(",\"").append(name).append("\":");
}

void append_account(std::string& out, std::string_view field, store::AccountId account,
                    const service::AccountNames& accounts) {
    const auto found = accounts.find(account);
    if (found == accounts.end()) return;
    append_key(out, field);
    out.append("{\"uuid\":\"");
    found->second.append_to(out);
    out.append("\"}");
}

/// `{"node":["Material"],"uid":"_:…","uuid":"…"` and everything that is the node's own; the brace stays open.
void open_node(std::string& out, const NodeRow& row, const service::AccountNames& accounts) {
    const auto& type = model::info(row.type);
    out.append("{\"node\":[\"").append(type.name).append("\"],\"uid\":\"_:");
    row.uuid.append_to(out);
    out.append("\",\"uuid\":\"");
    row.uuid.append_to(out);
    out.append("\",\"created_at\":\"");
    row.created_at.append_to(out);
    out.append("\",\"updated_at\":\"");
    row.updated_at.append_to(out);
    out.push_back('"');
    for (const auto& field : type.fields) {
        if (field.name == model::FieldName::CreatedBy)
            append_account(out, "created_by", row.created_by, accounts);
        if (field.name == model::FieldName::UpdatedBy)
            append_account(out, "updated_by", row.updated_by, accounts);
        if (field.name == model::FieldName::Locked)
            out.append(row.is_locked ? ",\"locked\":true" : ",\"locked\":false");
        if (field.name == model::FieldName::Public)
            out.append(row.is_public ? ",\"public\":true" : ",\"public\":false");
        if (field.name == model::FieldName::ModelVersion) {
            append_key(out, "model_version");
            base::JsonWriter::append_string(out, model::kModelVersion);
        }
    }
    const auto own = model::own_members(row.attributes);
    if (!own.empty()) out.append(",").append(own);
}

void append_reference(std::string& out, const NodeRow& row) {
    out.append("{\"uid\":\"_:");
    row.uuid.append_to(out);
    out.append("\"}");
}

void append_hidden(std::string& out, const NodeRow& row) {
    out.append("{\"node\":[\"").append(model::info(row.type).name).append("\"],\"uid\":\"_:");
    row.uuid.append_to(out);
    out.append("\",\"uuid\":\"");
    row.uuid.append_to(out);
    out.append("\",\"name\":\"").append(service::kHiddenName).append("\"}");
}

/// Writes the fields of links in model order, each list with its count; `append_child` writes one child.
/// Of the fields that `shows` turns down, only the counts.
template <class Shows, class AppendChild>
void append_links(std::string& out, const NodeRow& row, std::span<const EdgeRow> edges, Shows shows,
                  AppendChild append_child) {
    for (const auto& field : model::info(row.type).fields) {
        if (!model::is_link(field.kind) || field.read_only) continue;
        const auto belongs = [&field](const EdgeRow& edge) { return edge.field == field.name; };
        auto edge = std::find_if(edges.begin(), edges.end(), belongs);
        const auto name = model::text(field.name);
        const bool is_shown = shows(field);
        if (field.kind == model::FieldKind::Link) {
            if (edge == edges.end() || !is_shown) continue;
            append_key(out, name);
            append_child(*edge);
            continue;
        }
        std::size_t count = 0;
        for (; edge != edges.end() && belongs(*edge); ++edge) {
            if (!is_shown) {
                ++count;
                continue;
            }
            if (count++ == 0) {
                append_key(out, name);
                out.push_back('[');
            } else {
                out.push_back(',');
            }
            append_child(*edge);
        }
        if (count > 0 && is_shown) out.push_back(']');
        out.append(",\"").append(name).append("_count\":").append(std::to_string(count));
    }
}

/// Edges of one parent, out of edges that ascend by parent.
std::span<const EdgeRow> edges_of(std::span<const EdgeRow> edges, NodeId parent) {
    const auto [first, last] = std::equal_range(
        edges.begin(), edges.end(), EdgeRow{parent, {}, 0, 0},
        [](const EdgeRow& left, const EdgeRow& right) { return left.parent < right.parent; });
    return {first, last};
}

/// How far an answer goes below its root.
enum class Extent : std::uint8_t {
    Whole,
    Shallow,  ///< its children in lists that are not too long, and below only what they need to be loaded
};

class GraphAnswer {
  public:
    GraphAnswer(std::string& out, const store::Subgraph& graph, const std::unordered_set<NodeId>& hidden,
                const service::AccountNames& accounts, Extent extent)
        : out_(out),
          graph_(graph),
          hidden_(hidden),
          accounts_(accounts),
          extent_(extent),
          states_(graph.nodes.size(), State::Fresh) {}

    void append(NodeId id) {
        const auto& nodes = graph_.nodes;
        const auto found =
            std::lower_bound(nodes.begin(), nodes.end(), id,
                             [](const auto& node, NodeId wanted) { return node.row.id < wanted; });
        auto& state = states_[static_cast<std::size_t>(found - nodes.begin())];
        const auto& row = found->row;
        if (state == State::Closed) return append_reference(out_, row);
        if (hidden_.contains(id)) return append_hidden(out_, row);
        open_node(out_, row, accounts_);
        const bool is_stub = state == State::Open || found->reach == store::Reach::Stub || depth_ >= kDeepest;
        if (!is_stub) {
            state = State::Open;
            const auto edges = edges_of(graph_.edges, id);
            const bool is_hit = depth_ == 0;
            const auto shows = [&](const model::Field& field) {
                if (extent_ == Extent::Whole || service::is_required_link(field)) return true;
                return is_hit && service::length_of(edges, field.name) <= service::kLongestShownList;
            };
            ++depth_;
            append_links(out_, row, edges, shows, [this](const EdgeRow& edge) { append(edge.child); });
            --depth_;
            state = State::Closed;
        } else {
            if (found->reach == store::Reach::Stub) state = State::Closed;
            append_required(row);
        }
        out_.push_back('}');
    }

  private:
    /// SDK 2.4.0 loads no node without these links, not even as a stub.
    void append_required(const NodeRow& row) {
        for (const auto& edge : edges_of(graph_.edges, row.id)) {
            const auto* field = model::find_field(row.type, edge.field);
            if (field == nullptr || !service::is_required_link(*field)) continue;
            append_key(out_, model::text(edge.field));
            append(edge.child);
        }
    }

    enum class State : std::uint8_t { Fresh, Open, Closed };

    std::string& out_;
    const store::Subgraph& graph_;
    const std::unordered_set<NodeId>& hidden_;
    const service::AccountNames& accounts_;
    Extent extent_;
    std::vector<State> states_;  ///< parallel to the nodes of the graph
    std::size_t depth_ = 0;
};

/// The nodes of a page with the edges that are known of them. A node that is a hit, a child and required is
/// there once.
store::Subgraph graph_around(const service::NodePage& page) {
    std::map<NodeId, store::Subgraph::Node> nodes;
    std::set<NodeId> hits;
    store::Subgraph graph;
    for (const auto& hit : page.hits) {
        nodes.try_emplace(hit.row.id, store::Subgraph::Node{hit.row, store::Reach::Home});
        hits.insert(hit.row.id);
        graph.edges.insert(graph.edges.end(), hit.edges.begin(), hit.edges.end());
    }
    for (const auto& row : page.children)
        nodes.try_emplace(row.id, store::Subgraph::Node{row, store::Reach::Foreign});
    for (const auto& row : page.required)
        nodes.try_emplace(row.id, store::Subgraph::Node{row, store::Reach::Stub});
    for (const auto& edge : page.child_edges) {
        if (!hits.contains(edge.parent)) graph.edges.push_back(edge);
    }
    for (auto& [id, node] : nodes) graph.nodes.push_back(std::move(node));
    // Edges of one parent stand together already, in the order of its fields.
    std::stable_sort(graph.edges.begin(), graph.edges.end(),
                     [](const EdgeRow& left, const EdgeRow& right) { return left.parent < right.parent; });
    return graph;
}

}  // namespace

void append_graph(std::string& out, const service::NodeGraph& graph) {
    out.reserve(out.size() + graph.graph.nodes.size() * 512);
    GraphAnswer(out, graph.graph, graph.hidden, graph.accounts, Extent::Whole).append(graph.root.id);
}

void append_leaf(std::string& out, const service::SingleNode& node) {
    open_node(out, node.row, node.accounts);
    append_links(out, node.row, {}, [](const model::Field&) { return true; }, [](const EdgeRow&) {});
    if (node.email) {
        append_key(out, model::text(model::FieldName::Email));
        base::JsonWriter::append_string(out, *node.email);
    }
    out.push_back('}');
}

void append_single(std::string& out, const store::NodeRow& row, const service::AccountNames& accounts) {
    open_node(out, row, accounts);
    out.push_back('}');
}

void append_hits(std::string& out, const service::NodePage& page) {
    const auto graph = graph_around(page);
    out.push_back('[');
    for (const auto& hit : page.hits) {
        if (out.back() != '[') out.push_back(',');
        GraphAnswer(out, graph, page.hidden, page.accounts, Extent::Shallow).append(hit.row.id);
        if (!hit.score) continue;
        out.pop_back();
        append_key(out, "score");
        base::JsonWriter::append_double(out, *hit.score);
        out.push_back('}');
    }
    out.push_back(']');
}

}  // namespace cript::api::v1
