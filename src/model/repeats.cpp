#include "model/repeats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "base/json_reader.hpp"
#include "model/problem_codes.hpp"

namespace cript::model {

namespace dom = simdjson::dom;

namespace {

/// The attributes of `later` that `first` has too, with the same values.
bool attributes_agree(const std::string& later, const std::string& first) {
    if (later == first) return true;
    auto later_json = base::JsonDocument::parse(later);
    auto first_json = base::JsonDocument::parse(first);
    dom::object later_object;
    if (!later_json || !first_json || later_json->root().get(later_object) != simdjson::SUCCESS) return false;
    std::string later_value;
    std::string first_value;
    for (const auto [key, value] : later_object) {
        dom::element other;
        if (first_json->root().at_key(key).get(other) != simdjson::SUCCESS) return false;
        later_value.clear();
        first_value.clear();
        base::append_json(later_value, value);
        base::append_json(first_value, other);
        if (later_value != first_value) return false;
    }
    return true;
}

class Settlement {
  public:
    explicit Settlement(Graph& graph) : graph_(graph), counterpart_(graph.nodes.size(), kNone) {}

    /// Does the later mention say nothing that the first does not? Remembers which node stands for which.
    bool agree(std::uint32_t later, std::uint32_t first) {
        counterpart_[later] = first;
        const auto& a = graph_.nodes[later];
        const auto& b = graph_.nodes[first];
        if (a.type != b.type || !attributes_agree(a.attributes, b.attributes)) return false;
        if (a.is_public && a.is_public != b.is_public) return false;
        if (a.is_locked && a.is_locked != b.is_locked) return false;
        const bool clears_the_same = std::ranges::all_of(
            a.cleared, [&](FieldName name) { return std::ranges::find(b.cleared, name) != b.cleared.end(); });
        return clears_the_same && std::ranges::all_of(a.links, [&](const Links& links) {
                   return links_agree(later, links, first);
               });
    }

    /// Takes the later mentions out, and all that they alone hold; what pointed to them points to the first.
    void compact() {
        std::vector<std::uint32_t> new_index(graph_.nodes.size(), kNone);
        std::uint32_t kept = 0;
        for (std::uint32_t at = 0; at < graph_.nodes.size(); ++at) {
            if (counterpart_[at] == kNone) new_index[at] = kept++;
        }
        const auto settled = [&](std::uint32_t node) {
            while (counterpart_[node] != kNone) node = counterpart_[node];
            return new_index[node];
        };
        for (std::uint32_t at = 0; at < graph_.nodes.size(); ++at) {
            if (counterpart_[at] != kNone) continue;
            auto& node = graph_.nodes[at];
            if (node.parent != GraphNode::kNoParent) node.parent = settled(node.parent);
            for (auto& links : node.links) {
                for (auto& target : links.targets) {
                    if (target.node != LinkTarget::kElsewhere) target.node = settled(target.node);
                }
            }
            if (new_index[at] != at) graph_.nodes[new_index[at]] = std::move(node);
        }
        graph_.nodes.resize(kept);
    }

  private:
    static constexpr std::uint32_t kNone = 0xffffffffU;

    bool links_agree(std::uint32_t later, const Links& links, std::uint32_t first) {
        const auto& others = graph_.nodes[first].links;
        const auto other = std::ranges::find(others, links.field, &Links::field);
        if (other == others.end() || other->targets.size() != links.targets.size()) return false;
        for (std::size_t at = 0; at < links.targets.size(); ++at) {
            if (!targets_agree(later, links.targets[at], first, other->targets[at])) return false;
        }
        return true;
    }

    /// The same node, or two whole children without identity that agree.
    bool targets_agree(std::uint32_t later, const LinkTarget& a, std::uint32_t first, const LinkTarget& b) {
        if (a.uuid == b.uuid) return true;
        const bool both_here = a.node != LinkTarget::kElsewhere && b.node != LinkTarget::kElsewhere;
        if (!both_here) return false;
        const auto& child = graph_.nodes[a.node];
        const auto& other = graph_.nodes[b.node];
        const bool are_own_children = child.parent == later && other.parent == first;
        return are_own_children && child.uuid_is_new && other.uuid_is_new && agree(a.node, b.node);
    }

    Graph& graph_;
    std::vector<std::uint32_t> counterpart_;  ///< of a node that is not kept: the one that stands for it
};

}  // namespace

void settle_repeats(Graph& graph, const std::vector<Repeat>& repeats, ProblemList& problems) {
    if (repeats.empty()) return;
    Settlement settlement(graph);
    for (const auto& repeat : repeats) {
        if (settlement.agree(repeat.node, repeat.first)) continue;
        problems.add_at([&] { return graph.pointer(repeat.node); }, codes::kConflictingUuid,
                        [&] {
                            return Finding{fmt::format(
                                "this {} is given in full a second time, with other content than at '{}'",
                                info(graph.nodes[repeat.node].type).name, graph.pointer(repeat.first))};
                        });
    }
    if (problems.empty()) settlement.compact();
}

}  // namespace cript::model
