#pragma once

#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "service/context.hpp"

namespace cript::service {

/// Nodes as single records: each with its sub-objects, and with where it belongs. What a record links to is
/// there too, itself only.
struct RecordSet {
    std::unordered_map<store::NodeId, store::NodeRow> rows;
    std::vector<store::EdgeRow> edges;  ///< of records and their sub-objects; ascending by parent
    std::unordered_map<store::NodeId, store::NodeId> parents;  ///< of those that a node lists; see place_of
    std::unordered_map<store::NodeId, store::ProjectIdentity> projects;
    std::unordered_map<store::AccountId, base::Uuid> accounts;  ///< that made the records
    std::unordered_map<store::AccountId, std::string> emails;   ///< of the people among the records
    std::unordered_set<base::Uuid, base::UuidHash>
        named;                                 ///< uuids in what is kept of them that stand for nodes
    std::unordered_set<store::NodeId> hidden;  ///< of the rows, those whose content the caller may not see

    [[nodiscard]] const store::NodeRow* find(store::NodeId id) const;
    [[nodiscard]] std::span<const store::EdgeRow> edges_of(store::NodeId parent) const;
    /// The children of one field, in their order.
    [[nodiscard]] std::vector<store::NodeId> children_of(store::NodeId parent, model::FieldName field) const;
    /// Does the record stand somewhere? One that has no parent where it should have one is no record.
    [[nodiscard]] bool is_placed(const store::NodeRow& row) const;
};

/// Reads everything around some nodes that the caller may see, in a number of statements that does not depend
/// on how many they are.
[[nodiscard]] base::Result<RecordSet> read_records(store::Reader& reader, const account::Caller& caller,
                                                   std::vector<store::NodeRow> roots);

struct Record {
    store::NodeId id = 0;
    RecordSet set;
};

/// One record. Errors: NotFound, also for a node that stands nowhere.
[[nodiscard]] base::Result<Record> read_record(Context& context, const account::Caller& caller,
                                               model::NodeType type, const base::Uuid& uuid);

/// The same if it has no links, so that it takes a few statements only; otherwise nothing.
[[nodiscard]] base::Result<std::optional<Record>> read_small_record(Context& context,
                                                                    const account::Caller& caller,
                                                                    model::NodeType type,
                                                                    const base::Uuid& uuid);

}  // namespace cript::service
