#include "service/reindex.hpp"

#include <vector>

#include "service/attribute_difference.hpp"

namespace cript::service {

namespace {

constexpr unsigned kNodesAtOnce = 1'000;

/// One batch, written from what is read in the same transaction. The last id, or `after` at the end.
base::Result<store::NodeId> reindex_some(store::Writer& writer, store::NodeId after, Reindexed& total) {
    auto rows = writer.nodes_after(after, kNodesAtOnce);
    CRIPT_CHECK(rows);
    std::vector<store::IdentifiersChange> identifiers;
    std::vector<store::MeasuredChange> values;
    for (const auto& row : *rows) {
        after = row.id;
        ++total.nodes;
        if (row.type == model::NodeType::Material) {
            const auto& change = identifiers.emplace_back(
                store::IdentifiersChange{row.id, identifiers_of(row.type, row.attributes), false});
            total.identified += change.identifiers.empty() ? 0U : 1U;
        }
        if (model::can_be_measured(row.type)) {
            const auto& change = values.emplace_back(
                store::MeasuredChange{row.id, model::measured_value(row.type, row.attributes), false});
            total.measured += change.measured ? 1U : 0U;
        }
    }
    CRIPT_CHECK(writer.set_identifiers(identifiers));
    CRIPT_CHECK(writer.set_measured(values));
    return after;
}

}  // namespace

base::Result<Reindexed> reindex(Context& context) {
    Reindexed total;
    for (store::NodeId after = 0;;) {
        Reindexed so_far;  // a transaction may be run several times
        auto last = write<store::NodeId>(context.store, [&](store::Writer& writer) {
            so_far = total;
            return reindex_some(writer, after, so_far);
        });
        CRIPT_CHECK(last);
        total = so_far;
        if (*last == after) return total;
        after = *last;
    }
}

}  // namespace cript::service
