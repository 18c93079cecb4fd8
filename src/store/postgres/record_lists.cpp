// The part of the transaction that lists nodes as records, and narrows searches for them.
#include "store/postgres/node_columns.hpp"
#include "store/postgres/transaction.hpp"
#include "store/postgres/visible.hpp"
#include "store/storable_text.hpp"

namespace cript::store::postgres {

namespace {

// $1 to $5 as in pages of other lists; what these lists have of their own; a page; a count has no page.
const std::string kOfType = " from node n where n.type = $1 and n.id > $5" + kVisible;
const std::string kOwned = kOfType + " and (not $6 or n.project is not null)";
const std::string kOfProject = kOfType + " and n.project = $6";
const std::string kListed = kOfType + R"sql(
      and exists (
          select 1
          from edge e
          join node p on p.id = e.parent
          where e.child = n.id and e.field = $6 and p.type = $7))sql";
// A list may hold a child twice. Of several that list it, its parent is the oldest of its own project, if
// there is one.
const std::string kListedByOne = kOfType + R"sql(
      and n.id in (select child from edge where parent = $8 and field = $6)
      and $8 = (
          select coalesce(min(e.parent) filter (where p.project is not distinct from n.project), min(e.parent))
          from edge e
          join node p on p.id = e.parent
          where e.child = n.id and e.field = $6 and p.type = $7))sql";

const std::string kCount = "select count(*)";
const std::string kRows = "select " + kNodeColumns;

const std::string kListOwned = kRows + kOwned + " order by n.id limit $7 offset $8";
const std::string kCountOwned = kCount + kOwned;
const std::string kListOfProject = kRows + kOfProject + " order by n.id limit $7 offset $8";
const std::string kCountOfProject = kCount + kOfProject;
const std::string kListListed = kRows + kListed + " order by n.id limit $8 offset $9";
const std::string kCountListed = kCount + kListed;
const std::string kListListedByOne = kRows + kListedByOne + " order by n.id limit $9 offset $10";
const std::string kCountListedByOne = kCount + kListedByOne;

const std::string kMeasuredNodes =
    "select distinct node from measured_value"
    " where left(key, 200) = left($1, 200) and key = $1 and left(unit, 200) = left($2, 200) and unit = $2"
    " and value between $3 and $4 limit $5";

struct Statement {
    const std::string* rows;
    const std::string* count;
    Parameters parameters;
};

Statement statement_of(const RecordListQuery& wanted, const Numbering& numbering, NodeId after) {
    Parameters parameters(numbering.of(wanted.type), wanted.caller_is_admin, wanted.caller,
                          numbering.of(model::NodeType::Project), after);
    if (!wanted.listed && !wanted.project) {
        parameters.add(wanted.is_owned);
        return {&kListOwned, &kCountOwned, std::move(parameters)};
    }
    if (!wanted.listed) {
        parameters.add(*wanted.project);
        return {&kListOfProject, &kCountOfProject, std::move(parameters)};
    }
    parameters.add(numbering.of(wanted.listed->field));
    parameters.add(numbering.of(wanted.listed->by));
    if (!wanted.listed->parent) return {&kListListed, &kCountListed, std::move(parameters)};
    parameters.add(*wanted.listed->parent);
    return {&kListListedByOne, &kCountListedByOne, std::move(parameters)};
}

}  // namespace

base::Result<std::vector<NodeRow>> Transaction::list_records(const RecordListQuery& wanted) {
    return guarded([&] {
        auto statement = statement_of(wanted, numbering_, wanted.after);
        statement.parameters.add(wanted.limit);
        statement.parameters.add(wanted.offset);
        return read_nodes(connection_.query(statement.rows->c_str(), statement.parameters));
    });
}

base::Result<std::uint64_t> Transaction::count_records(const RecordListQuery& wanted) {
    return guarded([&]() -> std::uint64_t {
        const auto statement = statement_of(wanted, numbering_, 0);
        auto rows = connection_.query(statement.count->c_str(), statement.parameters);
        return rows.step() ? static_cast<std::uint64_t>(rows.integer(0)) : 0;
    });
}

base::Result<std::vector<NodeId>> Transaction::measured_nodes(const MeasuredFilter& filter, unsigned limit) {
    return guarded([&] {
        std::vector<NodeId> nodes;
        if (!can_be_stored(filter.key)) return nodes;
        auto rows = connection_.query(kMeasuredNodes.c_str(),
                                      Parameters(filter.key, filter.unit, filter.least, filter.most, limit));
        while (rows.step()) nodes.push_back(rows.integer(0));
        return nodes;
    });
}

}  // namespace cript::store::postgres
