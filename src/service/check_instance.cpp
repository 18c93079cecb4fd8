#include "service/check_instance.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cript::service {

namespace {

/// An id that is given only once must not come again, so the next one is above all that are there.
base::Result<void> check_ids(store::TableReader& reader, DamageList& damage) {
    for (const auto& table : store::instance_tables()) {
        if (table.ids != store::Ids::GivenOnce) continue;
        auto given = reader.last_id(table);
        CRIPT_CHECK(given);
        std::int64_t highest = 0;
        const auto see = [&highest](const store::Cells& row) -> base::Result<void> {
            highest = std::max(highest, std::get<std::int64_t>(row[0]));
            return {};
        };
        CRIPT_CHECK(store::for_each_row(reader, table, see));
        if (std::string_view(table.name) == "node")
            CRIPT_CHECK(store::for_each_row(reader, store::instance_table("tombstone"), see));
        if (highest <= *given) continue;
        damage.add("sequence_behind", table.name,
                   fmt::format("the next id would be {}, but there is {} already", *given + 1, highest));
    }
    return {};
}

}  // namespace

base::Result<std::vector<crypto::Digest>> list_contents(blob::BlobStore& blobs) {
    std::vector<crypto::Digest> listed;
    CRIPT_CHECK(blobs.for_each([&listed](const crypto::Digest& digest) { listed.push_back(digest); }));
    return listed;
}

base::Result<DamageList> check_instance(store::TableReader& reader, const crypto::KeyRing& keys,
                                        const ContentCheck& contents) {
    DamageList damage;
    CRIPT_CHECK(check_graph(reader, damage));
    CRIPT_CHECK(check_measures(reader, damage));
    CRIPT_CHECK(check_files(reader, contents, damage));
    CRIPT_CHECK(check_groups(reader, damage));
    CRIPT_CHECK(check_accounts(reader, keys, damage));
    CRIPT_CHECK(check_ids(reader, damage));
    auto own = reader.own_damage();
    CRIPT_CHECK(own);
    for (auto& entry : *own) damage.add(std::move(entry));
    return damage;
}

}  // namespace cript::service
