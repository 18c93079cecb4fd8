#include <gmock/gmock.h>

#include <thread>

#include "postgres_fixture.hpp"
#include "store/postgres/schema.hpp"

namespace cript::store {
namespace {

using base::ErrorKind;
using model::NodeType;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class PostgresSchema : public test::PostgresTest {};

TEST_F(PostgresSchema, IsMadeOnceAndOpenedAgain) {
    open();
    ASSERT_TRUE(add("toluene"));
    open();
    EXPECT_EQ(count("node"), "1");
    EXPECT_THAT(database_->rows("select version from schema_version"),
                ElementsAre(std::to_string(postgres::kMigrations.size())));
}

TEST_F(PostgresSchema, IsMadeOnceByReplicasThatStartTogether) {
    std::vector<std::thread> replicas;
    replicas.reserve(6);
    std::atomic<int> opened = 0;
    for (int at = 0; at < 6; ++at) {
        replicas.emplace_back([&] {
            auto store = open_postgres(database_->url());
            if (store) ++opened;
        });
    }
    for (auto& replica : replicas) replica.join();
    EXPECT_EQ(opened, 6);
    EXPECT_EQ(count("node_type"), std::to_string(model::kNodeTypeCount));
}

TEST_F(PostgresSchema, OfALaterProgramIsRefused) {
    open();
    store_.reset();
    database_->rows("update schema_version set version = 1000000");
    const auto error = refusal(database_->url());
    EXPECT_EQ(error.kind, ErrorKind::Conflict);
    EXPECT_THAT(error.message, HasSubstr("schema version 1000000"));
    EXPECT_THAT(database_->rows("select version from schema_version"), ElementsAre("1000000"))
        << "it was left alone";
}

TEST_F(PostgresSchema, NumbersTypesAndFieldsTheSameAfterEachStart) {
    open();
    const auto types = database_->rows("select id, name from node_type order by id");
    const auto fields = database_->rows("select id, name from link_field order by id");
    open();
    EXPECT_EQ(database_->rows("select id, name from node_type order by id"), types);
    EXPECT_EQ(database_->rows("select id, name from link_field order by id"), fields);
    EXPECT_EQ(types.size(), model::kNodeTypeCount);
}

TEST_F(PostgresSchema, KnowsEachLinkThatContains) {
    open();
    std::size_t expected = 0;
    for (std::size_t type = 0; type < model::kNodeTypeCount; ++type) {
        for (const auto& field : model::info(static_cast<NodeType>(type)).fields)
            expected += field.role == model::LinkRole::Containment ? 1 : 0;
    }
    EXPECT_EQ(count("containment"), std::to_string(expected));
}

TEST_F(PostgresSchema, NeedsADatabaseInUtf8) {
    const auto name = database_->name();
    database_->rows("create database " + name + "_ascii encoding 'SQL_ASCII' locale 'C' template template0");
    const auto error = refusal(database_->url() + "_ascii");
    database_->rows("drop database " + name + "_ascii");
    EXPECT_EQ(error.kind, ErrorKind::Conflict);
    EXPECT_THAT(error.message, HasSubstr("SQL_ASCII"));
}

TEST_F(PostgresSchema, SearchesNamesWithoutTheExtensionToo) {
    const auto role = "role_" + database_->name();
    database_->rows("create role " + role + " login; grant create, usage on schema public to " + role);
    auto url = database_->url();
    url.replace(url.find("//") + 2, url.find('@') - url.find("//") - 2, role);
    open(url, {});
    EXPECT_THAT(database_->rows("select extname from pg_extension where extname = 'pg_trgm'"), ElementsAre());
    ASSERT_TRUE(add("Polystyrene"));
    ListQuery query;
    query.type = NodeType::Material;
    query.caller_is_admin = true;
    for (const auto* part : {"STYR", "p", "%", "styrol"}) {
        query.name_contains = part;
        std::size_t found = 0;
        ASSERT_TRUE(store_->read([&](Reader& reader) -> base::Result<void> {
            auto rows = reader.list(query);
            CRIPT_CHECK(rows);
            found = rows->size();
            return {};
        }));
        EXPECT_EQ(found, part == std::string("STYR") || part == std::string("p") ? 1U : 0U) << part;
    }
    store_.reset();
    database_->rows("drop owned by " + role + " cascade; drop role " + role);
}

TEST_F(PostgresSchema, HasAnIndexForNamesWhereItMay) {
    open();
    EXPECT_THAT(database_->rows("select indexname from pg_indexes where indexname = 'node_name_trigrams'"),
                ElementsAre("node_name_trigrams"));
}

TEST_F(PostgresSchema, TakesNamesLongerThanAPage) {
    open();
    std::string name;
    for (int at = 0; at < 4'000; ++at) name.append(base::Uuid::random().text().substr(0, 8));
    ASSERT_TRUE(store_->write([&](Writer& writer) -> base::Result<void> {
        auto project = test::insert_project(writer, name, 1);
        CRIPT_CHECK(project);
        return writer.set_identifiers(project->id, {{model::FieldName::Bigsmiles, name}}, true);
    }));
    ASSERT_TRUE(store_->read([&](Reader& reader) -> base::Result<void> {
        auto found = reader.project_named(name);
        CRIPT_CHECK(found);
        EXPECT_TRUE(*found);
        return {};
    }));
}

TEST_F(PostgresSchema, KeepsRequestsOfClientsWithStrangeNames) {
    open();
    const std::string strange("curl \xff\0 x", 9);
    ASSERT_TRUE(store_->write([&](Writer& writer) {
        return writer.append_audit(test::kNow, {1, "token.copied", "token", "192.0.2.1", strange, ""});
    }));
    EXPECT_THAT(database_->rows("select client from audit"), ElementsAre("curl ?? x"));
    ASSERT_TRUE(store_->read([&](Reader& reader) -> base::Result<void> {
        auto account = reader.find_account_named(strange);
        CRIPT_CHECK(account);
        EXPECT_FALSE(*account);
        return {};
    }));
}

TEST(PostgresUrl, IsRefusedWithoutRepeatingItsPassword) {
    auto opened = open("postgres://ada:se%cret@host/db");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::InvalidInput);
    EXPECT_THAT(opened.error().message, Not(HasSubstr("cret")));
}

TEST(PostgresUrl, IsOneOfTwoKinds) {
    for (const auto* url : {"", "cript.db", "sqlite:", "mysql://host/db"}) {
        auto opened = open(url);
        ASSERT_FALSE(opened) << url;
        EXPECT_EQ(opened.error().kind, ErrorKind::InvalidInput);
        EXPECT_THAT(opened.error().message, HasSubstr("sqlite:PATH"));
    }
}

}  // namespace
}  // namespace cript::store
