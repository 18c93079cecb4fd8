#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "api/legacy/search_query.hpp"
#include "service/find_records.hpp"

namespace cript::api::legacy {

/// The query of a search: a JSON object whose members are all to be met by a record as answers show it. A
/// member is a field, or a field with `__` and a comparison (`lt lte gt gte in contains icontains startswith
/// istartswith endswith iendswith exact iexact isnull`, as in Django). A record is named by uid or URL. Of a
/// list of sub-objects, each object of the query must be met by one sub-object; of other lists, one element
/// must. A `unit` beside a value or an uncertainty says in which unit the query's numbers are; they are held
/// against the record's in the unit that it shows.
class SearchFilter {
  public:
    /// Errors: those of read_search; InvalidInput for what is no JSON, or too long.
    [[nodiscard]] static base::Result<SearchFilter> read(std::string_view body, const Type& type);
    /// The same from the address of a list, where all values are text and those of `in` stand between commas.
    [[nodiscard]] static base::Result<SearchFilter> read(
        std::span<const std::pair<std::string, std::string>> parameters, const Type& type);

    [[nodiscard]] bool matches(std::string_view record) const;

    /// Gives a query what narrows it before a record is looked at: never more than what is met by all that
    /// match.
    void narrow(service::RecordQuery& query) const;
    /// Is there anything to be looked at beyond the parent?
    [[nodiscard]] bool needs_a_look() const;

  private:
    explicit SearchFilter(SearchObject query) : query_(std::move(query)) {}

    SearchObject query_;
};

}  // namespace cript::api::legacy
