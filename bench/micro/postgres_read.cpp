// What a read through the store costs beside a bare round trip of libpq for the same row: one of each in
// turn, in one run, so that whatever else the machine does meets both alike. Prints medians and the median of
// their ratios over blocks. Run it under tests/fixture/postgres.py.
#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

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

/// A prepared statement for the row by its uuid, asked again and again on a connection of its own.
class BareRead {
  public:
    explicit BareRead(OneNode& node) : node_(node), connection_(PQconnectdb(node.database().url().c_str())) {
        PQclear(PQprepare(connection_, "read", "select * from node where uuid = $1", 1, nullptr));
    }
    ~BareRead() { PQfinish(connection_); }
    BareRead(const BareRead&) = delete;
    BareRead& operator=(const BareRead&) = delete;

    void operator()() const {
        const std::array values{reinterpret_cast<const char*>(node_.uuid().bytes.data())};
        const std::array lengths{16};
        const std::array formats{1};
        auto* result =
            PQexecPrepared(connection_, "read", 1, values.data(), lengths.data(), formats.data(), 1);
        if (PQntuples(result) != 1) std::abort();
        PQclear(result);
    }

  private:
    OneNode& node_;
    PGconn* connection_;
};

void read_through_the_store(OneNode& node) {
    must(node.store().read([&](store::Reader& reader) -> base::Result<void> {
        auto point = reader.read_point(node.uuid(), 1);
        CRIPT_CHECK(point);
        if (!*point) return base::fail(base::ErrorKind::NotFound, "the row is not there");
        return {};
    }));
}

template <class Work>
double microseconds_of(const Work& work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - began).count();
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace

int main() {
    constexpr int kBlocks = 21;
    constexpr int kPairs = 1'000;
    OneNode node;
    const BareRead bare(node);
    std::vector<double> bare_medians;
    std::vector<double> store_medians;
    std::vector<double> ratios;
    for (int block = 0; block <= kBlocks; ++block) {
        std::vector<double> bare_times;
        std::vector<double> store_times;
        for (int pair = 0; pair < kPairs; ++pair) {
            bare_times.push_back(microseconds_of(bare));
            store_times.push_back(microseconds_of([&node] { read_through_the_store(node); }));
        }
        if (block == 0) continue;  // warms up
        bare_medians.push_back(median(bare_times));
        store_medians.push_back(median(store_times));
        ratios.push_back(store_medians.back() / bare_medians.back());
    }
    const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
    fmt::print("bare_us {:.1f}\nstore_us {:.1f}\nratio {:.2f}\nratio_least {:.2f}\nratio_most {:.2f}\n",
               median(bare_medians), median(store_medians), median(ratios), *least, *most);
    return 0;
}
