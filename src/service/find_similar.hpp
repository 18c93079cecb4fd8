#pragma once

#include <optional>
#include <string>

#include "service/node_page.hpp"

namespace cript::service {

struct SimilarRequest {
    model::FieldName field{};  ///< `bigsmiles` or another identifier
    std::string text;
    std::optional<base::Uuid> after;  ///< of the last material received
    std::optional<double> score;      ///< that it had; without it, the one that it has now
    unsigned limit = 10;
};

/// Materials whose identifier resembles a text, the most similar first, equal ones by uuid. The order depends
/// on nothing else, so a page goes on exactly behind (score, uuid), whatever was added or deleted since.
/// Errors: InvalidInput for an `after` without `score` that is not in the ranking.
[[nodiscard]] base::Result<NodePage> find_similar(Context& context, const account::Caller& caller,
                                                  const SimilarRequest& request);

}  // namespace cript::service
