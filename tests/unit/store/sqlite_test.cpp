#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>

#include "backend.hpp"
#include "fixture/database.hpp"
#include "rows.hpp"

// What only SQLite has: its file, its schema, its statements.

namespace cript::store {
namespace {

using base::ErrorKind;
using model::FieldName;
using model::NodeType;
using test::kNow;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Counts the statements that every connection runs while it is there.
class StatementCount {
  public:
    StatementCount() {
        count_ = 0;
        sqlite3_auto_extension(reinterpret_cast<void (*)()>(watch));
    }
    ~StatementCount() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(watch)); }
    StatementCount(const StatementCount&) = delete;
    StatementCount& operator=(const StatementCount&) = delete;

    void reset() { count_ = 0; }
    [[nodiscard]] int value() const { return count_; }

  private:
    static int watch(sqlite3* database, char**, const sqlite3_api_routines*) {
        return sqlite3_trace_v2(
            database, SQLITE_TRACE_STMT,
            [](unsigned, void*, void*, void*) {
                ++count_;
                return 0;
            },
            nullptr);
    }
    static inline std::atomic<int> count_{0};
};

class Sqlite : public testing::Test {
  protected:
    Sqlite() { crypto::initialise(); }

    void open() {
        store_.reset();
        auto opened = open_sqlite(file_);
        ASSERT_TRUE(opened) << opened.error().message;
        store_ = std::move(*opened);
        ASSERT_EQ(test::first_bytes(file_, 16), std::string("SQLite format 3\0", 16));
    }
    base::Error refusal() {
        auto opened = open_sqlite(file_);
        EXPECT_FALSE(opened);
        return opened ? base::Error{} : opened.error();
    }
    void make(const Store::Writing& work) {
        const auto done = store_->write(work);
        ASSERT_TRUE(done) << done.error().message;
    }
    NodeRow add(NodeType type, const std::string& name) {
        NodeRow made;
        make([&](Writer& writer) -> base::Result<void> {
            auto row = test::insert(writer, test::node(type, name, 1));
            CRIPT_CHECK(row);
            made = *row;
            return {};
        });
        return made;
    }

    cript::test::TemporaryFolder folder_;
    std::filesystem::path file_ = folder_ / "cript.db";
    std::unique_ptr<Store> store_;
};

TEST_F(Sqlite, MakesItsFileAndOpensItAgain) {
    open();
    const auto made = add(NodeType::Material, "toluene");
    open();
    std::vector<std::optional<NodeRow>> found;
    ASSERT_TRUE(store_->read([&](Reader& reader) -> base::Result<void> {
        auto rows = reader.find_nodes(std::vector{made.uuid});
        CRIPT_CHECK(rows);
        found = *rows;
        return {};
    }));
    EXPECT_EQ(found.at(0)->name, "toluene");
}

TEST_F(Sqlite, KeepsItsLogAheadOfItsFile) {
    open();
    cript::test::Database database(file_);
    EXPECT_THAT(database.rows("pragma journal_mode"), ElementsAre("wal"));
}

TEST_F(Sqlite, RefusesADatabaseOfALaterProgram) {
    open();
    store_.reset();
    cript::test::Database(file_).rows("pragma user_version = 1000000");
    const auto error = refusal();
    EXPECT_EQ(error.kind, ErrorKind::Conflict);
    EXPECT_THAT(error.message, HasSubstr("schema version 1000000"));
    EXPECT_THAT(cript::test::Database(file_).rows("pragma user_version"), ElementsAre("1000000"))
        << "it was left alone";
}

TEST_F(Sqlite, NumbersTypesAndFieldsTheSameAfterEachStart) {
    open();
    cript::test::Database database(file_);
    const auto types = database.rows("select id, name from node_type order by id");
    const auto fields = database.rows("select id, name from link_field order by id");
    open();
    EXPECT_EQ(database.rows("select id, name from node_type order by id"), types);
    EXPECT_EQ(database.rows("select id, name from link_field order by id"), fields);
    EXPECT_EQ(types.size(), model::kNodeTypeCount);
}

TEST_F(Sqlite, KnowsEachLinkThatContains) {
    open();
    std::size_t expected = 0;
    for (std::size_t type = 0; type < model::kNodeTypeCount; ++type) {
        for (const auto& field : model::info(static_cast<NodeType>(type)).fields) {
            expected += field.role == model::LinkRole::Containment ? 1 : 0;
        }
    }
    EXPECT_EQ(cript::test::Database(file_).rows("select * from containment").size(), expected);
}

TEST_F(Sqlite, SaysWhichFileIsNoDatabase) {
    std::ofstream(file_) << std::string(10'000, 'x');
    const auto error = refusal();
    EXPECT_EQ(error.kind, ErrorKind::Unavailable);
    EXPECT_THAT(error.message, HasSubstr(file_.string()));
    EXPECT_THAT(error.message, HasSubstr("not a database"));
}

TEST_F(Sqlite, SaysThatItsFolderIsMissing) {
    file_ = folder_ / "missing/cript.db";
    const auto error = refusal();
    EXPECT_EQ(error.kind, ErrorKind::Unavailable);
    EXPECT_THAT(error.message, HasSubstr(file_.string()));
    EXPECT_THAT(error.message, HasSubstr("No such file or directory"));
}

/// Makes this thread, even root's, subject to the permissions of files as anybody is.
class AsNobody {
  public:
    AsNobody() : former_(::setfsuid(65534)) {}
    ~AsNobody() { ::setfsuid(static_cast<uid_t>(former_)); }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;

  private:
    int former_;
};

TEST_F(Sqlite, SaysThatItMayNotWriteInItsFolder) {
    namespace fs = std::filesystem;
    fs::permissions(folder_.path(), fs::perms(0555));
    base::Error error;
    {
        const AsNobody nobody;
        error = refusal();
    }
    fs::permissions(folder_.path(), fs::perms(0700));
    EXPECT_EQ(error.kind, ErrorKind::Unavailable);
    EXPECT_THAT(error.message, HasSubstr(file_.string()));
    EXPECT_THAT(error.message, HasSubstr("Permission denied"));
}

TEST_F(Sqlite, SaysThatItMayNotWriteInItsFile) {
    namespace fs = std::filesystem;
    open();
    store_.reset();
    fs::permissions(file_, fs::perms(0444));
    fs::permissions(folder_.path(), fs::perms(0555));
    base::Error error;
    {
        const AsNobody nobody;
        error = refusal();
    }
    fs::permissions(folder_.path(), fs::perms(0700));
    EXPECT_EQ(error.kind, ErrorKind::Unavailable);
    EXPECT_THAT(error.message, HasSubstr(file_.string()));
    EXPECT_THAT(error.message, HasSubstr("Permission denied"));
}

TEST_F(Sqlite, IsForItsOwnerOnly) {
    const auto mask = ::umask(0);
    open();
    add(NodeType::Material, "toluene");
    ::umask(mask);
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
        EXPECT_EQ(entry.status().permissions(), std::filesystem::perms(0600)) << entry.path();
        ++files;
    }
    EXPECT_EQ(files, 3) << "the database, its log, and the index of the log";
}

TEST_F(Sqlite, KeepsWhatANodeWasBeforeEachChange) {
    open();
    const auto inventory = add(NodeType::Inventory, "shelf");
    const auto material = add(NodeType::Material, "toluene");
    auto changed = inventory;
    changed.name = "cupboard";
    changed.attributes = R"({"name":"cupboard"})";
    changed.updated_by = 2;
    changed.revision = 2;
    const std::vector<EdgeRow> edges{{inventory.id, FieldName::Material, 0, material.id}};
    make([&](Writer& writer) { return writer.update_node(changed, inventory, edges); });
    EXPECT_THAT(cript::test::Database(file_).rows(
                    "select node, revision, name, attributes, edges, updated_by from history"),
                ElementsAre(std::to_string(inventory.id) + R"(|1|shelf|{"name":"shelf"}|[["material",0,)" +
                            std::to_string(material.id) + "]]|1"));
}

TEST_F(Sqlite, KeepsTheLastStateAndATombstoneOfWhatWasDeleted) {
    open();
    const auto inventory = add(NodeType::Inventory, "shelf");
    const auto material = add(NodeType::Material, "toluene");
    make([&](Writer& writer) {
        return writer.set_children(inventory.id, FieldName::Material, std::vector{material.id}, true);
    });
    make([&](Writer& writer) { return writer.delete_nodes(std::vector{inventory}, 7, kNow); });
    cript::test::Database database(file_);
    const auto id = std::to_string(inventory.id);
    EXPECT_THAT(database.rows("select node, revision, edges from history"),
                ElementsAre(id + R"(|1|[["material",0,)" + std::to_string(material.id) + "]]"));
    EXPECT_THAT(database.rows("select t.node, n.name, t.deleted_by, t.deleted_at from tombstone t"
                              " join node_type n on n.id = t.type"),
                ElementsAre(id + "|Inventory|7|" + std::to_string(kNow.microseconds)));
    EXPECT_THAT(database.rows("select * from edge"), IsEmpty());
}

TEST_F(Sqlite, KeepsTheEdgesOfEachDeletedNodeInWhateverOrderTheyAreNamed) {
    open();
    const auto first = add(NodeType::Inventory, "first");
    const auto second = add(NodeType::Inventory, "second");
    const auto material = add(NodeType::Material, "toluene");
    for (const auto& row : {first, second}) {
        make([&](Writer& writer) {
            return writer.set_children(row.id, FieldName::Material, std::vector{material.id}, true);
        });
    }
    make([&](Writer& writer) { return writer.delete_nodes(std::vector{second, first}, 7, kNow); });
    const auto edge = R"([["material",0,)" + std::to_string(material.id) + "]]";
    EXPECT_THAT(cript::test::Database(file_).rows("select edges from history"), ElementsAre(edge, edge));
}

TEST_F(Sqlite, KeepsTheIdentifiersOfMaterials) {
    open();
    const auto material = add(NodeType::Material, "ethanol");
    const auto sql =
        "select f.name, i.value, i.node from identifier i join link_field f on f.id = i.kind order by 1, 2";
    const auto id = std::to_string(material.id);
    make([&](Writer& writer) {
        return writer.set_identifiers(
            material.id,
            {{FieldName::Smiles, "CCO"}, {FieldName::Names, "alcohol"}, {FieldName::Names, "alcohol"}}, true);
    });
    cript::test::Database database(file_);
    EXPECT_THAT(database.rows(sql), ElementsAre("names|alcohol|" + id, "smiles|CCO|" + id));
    make([&](Writer& writer) {
        return writer.set_identifiers(material.id, {{FieldName::Smiles, "OCC"}}, false);
    });
    EXPECT_THAT(database.rows(sql), ElementsAre("smiles|OCC|" + id));
    make([&](Writer& writer) { return writer.delete_nodes(std::vector{material}, 1, kNow); });
    EXPECT_THAT(database.rows(sql), IsEmpty());
}

TEST_F(Sqlite, HasInItsIndexOfNamesTheTrigramsOfTheNamesThatAreThere) {
    open();
    auto renamed = add(NodeType::Material, "toluene");
    const auto deleted = add(NodeType::Material, "styrene");
    add(NodeType::Property, "");
    auto former = renamed;
    renamed.name = "Äthen";
    renamed.revision = 2;
    make([&](Writer& writer) { return writer.update_node(renamed, former, {}); });
    former = renamed;
    renamed.name = "";
    renamed.revision = 3;
    make([&](Writer& writer) { return writer.update_node(renamed, former, {}); });
    former = renamed;
    renamed.name = "Xylol";
    renamed.revision = 4;
    make([&](Writer& writer) { return writer.update_node(renamed, former, {}); });
    make([&](Writer& writer) { return writer.delete_nodes(std::vector{deleted}, 1, kNow); });
    cript::test::Database database(file_);
    database.rows("insert into node_name(node_name) values('integrity-check')");
    database.rows("create virtual table temp.term using fts5vocab(main, node_name, instance)");
    const auto id = std::to_string(renamed.id);
    EXPECT_THAT(database.rows("select term, doc, offset from temp.term order by offset"),
                ElementsAre("xyl|" + id + "|0", "ylo|" + id + "|1", "lol|" + id + "|2"));
}

TEST_F(Sqlite, HasNoTextOfATokenInItsSchema) {
    open();
    for (const auto& row : cript::test::Database(file_).rows(
             "select sql from sqlite_schema where name in ('token', 'session')")) {
        EXPECT_THAT(row, testing::Not(HasSubstr("secret")));
        EXPECT_THAT(row, HasSubstr("digest blob not null unique"));
    }
}

/// A project with a collection of experiments, `nodes` in all, read in full.
class StatementsOfASubgraph : public Sqlite {
  protected:
    int count(std::size_t nodes) {
        file_ = folder_ / (std::to_string(nodes) + ".db");
        StatementCount statements;
        open();
        const auto root = add(NodeType::Collection, "root");
        make([&](Writer& writer) -> base::Result<void> {
            std::vector<NodeRow> rows(nodes - 1);
            std::vector<NodeRow*> pointers;
            for (auto& row : rows) {
                row = test::node(NodeType::Experiment, "experiment", 1);
                pointers.push_back(&row);
            }
            CRIPT_CHECK(writer.insert_nodes(pointers));
            std::vector<NodeId> ids;
            for (const auto& row : rows) ids.push_back(row.id);
            return writer.set_children(root.id, FieldName::Experiment, ids, true);
        });
        std::size_t read = 0;
        const auto question = [&](Reader& reader) -> base::Result<void> {
            auto graph = reader.subgraph(root);
            CRIPT_CHECK(graph);
            read = graph->nodes.size();
            return {};
        };
        EXPECT_TRUE(store_->read(question));  // opens a connection
        statements.reset();
        EXPECT_TRUE(store_->read(question));
        EXPECT_EQ(read, nodes);
        return statements.value();
    }
};

TEST_F(StatementsOfASubgraph, AreAsManyForTenThousandNodesAsForAThousand) {
    const auto few = count(1'000);
    EXPECT_GT(few, 0);
    EXPECT_LE(few, 5);
    EXPECT_EQ(count(10'000), few);
}

}  // namespace
}  // namespace cript::store
