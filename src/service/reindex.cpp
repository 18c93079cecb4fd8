#include "service/reindex.hpp"

#include <chrono>
#include <thread>
#include <vector>

#include "base/log.hpp"
#include "service/attribute_difference.hpp"
#include "service/custom_words.hpp"

namespace cript::service {

namespace {

constexpr unsigned kNodesAtOnce = 1'000;
constexpr std::chrono::milliseconds kAskAgainAfter{500};

/// One batch, written from what is read in the same transaction. The last id, or `after` at the end.
base::Result<store::NodeId> reindex_some(store::Writer& writer, store::NodeId after, Reindexed& total) {
    auto rows = writer.nodes_after(after, kNodesAtOnce);
    CRIPT_CHECK(rows);
    std::vector<store::IdentifiersChange> identifiers;
    std::vector<store::MeasuredChange> values;
    std::vector<store::CustomWordsChange> words;
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
        const auto& change = words.emplace_back(
            store::CustomWordsChange{row.id, custom_words_of(row.type, row.attributes), false});
        total.custom += change.words.empty() ? 0U : 1U;
    }
    CRIPT_CHECK(writer.set_identifiers(identifiers));
    CRIPT_CHECK(writer.set_measured(values));
    CRIPT_CHECK(writer.set_custom_words(words));
    return after;
}

base::Result<std::int64_t> version_of(Context& context) {
    return read<std::int64_t>(context.store, [](store::Reader& reader) { return reader.index_version(); });
}

base::Error told_to_end() {
    return {base::ErrorKind::Unavailable, "the indexes are not finished: it was told to end", {}};
}

/// `was_alone` is false if another server does the same just now.
base::Result<void> reindex_alone(Context& context, const ReindexProgress& progress, bool& was_alone) {
    return context.store.one_at_a_time([&]() -> base::Result<void> {
        was_alone = true;
        // Another server may have done it meanwhile.
        const auto version = version_of(context);
        CRIPT_CHECK(version);
        if (*version >= kIndexVersion) return {};
        base::log(base::LogLevel::Info, "index.begun",
                  {{"from", std::to_string(*version)}, {"to", std::to_string(kIndexVersion)}});
        const auto made = reindex(context, progress);
        CRIPT_CHECK(made);
        base::log(base::LogLevel::Info, "index.made",
                  {{"nodes", std::to_string(made->nodes)},
                   {"identified", std::to_string(made->identified)},
                   {"measured", std::to_string(made->measured)},
                   {"custom", std::to_string(made->custom)}});
        return {};
    });
}

}  // namespace

base::Result<Reindexed> reindex(Context& context, const ReindexProgress& progress) {
    Reindexed total;
    for (store::NodeId after = 0;;) {
        Reindexed so_far;  // a transaction may be run several times
        auto last = write<store::NodeId>(context.store, [&](store::Writer& writer) {
            so_far = total;
            return reindex_some(writer, after, so_far);
        });
        CRIPT_CHECK(last);
        total = so_far;
        if (*last == after) break;
        after = *last;
        if (progress && !progress(total)) return base::fail(told_to_end());
    }
    CRIPT_CHECK(context.store.write(
        [](store::Writer& writer) -> base::Result<void> { return writer.set_index_version(kIndexVersion); }));
    return total;
}

base::Result<void> reindex_if_older(Context& context, const ReindexProgress& progress) {
    for (bool has_told = false;; has_told = true) {
        const auto version = version_of(context);
        CRIPT_CHECK(version);
        if (*version >= kIndexVersion) return {};
        bool was_alone = false;
        const auto made = reindex_alone(context, progress, was_alone);
        if (was_alone || made || made.error().kind != base::ErrorKind::Conflict) return made;
        if (!has_told) base::log(base::LogLevel::Info, "index.awaited", {});
        if (progress && !progress({})) return base::fail(told_to_end());
        std::this_thread::sleep_for(kAskAgainAfter);
    }
}

}  // namespace cript::service
