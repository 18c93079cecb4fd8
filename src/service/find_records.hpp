#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/records.hpp"

namespace cript::service {

/// Which records are asked for. What is given narrows the search before a record is looked at, the first one
/// that is given most; `matches` decides.
struct RecordQuery {
    model::NodeType type{};
    std::optional<base::Uuid> uuid{};
    std::optional<std::string> name{};           ///< of types that have one
    std::optional<std::string> name_contains{};  ///< in any case
    /// One of these, as the index of identifiers has them; see identifiers_of.
    std::vector<std::pair<model::FieldName, std::string>> identified{};
    std::optional<store::MeasuredFilter> measured{};                 ///< of a sub-object, at any depth
    std::optional<base::Uuid> parent{};                              ///< that it belongs to
    std::function<bool(const RecordSet&, store::NodeId)> matches{};  ///< nothing: every record does
    std::uint64_t offset = 0;
    unsigned limit = 10;
};

struct RecordPage {
    RecordSet set;
    std::vector<store::NodeId> hits;  ///< in order of creation
    std::uint64_t count = 0;          ///< on all pages
};

/// A page of the records of one type that the caller may see.
[[nodiscard]] base::Result<RecordPage> find_records(Context& context, const account::Caller& caller,
                                                    const RecordQuery& query);

/// A page of the records that belong to another one. Errors: NotFound for that one; as find_records.
[[nodiscard]] base::Result<RecordPage> find_records_in(Context& context, const account::Caller& caller,
                                                       model::NodeType parent_type, const RecordQuery& query);

}  // namespace cript::service
