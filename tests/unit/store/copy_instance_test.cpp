#include "store/copy_instance.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "backend.hpp"
#include "rows.hpp"

namespace cript::store::test {

namespace {

using testing::HasSubstr;

/// From which kind of database to which.
struct Route {
    Backend from;
    Backend to;
};

std::ostream& operator<<(std::ostream& out, const Route& route) {
    return out << route.from << " to " << route.to;
}

std::vector<Route> routes() {
    std::vector<Route> routes;
    for (const auto& from : backends()) {
        for (const auto& to : backends()) routes.push_back({from, to});
    }
    return routes;
}

/// A target that is killed, as it were, after some portions.
class Dying final : public UnfinishedCopy {
  public:
    Dying(UnfinishedCopy& target, int portions) : target_(target), left_(portions) {}

    base::Result<std::optional<std::string>> note() override { return target_.note(); }
    base::Result<void> begin(const std::string& note) override { return target_.begin(note); }
    base::Result<void> append(const Table& table, const std::vector<Cells>& rows,
                              const std::string& note) override {
        if (left_-- == 0) return base::fail(base::ErrorKind::Unavailable, "killed");
        return target_.append(table, rows, note);
    }
    base::Result<void> set_last_id(const Table& table, std::int64_t id) override {
        return target_.set_last_id(table, id);
    }
    base::Result<void> discard() override { return target_.discard(); }
    base::Result<void> drop_tables() override { return target_.drop_tables(); }
    base::Result<void> finish() override { return target_.finish(); }
    base::Result<std::unique_ptr<TableReader>> read() override { return target_.read(); }
    [[nodiscard]] std::string name() const override { return target_.name(); }

  private:
    UnfinishedCopy& target_;
    int left_;
};

class CopyInstance : public testing::TestWithParam<Route> {
  protected:
    void SetUp() override {
        crypto::initialise();
        from_ = GetParam().from.make();
        to_ = GetParam().to.make();
        if (!from_) GTEST_SKIP() << GetParam().from.how_to_get_one;
        if (!to_) GTEST_SKIP() << GetParam().to.how_to_get_one;
        auto opened = from_->open();
        ASSERT_TRUE(opened) << opened.error().message;
        ASSERT_TRUE(from_->is_the_one(**opened));
        fill(**opened);
    }

    /// A bit of everything: people, tokens, a session, a project with links, history, a deleted node, events.
    void fill(Store& store) {
        const auto done = store.write([&](Writer& writer) -> base::Result<void> {
            auto ada = insert(writer, account("ada", true));
            CRIPT_CHECK(ada);
            ada_ = ada->id;
            TokenRow token;
            token.account = ada_;
            token.digest.fill(7);
            token.key_version = 1;
            token.created_at = kNow;
            CRIPT_CHECK(writer.insert_token(token));
            CRIPT_CHECK(writer.set_sealed(token.id, base::Bytes{0, 1, 2, 255}));
            CRIPT_CHECK(writer.record_use(token.id, kNow, "127.0.0.1", "a client"));
            CRIPT_CHECK(writer.append_audit(kNow, {ada_, "token.revealed", "session", "::1", "ünï", ""}));
            crypto::Digest seal{};
            seal.fill(9);
            CRIPT_CHECK(writer.set_audit_seal(1, seal, 1));
            SessionRow session;
            session.account = ada_;
            session.digest.fill(3);
            session.created_at = session.last_seen_at = kNow;
            CRIPT_CHECK(writer.insert_session(session));
            CRIPT_CHECK(writer.set_key_check_value(1, seal));
            CRIPT_CHECK(fill_files(writer));
            CRIPT_CHECK(fill_group(writer));
            return fill_graph(writer);
        });
        ASSERT_TRUE(done) << done.error().message;
    }
    base::Result<void> fill_files(Writer& writer) {
        StoredFileRow file;
        file.bucket = "bucket";
        file.key = "käy";
        file.owner = ada_;
        file.digest.fill(4);
        file.size = std::uint64_t{1} << 40U;
        file.etag = "etag";
        file.media_type = "text/csv";
        file.created_at = kNow;
        CRIPT_CHECK(writer.claim_blob(file.digest, file.size, kNow));
        CRIPT_CHECK(writer.insert_file(file));
        auto named = insert(writer, node(model::NodeType::File, "", ada_));
        CRIPT_CHECK(named);
        CRIPT_CHECK(writer.set_file_source(named->id, file.key, file.id, kNow));
        UploadRow upload;
        upload.uuid = base::Uuid::random();
        upload.bucket = "bucket";
        upload.key = "parts";
        upload.owner = ada_;
        upload.created_at = kNow;
        CRIPT_CHECK(writer.insert_upload(upload));
        return writer.put_part(upload, {1, file.digest, 100, {}}, kNow);
    }
    base::Result<void> fill_group(Writer& writer) {
        GroupRow group;
        group.uuid = base::Uuid::random();
        group.name = "Grüppe";
        group.created_by = ada_;
        group.created_at = group.updated_at = kNow;
        CRIPT_CHECK(writer.insert_group(group));
        const AccountId members[] = {ada_};
        CRIPT_CHECK(writer.set_members(group.id, members));
        auto project = insert_project(writer, "of a group", ada_);
        CRIPT_CHECK(project);
        return writer.set_group_of_project(project->id, group.id);
    }
    base::Result<void> fill_graph(Writer& writer) {
        auto project = insert_project(writer, "Žluťoučký projekt", ada_);
        CRIPT_CHECK(project);
        std::vector<NodeRow> materials;
        std::vector<NodeRow*> pointers;
        for (int number = 0; number < 5'000; ++number)
            materials.push_back(
                node(model::NodeType::Material, "Ågren " + std::to_string(number), ada_, project->id));
        for (auto& material : materials) pointers.push_back(&material);
        CRIPT_CHECK(writer.insert_nodes(pointers));
        CRIPT_CHECK(writer.set_children(project->id, model::FieldName::Material, ids_of(materials), true));
        CRIPT_CHECK(writer.set_identifiers(materials[0].id, {{model::FieldName::Bigsmiles, "CCO"}}, true));
        std::vector<MeasuredChange> measured;
        for (const auto& material : materials)
            measured.push_back(
                {material.id, model::MeasuredValue{"density", {0.1, -2.5e300, 7}, {}, "m"}, true});
        CRIPT_CHECK(writer.set_measured(measured));
        const CustomWordsChange words[] = {
            {materials[0].id,
             {{"material_keyword", "+größe", ""}, {"material_keyword", "+own", "kg"}},
             true}};
        CRIPT_CHECK(writer.set_custom_words(words));
        auto changed = materials[1];
        changed.name = "renamed";
        changed.attributes = R"({"name":"renamed"})";
        changed.revision = 2;
        CRIPT_CHECK(writer.update_node(changed, materials[1], {}));
        const NodeRow doomed[] = {materials.back()};
        CRIPT_CHECK(writer.delete_nodes(doomed, ada_, kNow));
        return fill_files(writer, project->id);
    }
    base::Result<void> fill_files(Writer& writer, NodeId project) {
        crypto::Digest digest{};
        digest.fill(5);
        CRIPT_CHECK(writer.claim_blob(digest, 3, kNow));
        StoredFileRow file;
        file.bucket = "cript";
        file.key = "tests/curve.csv";
        file.owner = ada_;
        file.digest = digest;
        file.size = 3;
        file.etag = "abc";
        file.media_type = "text/csv";
        file.created_at = kNow;
        CRIPT_CHECK(writer.insert_file(file));
        auto named = insert(writer, node(model::NodeType::File, "curve", ada_, project));
        CRIPT_CHECK(named);
        CRIPT_CHECK(writer.set_file_source(named->id, file.key, file.id, kNow));
        auto gone = insert(writer, node(model::NodeType::Material, "gone", ada_, project));
        CRIPT_CHECK(gone);
        const NodeRow doomed[] = {*gone};
        CRIPT_CHECK(writer.delete_nodes(doomed, ada_, kNow));
        last_ = gone->id;
        UploadRow upload;
        upload.uuid = base::Uuid::random();
        upload.bucket = "cript";
        upload.key = "tests/long.csv";
        upload.owner = ada_;
        upload.media_type = "text/csv";
        upload.created_at = kNow;
        CRIPT_CHECK(writer.insert_upload(upload));
        CRIPT_CHECK(writer.put_part(upload, {1, digest, 3, {}}, kNow));
        return writer.set_quota(ada_, 1'000);
    }

    base::Result<Manifest> copy(int portions = -1) {
        auto source = open_tables(*from_);
        CRIPT_CHECK(source);
        auto target = open_copy(*to_);
        CRIPT_CHECK(target);
        Dying dying(**target, portions);
        return copy_instance(**source, dying);
    }
    static base::Result<std::unique_ptr<TableReader>> open_tables(cript::test::StorePlace& place) {
        return open_table_reader(place.url());
    }
    static base::Result<std::unique_ptr<UnfinishedCopy>> open_copy(cript::test::StorePlace& place) {
        return open_unfinished_copy(place.url());
    }
    Manifest manifest_of(cript::test::StorePlace& place) {
        auto reader = open_tables(place);
        EXPECT_TRUE(reader) << reader.error().message;
        auto manifest = take_manifest(**reader);
        EXPECT_TRUE(manifest) << manifest.error().message;
        return *manifest;
    }
    void expect_no_own_damage() {
        auto reader = open_tables(*to_);
        ASSERT_TRUE(reader) << reader.error().message;
        auto damage = (*reader)->own_damage();
        ASSERT_TRUE(damage) << damage.error().message;
        EXPECT_TRUE(damage->empty()) << damage->front().kind << " " << damage->front().place;
    }

    std::unique_ptr<cript::test::StorePlace> from_;
    std::unique_ptr<cript::test::StorePlace> to_;
    AccountId ada_ = 0;
    NodeId last_ = 0;  ///< of the highest id
};

}  // namespace

TEST_P(CopyInstance, HasEveryRowOfItsSource) {
    const auto copied = copy();
    ASSERT_TRUE(copied) << copied.error().message;
    EXPECT_EQ(differing_tables(manifest_of(*from_), manifest_of(*to_)), "");
    EXPECT_EQ(*copied, manifest_of(*to_));
    for (const auto& entry : copied->entries) EXPECT_GT(entry.rows, 0U) << entry.table << " was not tested";
    expect_no_own_damage();
}

TEST_P(CopyInstance, IsServedLikeItsSource) {
    ASSERT_TRUE(copy());
    auto store = to_->open();
    ASSERT_TRUE(store) << store.error().message;
    ASSERT_TRUE(to_->is_the_one(**store));
    const auto done = (*store)->write([&](Writer& writer) -> base::Result<void> {
        crypto::Digest digest{};
        digest.fill(7);
        auto owner = writer.find_token(digest);
        CRIPT_CHECK(owner);
        EXPECT_TRUE(*owner && (*owner)->account == ada_ && (*owner)->is_admin);
        ListQuery query;
        query.type = model::NodeType::Material;
        query.caller = ada_;
        query.name_contains = "ågren 49";
        query.limit = 1'000;
        auto found = writer.list(query);
        CRIPT_CHECK(found);
        EXPECT_EQ(found->size(), 110U);  // 49, 490 to 499, 4900 to 4998
        auto fresh = insert(writer, node(model::NodeType::Material, "new", ada_));
        CRIPT_CHECK(fresh);
        EXPECT_EQ(fresh->id, last_ + 1) << "the id of a deleted node was given again";
        EXPECT_TRUE(insert(writer, account("bob")));
        return {};
    });
    EXPECT_TRUE(done) << done.error().message;
}

TEST_P(CopyInstance, GoesOnWhereItWasBrokenOff) {
    for (const int portions : {0, 1, 5, 1, 1, 2, 3, 0}) {
        const auto broken = copy(portions);
        ASSERT_FALSE(broken);
        EXPECT_EQ(broken.error().message, "killed");
    }
    const auto copied = copy();
    ASSERT_TRUE(copied) << copied.error().message;
    EXPECT_EQ(differing_tables(manifest_of(*from_), manifest_of(*to_)), "");
    expect_no_own_damage();
}

TEST_P(CopyInstance, IsNotServedBeforeItsEnd) {
    ASSERT_FALSE(copy(9));
    const auto opened = to_->open();
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, base::ErrorKind::Conflict);
    EXPECT_THAT(opened.error().message, HasSubstr("unfinished copy"));
    EXPECT_FALSE(open_tables(*to_)) << "it could be copied on";
}

TEST_P(CopyInstance, IsNotMadeOverSomethingElse) {
    {
        auto store = to_->open();
        ASSERT_TRUE(store) << store.error().message;
        ASSERT_TRUE((*store)->write([](Writer& writer) -> base::Result<void> {
            CRIPT_CHECK(insert(writer, account("somebody")));
            return {};
        }));
    }
    const auto before = manifest_of(*to_);
    const auto copied = copy();
    ASSERT_FALSE(copied);
    EXPECT_EQ(copied.error().kind, base::ErrorKind::Conflict);
    EXPECT_THAT(copied.error().message, HasSubstr("not empty"));
    EXPECT_EQ(differing_tables(before, manifest_of(*to_)), "");
}

TEST_P(CopyInstance, IsNotMadeInTheDatabaseOfAnotherProgram) {
    to_->rows("create table their_table (id integer)");
    const auto copied = copy();
    ASSERT_FALSE(copied);
    EXPECT_THAT(copied.error().message, HasSubstr("something else"));
    EXPECT_THAT(copied.error().message, HasSubstr("their_table"));
}

TEST_P(CopyInstance, DoesNotGoOnWhenItsSourceHasChangedSince) {
    ASSERT_FALSE(copy(9));
    from_->rows("update node set name = 'changed' where id = (select min(id) from node where name <> '')");
    const auto copied = copy();
    ASSERT_FALSE(copied);
    EXPECT_EQ(copied.error().kind, base::ErrorKind::Conflict);
    EXPECT_THAT(copied.error().message, HasSubstr("(in: node)"));
}

TEST_P(CopyInstance, CanBeThrownAwayAndMadeAnew) {
    ASSERT_FALSE(copy(9));
    {
        auto target = open_copy(*to_);
        ASSERT_TRUE(target);
        ASSERT_TRUE((*target)->discard());
        EXPECT_FALSE((*target)->discard()) << "what is no unfinished copy was thrown away";
    }
    const auto copied = copy();
    ASSERT_TRUE(copied) << copied.error().message;
    expect_no_own_damage();
}

INSTANTIATE_TEST_SUITE_P(On, CopyInstance, testing::ValuesIn(routes()),
                         [](const auto& info) { return info.param.from.name + "To" + info.param.to.name; });

namespace {

class EveryTable : public StoreTest {};

}  // namespace

TEST_P(EveryTable, IsCopiedOrLeftOutOnPurpose) {
    const bool is_sqlite = GetParam().name == "Sqlite";
    const auto names = place_->rows(
        is_sqlite ? "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'"
                    " and name not like 'node_name_%'"
                  : "select tablename from pg_tables where schemaname = current_schema()");
    ASSERT_GT(names.size(), 10U);
    for (const auto& name : names) {
        const auto tables = instance_tables();
        const auto left_out = tables_left_out();
        EXPECT_TRUE(std::ranges::any_of(tables, [&](const Table& table) { return table.name == name; }) ||
                    std::ranges::find(left_out, name) != left_out.end())
            << "store/tables.cpp does not know the table " << name;
    }
}

TEST_P(EveryTable, IsCopiedWithAllItsColumns) {
    const bool is_sqlite = GetParam().name == "Sqlite";
    // What PostgreSQL derives from a name.
    const std::set<std::string> derived{"node.folded_name", "project_name.digest", "account_group.digest"};
    for (const auto& table : instance_tables()) {
        const auto columns = place_->rows(
            is_sqlite ? fmt::format("select name from pragma_table_info('{}')", table.name)
                      : fmt::format(
                            "select attname from pg_attribute where attrelid = '{}'::regclass and attnum > 0"
                            " and not attisdropped",
                            table.name));
        ASSERT_FALSE(columns.empty()) << table.name;
        for (const auto& column : columns) {
            const bool is_known =
                std::ranges::any_of(table.columns, [&](const Column& known) { return known.name == column; });
            EXPECT_TRUE(is_known || derived.contains(table.name + ("." + column)))
                << "store/tables.cpp does not know " << table.name << "." << column;
        }
    }
}

CRIPT_ON_EVERY_BACKEND(EveryTable);

}  // namespace cript::store::test
