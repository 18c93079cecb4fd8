// The part of the transaction that lists nodes as records, and narrows searches for them.
#include "store/sqlite/transaction.hpp"
#include "store/sqlite/visible.hpp"

namespace cript::store::sqlite {

namespace {

const std::string kOwned = " from node n where n.type = :type and n.id > :after" + kVisible + R"sql(
      and (not :is_owned or n.project is not null)
      and (:project is null or n.project = :project))sql";

const std::string kListed = " from node n where n.type = :type and n.id > :after" + kVisible + R"sql(
      and exists (
          select 1
          from edge e
          cross join node p on p.id = e.parent
          where e.child = n.id and e.field = :field and p.type = :by))sql";

// A list may hold a child twice. Of several that list it, its parent is the oldest of its own project, if
// there is one. The plus keeps the index of types out: the list is shorter.
const std::string kListedByOne = " from node n where +n.type = :type and +n.id > :after" + kVisible + R"sql(
      and n.id in (select child from edge where field = :field and parent = :parent)
      and :parent = (
          select coalesce(min(e.parent) filter (where p.project is n.project), min(e.parent))
          from edge e
          cross join node p on p.id = e.parent
          where e.child = n.id and e.field = :field and p.type = :by))sql";

const std::string kPage = " order by n.id limit :limit offset :offset";
const std::string kCount = "select count(*)";
const std::string kRows = "select n.*";

const std::string kListOwned = kRows + kOwned + kPage;
const std::string kCountOwned = kCount + kOwned;
const std::string kListListed = kRows + kListed + kPage;
const std::string kCountListed = kCount + kListed;
const std::string kListListedByOne = kRows + kListedByOne + kPage;
const std::string kCountListedByOne = kCount + kListedByOne;

/// One of three, for each kind of list.
const char* choose(const RecordListQuery& wanted, const std::string& owned, const std::string& listed,
                   const std::string& by_one) {
    if (!wanted.listed) return owned.c_str();
    return wanted.listed->parent ? by_one.c_str() : listed.c_str();
}

/// Binds all but the page.
void bind(Query& query, const RecordListQuery& wanted, const Numbering& numbering, const NodeId& after) {
    query.bind(numbering.of(wanted.type), after, wanted.caller_is_admin, wanted.caller,
               numbering.of(model::NodeType::Project));
    if (!wanted.listed) {
        query.bind(wanted.is_owned, wanted.project);
        return;
    }
    query.bind(numbering.of(wanted.listed->field));
    if (wanted.listed->parent) query.bind(*wanted.listed->parent);
    query.bind(numbering.of(wanted.listed->by));
}

}  // namespace

base::Result<std::vector<NodeRow>> Transaction::list_records(const RecordListQuery& wanted) {
    return guarded([&] {
        std::vector<NodeRow> rows;
        auto query = connection_.query(choose(wanted, kListOwned, kListListed, kListListedByOne));
        bind(query, wanted, numbering_, wanted.after);
        query.bind(wanted.limit, wanted.offset);
        while (query.step()) rows.push_back(read_node(query, 0));
        return rows;
    });
}

base::Result<std::uint64_t> Transaction::count_records(const RecordListQuery& wanted) {
    return guarded([&]() -> std::uint64_t {
        auto query = connection_.query(choose(wanted, kCountOwned, kCountListed, kCountListedByOne));
        bind(query, wanted, numbering_, 0);
        return query.step() ? static_cast<std::uint64_t>(query.integer(0)) : 0;
    });
}

base::Result<std::vector<NodeId>> Transaction::measured_nodes(const MeasuredFilter& filter, unsigned limit) {
    return guarded([&] {
        std::vector<NodeId> nodes;
        auto query = connection_.query(R"sql(
            select distinct node from measured_value
            where key = :key and unit = :unit and value >= :least and value <= :most
            limit :limit)sql");
        query.bind(filter.key, filter.unit, filter.least, filter.most, limit);
        while (query.step()) nodes.push_back(query.integer(0));
        return nodes;
    });
}

}  // namespace cript::store::sqlite
