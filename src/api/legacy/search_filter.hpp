#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/legacy/fields.hpp"
#include "base/json_reader.hpp"
#include "base/uuid.hpp"

namespace cript::api::legacy {

/// The query of a search: a JSON object whose members are all to be met by a record as answers show it. A member is a
/// field, or a field with `__` and a comparison (`lt lte gt gte in contains icontains startswith istartswith endswith
/// iendswith exact iexact isnull`, as in Django). A record is named by uid or URL. Of a list of sub-objects, each
/// object of the query must be met by one sub-object; of other lists, one element must. A `unit` beside a number says
/// in which unit that is.
class SearchFilter {
  public:
    /// Errors: InvalidInput with a problem for each member that is no field.
    [[nodiscard]] static base::Result<SearchFilter> read(std::string_view body, const Type& type);

    [[nodiscard]] bool matches(std::string_view record) const;

    // What narrows the search before a record is looked at.
    [[nodiscard]] std::optional<base::Uuid> uuid() const;
    [[nodiscard]] std::optional<std::string> name() const;
    [[nodiscard]] std::optional<base::Uuid> parent() const;
    /// Is there anything to be looked at beyond those?
    [[nodiscard]] bool needs_a_look() const;

  private:
    SearchFilter(base::JsonDocument query, const Type& type) : query_(std::move(query)), type_(&type) {}
    [[nodiscard]] std::optional<base::Uuid> uuid_at(std::string_view key) const;

    base::JsonDocument query_;
    const Type* type_;
};

}  // namespace cript::api::legacy
