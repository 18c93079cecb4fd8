// The part of the transaction that lists nodes and searches them.
#include <algorithm>
#include <cctype>
#include <unordered_set>

#include "store/letter_case.hpp"
#include "store/postgres/node_columns.hpp"
#include "store/postgres/transaction.hpp"
#include "store/postgres/visible.hpp"
#include "store/row_text.hpp"
#include "store/storable_text.hpp"

namespace cript::store::postgres {

namespace {

// In the order of the key of edges, which is found by its index: nothing is sorted.
const std::string kVisibleChildren =
    "select e.child from edge e join node n on n.id = e.child where e.parent = $1 and e.field = $5" +
    kVisible + " order by e.position";

const std::string kOfType = " from node n where n.type = $1 and n.id > $5" + kVisible;

// The names first and by themselves: they are what the index of trigrams answers.
const std::string kNamed = "with named as materialized (select id from node where folded_name like $6) ";
const std::string kOfTypeByName =
    " from named w join node n on n.id = w.id where n.type = $1 and n.id > $5" + kVisible;
// A shorter text is held against every name.
const std::string kOfTypeByShortName = kOfType + " and position($6 in n.folded_name) > 0";

const std::string kList = "select " + kNodeColumns + kOfType + " order by n.id limit $6 offset $7";
const std::string kCount = "select count(*)" + kOfType;
const std::string kListOfProject =
    "select " + kNodeColumns + kOfType + " and n.project = $8 order by n.id limit $6 offset $7";
const std::string kCountOfProject = "select count(*)" + kOfType + " and n.project = $6";
const std::string kListByName = kNamed + "select " + kNodeColumns + kOfTypeByName + " order by n.id limit $7";
const std::string kCountByName = kNamed + "select count(*)" + kOfTypeByName;
const std::string kListByShortName =
    "select " + kNodeColumns + kOfTypeByShortName + " order by n.id limit $7";
const std::string kCountByShortName = "select count(*)" + kOfTypeByShortName;
// The conditions of a filter on an attribute, whose text or number, or any of whose texts, is $7: $6 is the
// attribute, $8 whether case counts, $9 whether it must be the whole.
const std::string kOfTypeByAttribute = kOfType + R"sql(
      and exists (
          select 1
          from (select n.attributes::json -> $6 as whole) f
          cross join lateral json_array_elements_text(
              case json_typeof(f.whole) when 'array' then f.whole else json_build_array(f.whole) end) a (value)
          where case
              when not $8 then a.value ~ $10
              when $9 then a.value = $7
              else position($7 in a.value) > 0
          end))sql";
const std::string kListByAttribute =
    "select " + kNodeColumns + kOfTypeByAttribute + " order by n.id limit $11";
const std::string kCountByAttribute = "select count(*)" + kOfTypeByAttribute;
// The few values of the range first, then who holds them. A child of another project than its holder says
// nothing: who may see the one need not see the other.
const std::string kHits = R"sql(
    with hit as materialized (
        select node from measured_value
        where left(key, 200) = left($6, 200) and key = $6 and left(unit, 200) = left($7, 200) and unit = $7
          and value between $8 and $9),
    holder as materialized (
        select node as id from hit
        union
        select e.parent
        from hit h
        join node c on c.id = h.node
        join edge e on e.child = h.node
        join node p on p.id = e.parent
        where p.project is not distinct from c.project
          and (c.project is not null or c.created_by = p.created_by)) )sql";
const std::string kOfTypeByMeasured =
    " from holder h join node n on n.id = h.id where n.type = $1 and n.id > $5" + kVisible;
const std::string kListByMeasured =
    kHits + "select " + kNodeColumns + kOfTypeByMeasured + " order by n.id limit $10";
const std::string kCountByMeasured = kHits + "select count(*)" + kOfTypeByMeasured;
const std::string kIdentified =
    "select n.id, n.uuid, i.value from identifier i join node n on n.id = i.node"
    " where i.kind = $5 and n.type = $1" +
    kVisible;
const std::string kFindNamed = "select " + kNodeColumns + " from node n where n.type = $1 and n.name = $5" +
                               kVisible + " order by n.id desc limit $6";

/// A regular expression that fits the text in any case, anywhere or as the whole. It spells every case out:
/// what the server takes for upper and lower case depends on its locale.
std::string any_case_pattern(const AttributeFilter& filter) {
    std::string pattern(filter.is_whole ? "\\A" : "");
    std::string_view text = filter.text;
    while (!text.empty()) {
        const auto character = take_character(text);
        const auto cases = cases_of(code_point(character));
        if (cases.size() > 1) {
            pattern.push_back('[');
            for (const auto point : cases) append_utf8(pattern, point);
            pattern.push_back(']');
        } else {
            const auto byte = static_cast<unsigned char>(character.front());
            if (byte < 0x80U && std::isalnum(byte) == 0) pattern.push_back('\\');
            pattern.append(character);
        }
    }
    return pattern.append(filter.is_whole ? "\\Z" : "");
}

std::uint64_t number(Rows rows) {
    return rows.step() ? static_cast<std::uint64_t>(rows.integer(0)) : 0;
}

}  // namespace

base::Result<std::vector<NodeId>> Transaction::visible_children(NodeId parent, model::FieldName field,
                                                                AccountId caller, bool caller_is_admin) {
    return guarded([&] {
        auto rows =
            connection_.query(kVisibleChildren.c_str(),
                              Parameters(parent, caller_is_admin, caller,
                                         numbering_.of(model::NodeType::Project), numbering_.of(field)));
        std::vector<NodeId> children;
        std::unordered_set<NodeId> seen;
        while (rows.step()) {
            if (seen.insert(rows.integer(0)).second) children.push_back(rows.integer(0));
        }
        return children;
    });
}

base::Result<std::vector<NodeRow>> Transaction::list(const ListQuery& wanted) {
    return guarded([&] {
        const auto type = numbering_.of(wanted.type);
        const auto projects = numbering_.of(model::NodeType::Project);
        const bool is_admin = wanted.caller_is_admin;
        if (const auto& filter = wanted.attribute) {
            if (!can_be_stored(filter->text)) return std::vector<NodeRow>();
            return read_nodes(connection_.query(
                kListByAttribute.c_str(),
                Parameters(type, is_admin, wanted.caller, projects, wanted.after, model::text(filter->field),
                           filter->text, filter->is_case_sensitive, filter->is_whole,
                           any_case_pattern(*filter), wanted.limit)));
        }
        if (const auto& filter = wanted.measured) {
            if (!can_be_stored(filter->key)) return std::vector<NodeRow>();
            return read_nodes(connection_.query(
                kListByMeasured.c_str(),
                Parameters(type, is_admin, wanted.caller, projects, wanted.after, filter->key, filter->unit,
                           filter->least, filter->most, wanted.limit)));
        }
        if (wanted.project) {
            return read_nodes(connection_.query(
                kListOfProject.c_str(), Parameters(type, is_admin, wanted.caller, projects, wanted.after,
                                                   wanted.limit, wanted.offset, *wanted.project)));
        }
        if (!wanted.name_contains) {
            return read_nodes(
                connection_.query(kList.c_str(), Parameters(type, is_admin, wanted.caller, projects,
                                                            wanted.after, wanted.limit, wanted.offset)));
        }
        if (!can_be_stored(*wanted.name_contains)) return std::vector<NodeRow>();
        const auto text = folded(*wanted.name_contains);
        if (!has_trigram(text)) {
            return read_nodes(connection_.query(
                kListByShortName.c_str(),
                Parameters(type, is_admin, wanted.caller, projects, wanted.after, text, wanted.limit)));
        }
        return read_nodes(connection_.query(kListByName.c_str(),
                                            Parameters(type, is_admin, wanted.caller, projects, wanted.after,
                                                       like_pattern(text), wanted.limit)));
    });
}

base::Result<std::uint64_t> Transaction::count(const ListQuery& wanted) {
    return guarded([&]() -> std::uint64_t {
        const auto type = numbering_.of(wanted.type);
        const auto projects = numbering_.of(model::NodeType::Project);
        const bool is_admin = wanted.caller_is_admin;
        const NodeId from_the_start = 0;
        if (const auto& filter = wanted.attribute) {
            if (!can_be_stored(filter->text)) return 0;
            return number(connection_.query(
                kCountByAttribute.c_str(),
                Parameters(type, is_admin, wanted.caller, projects, from_the_start,
                           model::text(filter->field), filter->text, filter->is_case_sensitive,
                           filter->is_whole, any_case_pattern(*filter))));
        }
        if (wanted.project) {
            return number(connection_.query(
                kCountOfProject.c_str(),
                Parameters(type, is_admin, wanted.caller, projects, from_the_start, *wanted.project)));
        }
        if (const auto& filter = wanted.measured) {
            if (!can_be_stored(filter->key)) return 0;
            return number(
                connection_.query(kCountByMeasured.c_str(),
                                  Parameters(type, is_admin, wanted.caller, projects, from_the_start,
                                             filter->key, filter->unit, filter->least, filter->most)));
        }
        if (!wanted.name_contains) {
            return number(connection_.query(
                kCount.c_str(), Parameters(type, is_admin, wanted.caller, projects, from_the_start)));
        }
        if (!can_be_stored(*wanted.name_contains)) return 0;
        const auto text = folded(*wanted.name_contains);
        if (!has_trigram(text)) {
            return number(
                connection_.query(kCountByShortName.c_str(),
                                  Parameters(type, is_admin, wanted.caller, projects, from_the_start, text)));
        }
        return number(connection_.query(
            kCountByName.c_str(),
            Parameters(type, is_admin, wanted.caller, projects, from_the_start, like_pattern(text))));
    });
}

base::Result<std::vector<NodeRow>> Transaction::find_named(const ListQuery& wanted, std::string_view name) {
    return guarded([&] {
        if (!can_be_stored(name)) return std::vector<NodeRow>();
        auto rows = read_nodes(connection_.query(
            kFindNamed.c_str(), Parameters(numbering_.of(wanted.type), wanted.caller_is_admin, wanted.caller,
                                           numbering_.of(model::NodeType::Project), name, wanted.limit)));
        std::reverse(rows.begin(), rows.end());
        return rows;
    });
}

base::Result<std::vector<IdentifiedNode>> Transaction::identified(const ListQuery& wanted,
                                                                  model::FieldName identifier) {
    return guarded([&] {
        auto rows =
            connection_.query(kIdentified.c_str(),
                              Parameters(numbering_.of(wanted.type), wanted.caller_is_admin, wanted.caller,
                                         numbering_.of(model::NodeType::Project), numbering_.of(identifier)));
        std::vector<IdentifiedNode> nodes;
        nodes.reserve(rows.size());
        while (rows.step()) nodes.push_back({rows.integer(0), rows.uuid(1), std::string(rows.text(2))});
        return nodes;
    });
}

}  // namespace cript::store::postgres
