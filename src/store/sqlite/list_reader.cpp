// The part of the transaction that lists nodes and searches them.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "store/letter_case.hpp"
#include "store/sqlite/name_search.hpp"
#include "store/sqlite/transaction.hpp"
#include "store/sqlite/visible.hpp"

namespace cript::store::sqlite {

namespace {

std::string attribute_path(model::FieldName field) {
    return fmt::format("$.{}", model::text(field));
}

/// The pattern of a text in any case, anywhere or as the whole.
std::string pattern_of(const AttributeFilter& filter) {
    const auto anywhere = glob_pattern(filter.text);
    return filter.is_whole ? anywhere.substr(1, anywhere.size() - 2) : anywhere;
}

// In the order of the key of edges, which is found by its index: nothing is sorted.
const std::string kVisibleChildren =
    "select e.child from edge e cross join node n on n.id = e.child where e.parent = :parent and e.field = "
    ":field" +
    kVisible + " order by e.position";

const std::string kOfType = R"sql( from node n
    where n.type = :type and n.id > :after)sql" +
                            kVisible + R"sql(
      and (:pattern is null or n.name glob :pattern)
      and (:project is null or n.project = :project))sql";

const std::string kOfTypeByName = R"sql( from node_name s
    cross join node n on n.id = s.rowid
    where s.node_name match :phrase
      and n.type = :type and n.id > :after)sql" +
                                  kVisible;

const std::string kOfTypeByAttribute = R"sql( from node n
    where n.type = :type and n.id > :after)sql" +
                                       kVisible + R"sql(
      and exists (
          select 1
          from json_each(n.attributes, :path) a
          where case
              when not :is_case_sensitive then cast(a.value as text) glob :pattern
              when :is_whole then cast(a.value as text) = :text
              else instr(cast(a.value as text), :text) > 0
          end))sql";

// The few values of the range first, then who holds them. A child of another project than its holder says
// nothing: who may see the one need not see the other.
const std::string kOfTypeByMeasured = R"sql( from node n
    where n.type = :type and n.id > :after)sql" +
                                      kVisible + R"sql(
      and n.id in (
          with hit (node) as materialized (
              select node from measured_value
              where key = :key and unit = :unit and value >= :least and value <= :most)
          select node from hit
          union all
          select e.parent
          from hit h
          cross join node c on c.id = h.node
          cross join edge e on e.child = h.node
          cross join node p on p.id = e.parent
          where p.project is c.project and (c.project is not null or c.created_by = p.created_by)))sql";

const std::string kPage = " order by n.id limit :limit";
const std::string kListPlain = "select n.*" + kOfType + kPage + " offset :offset";
const std::string kCountPlain = "select count(*)" + kOfType;
const std::string kListByName = "select n.*" + kOfTypeByName + kPage;
const std::string kCountByName = "select count(*)" + kOfTypeByName;
const std::string kListByAttribute = "select n.*" + kOfTypeByAttribute + kPage;
const std::string kCountByAttribute = "select count(*)" + kOfTypeByAttribute;
const std::string kListByMeasured = "select n.*" + kOfTypeByMeasured + kPage;
const std::string kCountByMeasured = "select count(*)" + kOfTypeByMeasured;
const std::string kIdentified = R"sql(
    select n.id, n.uuid, i.value
    from identifier i
    cross join node n on n.id = i.node
    where i.kind = :kind and n.type = :type)sql" +
                                kVisible;
const std::string kFindNamed = "select n.* from node n where n.type = :type and n.name = :name" + kVisible +
                               " order by n.id desc limit :limit";

/// No name or attribute holds U+0000, and the patterns of SQLite end there.
bool fits_nothing(const ListQuery& wanted) {
    const auto& text = wanted.attribute ? std::optional(wanted.attribute->text) : wanted.name_contains;
    return text && text->find('\0') != std::string::npos;
}

}  // namespace

base::Result<std::vector<NodeId>> Transaction::visible_children(NodeId parent, model::FieldName field,
                                                                AccountId caller, bool caller_is_admin) {
    return guarded([&] {
        auto query = connection_.query(kVisibleChildren.c_str());
        query.bind(parent, numbering_.of(field), caller_is_admin, caller,
                   numbering_.of(model::NodeType::Project));
        std::vector<NodeId> children;
        std::unordered_set<NodeId> seen;
        while (query.step()) {
            if (seen.insert(query.integer(0)).second) children.push_back(query.integer(0));
        }
        return children;
    });
}

base::Result<std::vector<NodeRow>> Transaction::list(const ListQuery& wanted) {
    return guarded([&] {
        std::vector<NodeRow> rows;
        if (fits_nothing(wanted)) return rows;
        const auto type = numbering_.of(wanted.type);
        const auto project_type = numbering_.of(model::NodeType::Project);
        if (const auto& filter = wanted.attribute) {
            const auto path = attribute_path(filter->field);
            const auto pattern = pattern_of(*filter);
            auto query = connection_.query(kListByAttribute.c_str());
            query.bind(type, wanted.after, wanted.caller_is_admin, wanted.caller, project_type, path,
                       filter->is_case_sensitive, pattern, filter->is_whole, filter->text, wanted.limit);
            while (query.step()) rows.push_back(read_node(query, 0));
            return rows;
        }
        if (const auto& filter = wanted.measured) {
            auto query = connection_.query(kListByMeasured.c_str());
            query.bind(type, wanted.after, wanted.caller_is_admin, wanted.caller, project_type, filter->key,
                       filter->unit, filter->least, filter->most, wanted.limit);
            while (query.step()) rows.push_back(read_node(query, 0));
            return rows;
        }
        if (wanted.name_contains && has_trigram(*wanted.name_contains)) {
            const auto phrase = fts_phrase(*wanted.name_contains);
            auto query = connection_.query(kListByName.c_str());
            query.bind(phrase, type, wanted.after, wanted.caller_is_admin, wanted.caller, project_type,
                       wanted.limit);
            while (query.step()) rows.push_back(read_node(query, 0));
            return rows;
        }
        std::optional<std::string> pattern;
        if (wanted.name_contains) pattern = glob_pattern(*wanted.name_contains);
        auto query = connection_.query(kListPlain.c_str());
        query.bind(type, wanted.after, wanted.caller_is_admin, wanted.caller, project_type, pattern,
                   wanted.project, wanted.limit, wanted.offset);
        while (query.step()) rows.push_back(read_node(query, 0));
        return rows;
    });
}

base::Result<std::uint64_t> Transaction::count(const ListQuery& wanted) {
    return guarded([&]() -> std::uint64_t {
        if (fits_nothing(wanted)) return 0;
        const auto type = numbering_.of(wanted.type);
        const auto project_type = numbering_.of(model::NodeType::Project);
        const NodeId from_the_start = 0;
        if (const auto& filter = wanted.attribute) {
            const auto path = attribute_path(filter->field);
            const auto pattern = pattern_of(*filter);
            auto query = connection_.query(kCountByAttribute.c_str());
            query.bind(type, from_the_start, wanted.caller_is_admin, wanted.caller, project_type, path,
                       filter->is_case_sensitive, pattern, filter->is_whole, filter->text);
            return query.step() ? static_cast<std::uint64_t>(query.integer(0)) : 0;
        }
        if (const auto& filter = wanted.measured) {
            auto query = connection_.query(kCountByMeasured.c_str());
            query.bind(type, from_the_start, wanted.caller_is_admin, wanted.caller, project_type, filter->key,
                       filter->unit, filter->least, filter->most);
            return query.step() ? static_cast<std::uint64_t>(query.integer(0)) : 0;
        }
        if (wanted.name_contains && has_trigram(*wanted.name_contains)) {
            const auto phrase = fts_phrase(*wanted.name_contains);
            auto query = connection_.query(kCountByName.c_str());
            query.bind(phrase, type, from_the_start, wanted.caller_is_admin, wanted.caller, project_type);
            return query.step() ? static_cast<std::uint64_t>(query.integer(0)) : 0;
        }
        std::optional<std::string> pattern;
        if (wanted.name_contains) pattern = glob_pattern(*wanted.name_contains);
        auto query = connection_.query(kCountPlain.c_str());
        query.bind(type, from_the_start, wanted.caller_is_admin, wanted.caller, project_type, pattern,
                   wanted.project);
        return query.step() ? static_cast<std::uint64_t>(query.integer(0)) : 0;
    });
}

base::Result<std::vector<NodeRow>> Transaction::find_named(const ListQuery& wanted, std::string_view name) {
    return guarded([&] {
        std::vector<NodeRow> rows;
        auto query = connection_.query(kFindNamed.c_str());
        query.bind(numbering_.of(wanted.type), name, wanted.caller_is_admin, wanted.caller,
                   numbering_.of(model::NodeType::Project), wanted.limit);
        while (query.step()) rows.push_back(read_node(query, 0));
        std::reverse(rows.begin(), rows.end());
        return rows;
    });
}

base::Result<std::vector<IdentifiedNode>> Transaction::identified(const ListQuery& wanted,
                                                                  model::FieldName identifier) {
    return guarded([&] {
        std::vector<IdentifiedNode> nodes;
        auto query = connection_.query(kIdentified.c_str());
        query.bind(numbering_.of(identifier), numbering_.of(wanted.type), wanted.caller_is_admin,
                   wanted.caller, numbering_.of(model::NodeType::Project));
        while (query.step()) nodes.push_back({query.integer(0), query.uuid(1), std::string(query.text(2))});
        return nodes;
    });
}

}  // namespace cript::store::sqlite
