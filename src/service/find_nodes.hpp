#pragma once

#include <optional>
#include <string>

#include "service/node_page.hpp"

namespace cript::service {

struct PageRequest {
    model::NodeType type{};
    std::optional<std::string> name_contains;
    std::optional<base::Uuid> after;
    unsigned limit = 10;
    std::optional<store::AttributeFilter> attribute{};  ///< instead of name_contains
    std::optional<store::MeasuredFilter> measured{};    ///< instead of both: of the node or of a child
};

/// The next page, ordered by the time of creation. Errors: InvalidInput for an `after` that never was, or an
/// attribute that the type does not have.
[[nodiscard]] base::Result<NodePage> find_page(Context& context, const account::Caller& caller,
                                               const PageRequest& request);

/// The node whose attribute (its name, if none is given) is exactly that text, with its whole graph; the
/// newest if there are several; nothing if there is none. Errors: InvalidInput for an attribute that the type
/// does not have.
[[nodiscard]] base::Result<std::optional<NodeGraph>> find_exact(
    Context& context, const account::Caller& caller, model::NodeType type, std::string_view text,
    std::optional<model::FieldName> attribute = std::nullopt);

struct ChildRequest {
    model::NodeType type{};  ///< of the parent
    base::Uuid parent;
    std::string field;  ///< of links
    std::uint64_t page = 0;
    unsigned limit = 10;
    std::optional<store::AttributeFilter> attribute{};
};

/// A page of the children in one field, in their order. Errors: NotFound for the parent; InvalidInput for a
/// field that holds no links.
[[nodiscard]] base::Result<NodePage> find_children(Context& context, const account::Caller& caller,
                                                   const ChildRequest& request);

}  // namespace cript::service
