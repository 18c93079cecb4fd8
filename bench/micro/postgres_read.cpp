// What a read through the store costs beside a bare round trip of libpq for the same row. Run it under
// tests/fixture/postgres.py.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <libpq-fe.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "crypto/key.hpp"
#include "fixture/postgres.hpp"
#include "store/store.hpp"

namespace {

using namespace cript;

void must(const base::Result<void>& result) {
    if (result) return;
    fmt::print(stderr, "{}\n", result.error().message);
    std::abort();
}

/// One node among many in a database of its own.
class OneNode {
  public:
    OneNode() {
        crypto::initialise();
        auto opened = store::open_postgres(database_.url());
        if (!opened) std::abort();
        store_ = std::move(*opened);
        must(store_->write([this](store::Writer& writer) {
            std::vector<store::NodeRow> rows(10'000);
            std::vector<store::NodeRow*> pointers;
            for (auto& row : rows) {
                row.uuid = base::Uuid::random();
                row.type = model::NodeType::Material;
                row.name = "toluene " + row.uuid.text();
                row.attributes = R"({"name":"toluene","smiles":"Cc1ccccc1","bigsmiles":"Cc1ccccc1"})";
                row.is_public = true;
                pointers.push_back(&row);
            }
            uuid_ = rows[rows.size() / 2].uuid;
            return writer.insert_nodes(pointers);
        }));
        database_.rows("analyze");
    }

    [[nodiscard]] const cript::test::PostgresDatabase& database() const { return database_; }
    [[nodiscard]] const base::Uuid& uuid() const { return uuid_; }
    [[nodiscard]] store::Store& store() { return *store_; }

  private:
    cript::test::PostgresDatabase database_;
    std::unique_ptr<store::Store> store_;
    base::Uuid uuid_;
};

OneNode& one_node() {
    static OneNode node;
    return node;
}

void bare_round_trip(benchmark::State& state) {
    auto& node = one_node();
    auto* connection = PQconnectdb(node.database().url().c_str());
    PQclear(PQprepare(connection, "read", "select * from node where uuid = $1", 1, nullptr));
    const std::array values{reinterpret_cast<const char*>(node.uuid().bytes.data())};
    const std::array lengths{16};
    const std::array formats{1};
    for ([[maybe_unused]] auto _ : state) {
        auto* result =
            PQexecPrepared(connection, "read", 1, values.data(), lengths.data(), formats.data(), 1);
        if (PQntuples(result) != 1) state.SkipWithError("the row is not there");
        PQclear(result);
    }
    PQfinish(connection);
}
BENCHMARK(bare_round_trip)->UseRealTime();

void read_through_the_store(benchmark::State& state) {
    auto& node = one_node();
    for ([[maybe_unused]] auto _ : state) {
        must(node.store().read([&](store::Reader& reader) -> base::Result<void> {
            auto point = reader.read_point(node.uuid(), 1);
            CRIPT_CHECK(point);
            if (!*point) return base::fail(base::ErrorKind::NotFound, "the row is not there");
            return {};
        }));
    }
}
BENCHMARK(read_through_the_store)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
