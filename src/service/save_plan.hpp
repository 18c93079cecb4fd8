#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/save_graph.hpp"

namespace cript::service {

/// A child as it will stand in the store: a stored node, or a node of the graph that is not stored yet.
struct PlannedChild {
    store::NodeId stored = 0;
    std::uint32_t node = model::LinkTarget::kElsewhere;

    bool operator==(const PlannedChild&) const = default;
};

struct PlannedLinks {
    model::FieldName field{};
    std::vector<PlannedChild> children;
};

/// The project that will own a node. A new project has no id while the save is planned.
struct Owner {
    std::optional<store::NodeId> stored;
    bool is_new_root = false;

    [[nodiscard]] bool is_none() const { return !stored && !is_new_root; }
};

/// What a File node names as its source.
struct FileSource {
    std::string key;  ///< empty for what is no key
    std::optional<std::int64_t> file{};
};

/// What will become of one node of the graph.
struct PlannedNode {
    store::NodeRow row;                    ///< as it will be; without id, if new
    std::optional<store::NodeRow> former;  ///< as it is stored
    std::vector<store::EdgeRow> former_edges;
    std::vector<PlannedLinks> links;          ///< of the fields whose children change
    std::vector<std::string> fields;          ///< that differ, by name
    std::optional<FileSource> file_source{};  ///< of a File whose source changes
    Owner owner;
    bool is_changed = false;

    [[nodiscard]] bool is_new() const { return !former.has_value(); }
    void mark_changed(std::string_view by) {
        fields.emplace_back(by);
        is_changed = true;
    }
};

/// A save, decided and not yet done.
struct SavePlan {
    std::vector<PlannedNode> nodes;  ///< one for each node of the graph, in its order
    struct Adoption {
        store::NodeId node;
        Owner owner;
    };
    std::vector<Adoption> adoptions;  ///< stored nodes without a project that get one
    struct RoleChange {
        store::AccountId account;
        account::Role role;
    };
    std::vector<RoleChange> roles;  ///< in the project that is the root
    std::vector<base::Problem> warnings;
};

/// Compares a graph with what is stored and decides what would be written. Reads only.
[[nodiscard]] base::Result<SavePlan> plan_save(store::Reader& reader, const account::Caller& caller,
                                               const model::Graph& graph, const SaveOptions& options,
                                               base::Timestamp now);

}  // namespace cript::service
