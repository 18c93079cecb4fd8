#pragma once

#include "service/record_place.hpp"
#include "service/save_record.hpp"

namespace cript::service {

/// Refuses a record that has what must be unique in common with another one: the name in its parent, the
/// content of a file in its project, name and version of a creator's software, title or DOI of a creator's
/// reference. `stored` is what the record is now, nothing for a new one: what it does not change is not
/// judged. Errors: Conflict with kDuplicateRecord; Unavailable.
[[nodiscard]] base::Result<void> refuse_duplicate(store::Reader& reader, const account::Caller& caller,
                                                  const model::GraphNode& record,
                                                  const store::NodeRow* stored, const RecordPlace& place);

}  // namespace cript::service
