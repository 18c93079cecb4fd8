#include "service/seen_people.hpp"

#include "service/child_lists.hpp"
#include "service/plan_flags.hpp"

namespace cript::service {

namespace {

/// The links of the former state with that `updated_at`, if there is one.
base::Result<std::optional<std::vector<store::EdgeRow>>> seen_edges(store::Reader& reader,
                                                                    const store::NodeRow& former,
                                                                    base::Timestamp seen) {
    constexpr unsigned kAtATime = 10;  // each has its list of links
    auto before = former.revision;
    while (true) {
        auto rows = reader.history(former.id, before, kAtATime);
        CRIPT_CHECK(rows);
        for (auto& row : *rows) {
            if (row.updated_at == seen) return std::optional(std::move(row.edges));
        }
        if (rows->size() < kAtATime || rows->back().updated_at < seen)
            return std::optional<std::vector<store::EdgeRow>>{};
        before = rows->back().revision;
    }
}

}  // namespace

base::Result<std::vector<PlannedChild>> without_echoes(store::Reader& reader, const StaleList& list,
                                                       std::vector<PlannedChild> sent,
                                                       std::vector<base::Problem>& warnings) {
    auto meant = stored_children(list.planned.former_edges, list.field.name);
    auto added = without(std::move(sent), meant).children;
    if (added.empty()) return meant;
    auto seen = seen_edges(reader, *list.planned.former, *list.node.seen_updated_at);
    CRIPT_CHECK(seen);
    const auto sent_count = added.size();
    added = *seen ? without(std::move(added), stored_children(**seen, list.field.name)).children
                  : std::vector<PlannedChild>{};
    if (added.size() < sent_count) warnings.push_back(stale_copy_warning(list.pointer, list.field.name));
    meant.insert(meant.end(), added.begin(), added.end());
    return meant;
}

}  // namespace cript::service
