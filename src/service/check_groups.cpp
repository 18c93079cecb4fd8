#include <fmt/format.h>

#include <unordered_set>

#include "service/check_instance.hpp"
#include "service/row_columns.hpp"

namespace cript::service {

namespace {

using base::Result;
using store::Cells;

class GroupCheck {
  public:
    GroupCheck(store::TableReader& reader, DamageList& damage) : reader_(reader), damage_(damage) {}

    Result<void> run() {
        CRIPT_CHECK(read_ids("account", "id", accounts_));
        CRIPT_CHECK(read_ids("project_name", "project", projects_));
        CRIPT_CHECK(read_ids("account_group", "id", groups_));
        CRIPT_CHECK(check_pairs("group_member", "account", accounts_, "stray_member"));
        return check_pairs("project_group", "project", projects_, "stray_project_group");
    }

  private:
    using Ids = std::unordered_set<std::int64_t>;

    template <class Visit>
    Result<void> each(const store::Table& table, Visit visit) {
        return store::for_each_row(reader_, table, [&](const Cells& row) -> Result<void> {
            visit(row);
            return {};
        });
    }

    Result<void> read_ids(std::string_view table, std::string_view column, Ids& ids) {
        const RowColumns<1> columns(table, {column});
        return each(columns.table(), [&](const Cells& row) { ids.insert(columns.number(row, 0)); });
    }

    /// Rows that bring something into a group: both must be there.
    Result<void> check_pairs(std::string_view table, std::string_view what, const Ids& there,
                             std::string_view kind) {
        const RowColumns<2> columns(table, {what, "group_id"});
        return each(columns.table(), [&](const Cells& row) {
            const auto id = columns.number(row, 0);
            const auto group = columns.number(row, 1);
            const auto place = fmt::format("{} {} in group {}", what, id, group);
            if (!groups_.contains(group)) damage_.add(std::string(kind), place, "the group is not there");
            if (!there.contains(id))
                damage_.add(std::string(kind), place, fmt::format("the {} is not there", what));
        });
    }

    store::TableReader& reader_;
    DamageList& damage_;
    Ids accounts_;
    Ids projects_;
    Ids groups_;
};

}  // namespace

Result<void> check_groups(store::TableReader& reader, DamageList& damage) {
    return GroupCheck(reader, damage).run();
}

}  // namespace cript::service
