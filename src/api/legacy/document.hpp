#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/legacy/answer.hpp"
#include "model/graph.hpp"
#include "service/save_record.hpp"

namespace cript::api::legacy {

/// What is known when a request is read.
struct DocumentContext {
    const Type& type;
    /// The record as it is stored, for a change of it; with the set that it is in.
    const service::Record* stored = nullptr;
    const RecordAnswer* answer = nullptr;  ///< of that set
};

/// A link that only this dialect has: nobody else looks where it leads.
struct KeptLinkTarget {
    std::string pointer;
    base::Uuid material;
};

/// A request as what the service saves.
struct Draft {
    model::Graph graph;
    std::optional<base::Uuid> parent;  ///< that the body names
    std::optional<base::Uuid> group;   ///< likewise
    std::vector<KeptLinkTarget> kept_links;
    bool is_public = false;

    /// Says which group the record has, beside what the model knows of it; nothing takes it away.
    void keep_group(const std::optional<base::Uuid>& group);
};

/// Reads the JSON of a record. What is not a field of it is dropped (rule 15 of the dialect: clients send back what
/// they have), what the server sets is ignored. Sub-objects that are stored already keep their identity: those that
/// come back exactly as they were shown, then by key and order (decision D12).
/// Errors: InvalidInput with all problems, their pointers into the body; TooLarge.
[[nodiscard]] base::Result<Draft> read_document(std::string_view body, const DocumentContext& context);

}  // namespace cript::api::legacy
