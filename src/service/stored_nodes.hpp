#pragma once

#include <unordered_map>
#include <vector>

#include "model/graph.hpp"
#include "service/node_policy.hpp"
#include "store/store.hpp"

namespace cript::service {

/// What the store has of the nodes that a document names, read in a few statements before the document is
/// compared.
class StoredNodes {
  public:
    struct Found {
        store::NodeRow row;
        std::vector<store::EdgeRow> edges;  ///< of nodes that the document holds in full
    };

    StoredNodes() = default;
    [[nodiscard]] static base::Result<StoredNodes> read(store::Reader& reader, const account::Caller& caller,
                                                        const model::Graph& graph);

    [[nodiscard]] const Found* find(const base::Uuid& uuid) const;
    /// What the caller is to the projects of all these nodes.
    [[nodiscard]] const ProjectAccessMap& access() const { return access_; }

  private:
    [[nodiscard]] base::Result<void> add_access(store::Reader& reader, const account::Caller& caller);
    [[nodiscard]] base::Result<void> add_edges(store::Reader& reader,
                                               const std::vector<store::NodeId>& parents);

    std::unordered_map<base::Uuid, Found, base::UuidHash> found_;
    std::unordered_map<store::NodeId, base::Uuid> uuids_;
    ProjectAccessMap access_;
};

}  // namespace cript::service
