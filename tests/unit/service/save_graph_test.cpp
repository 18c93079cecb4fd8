#include "service/save_graph.hpp"
#include "service/save_faults.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fixture/database.hpp"
#include "graph_installation.hpp"

// How a document is compared with what is stored, and what becomes of it.

namespace cript::service {
namespace {

using base::ErrorKind;
using model::NodeType;
using test::link;
using test::material;
using test::node;
using test::property;
using test::uuid;
using test::uuid_text;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class Saving : public test::GraphInstallation {
  protected:
    std::map<std::string, std::string> attributes(unsigned number) {
        return test::members_of(row(number)->attributes);
    }
    static std::vector<std::string> codes_of(const base::Error& error) {
        std::vector<std::string> codes;
        for (const auto& problem : error.problems) codes.push_back(problem.code + " at " + problem.pointer);
        return codes;
    }
    std::string project(const std::string& more = "") { return node("Project", 1, "Home", more); }
};

TEST_F(Saving, StoresANewGraphAsItWasSent) {
    clock_.advance(std::chrono::seconds(1));
    const auto outcome =
        create(ada_, NodeType::Project,
               project(R"("notes":"n","material":[)" +
                       material(2, "toluene", R"("property":[)" + property(3, "0.87") + "]") + "]"));
    EXPECT_EQ(outcome.root, uuid(1));
    EXPECT_EQ(outcome.revision, 1);
    EXPECT_EQ(outcome.created, 3U);
    EXPECT_EQ(outcome.changed + outcome.unchanged, 0U);
    const auto state = read(ada_, NodeType::Project, 1);
    ASSERT_EQ(state.size(), 3U);
    EXPECT_EQ(state.at(uuid(1)).attributes.at("notes"), "\"n\"");
    EXPECT_THAT(state.at(uuid(1)).links.at("material"), ElementsAre(uuid(2)));
    EXPECT_THAT(state.at(uuid(2)).links.at("property"), ElementsAre(uuid(3)));
    EXPECT_EQ(state.at(uuid(3)).attributes.at("value"), "0.87");
    const auto stored = row(2);
    EXPECT_EQ(stored->created_by, ada_.account);
    EXPECT_EQ(stored->created_at, clock_.now());
    EXPECT_EQ(stored->name, "toluene");
    EXPECT_EQ(stored->project, row(1)->id);
}

TEST_F(Saving, ListsThousandsOfProblemsAndCountsTheRest) {
    std::string links;
    for (unsigned number = 100; number < 100 + kMostFaults + 3; ++number)
        links.append(links.empty() ? "" : ",").append(link(number));
    const auto refused =
        try_create(ada_, NodeType::Inventory, node("Inventory", 1, "shelf", R"("material":[)" + links + "]"));
    ASSERT_FALSE(refused);
    const auto& problems = refused.error().problems;
    ASSERT_EQ(problems.size(), kMostFaults + 1);
    EXPECT_EQ(problems.back().code, "not_all_listed");
    EXPECT_EQ(problems.back().message, "3 more problems are not listed");
}

TEST_F(Saving, ListsNoMoreProblemsOrWarningsOfValuesThanOfLinks) {
    std::string values;
    for (unsigned number = 100; number < 100 + kMostFaults + 3; ++number) {
        values.append(values.empty() ? "" : ",");
        values.append(
            node("Property", number, "", R"("key":"density","type":"value","unit":"K","value":1.0)"));
    }
    const auto document = material(1, "toluene", R"("property":[)" + values + "]");
    const auto refused = try_create(ada_, NodeType::Material, document, {.values_must_fit = true});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().problems.size(), kMostFaults + 1);
    EXPECT_EQ(refused.error().problems.back().message, "3 more problems are not listed");
    const auto saved = create(ada_, NodeType::Material, document);
    ASSERT_EQ(saved.warnings.size(), kMostWarnings + 1);
    EXPECT_EQ(saved.warnings.back().code, "not_all_listed");
    EXPECT_EQ(saved.warnings.back().message, "4003 more warnings are not listed");
}

TEST_F(Saving, ChangesNothingTheSecondTime) {
    const auto document = project(
        R"("material":[)" + material(2, "toluene", R"("property":[)" + property(3, "0.87") + "]") + "]");
    create(ada_, NodeType::Project, document);
    const auto before = row(2);
    clock_.advance(std::chrono::seconds(1));
    const auto outcome = change(ada_, NodeType::Project, document);
    EXPECT_EQ(outcome.unchanged, 3U);
    EXPECT_EQ(outcome.created + outcome.changed, 0U);
    EXPECT_EQ(outcome.revision, 1);
    EXPECT_EQ(row(2)->revision, 1);
    EXPECT_EQ(row(2)->updated_at, before->updated_at);
    EXPECT_THAT(rows("select * from history"), IsEmpty());
}

TEST_F(Saving, RaisesTheRevisionOfWhatChangedAndOfNothingElse) {
    create(ada_, NodeType::Project,
           project(R"("material":[)" + material(2, "toluene") + "," + material(3, "water") + "]"));
    clock_.advance(std::chrono::seconds(1));
    const auto outcome =
        change(ada_, NodeType::Project,
               project(R"("material":[)" + material(2, "Toluene") + "," + material(3, "water") + "]"));
    EXPECT_EQ(outcome.changed, 1U);
    EXPECT_EQ(outcome.unchanged, 2U);
    EXPECT_EQ(row(2)->revision, 2);
    EXPECT_EQ(row(2)->name, "Toluene");
    EXPECT_EQ(row(2)->updated_at, clock_.now());
    EXPECT_EQ(row(1)->revision, 1);
    EXPECT_EQ(row(3)->revision, 1);
}

TEST_F(Saving, LeavesWhatAPartialChangeDoesNotName) {
    create(ada_, NodeType::Material, material(2, "toluene", R"("vendor":"A","lot_number":"7")"));
    change(ada_, NodeType::Material, R"({"node":["Material"],"vendor":"B","uuid":")" + uuid_text(2) + "\"}");
    EXPECT_THAT(attributes(2),
                UnorderedElementsAre(std::pair("name", "\"toluene\""), std::pair("smiles", "\"C\""),
                                     std::pair("vendor", "\"B\""), std::pair("lot_number", "\"7\"")));
    EXPECT_EQ(row(2)->name, "toluene");
}

TEST_F(Saving, ClearsWhatIsNull) {
    create(ada_, NodeType::Material,
           material(2, "toluene", R"("vendor":"A","property":[)" + property(3, "1") + "]"));
    change(ada_, NodeType::Material, node("Material", 2, "", R"("vendor":null,"property":null)"));
    EXPECT_FALSE(attributes(2).contains("vendor"));
    EXPECT_THAT(children(ada_, NodeType::Material, 2, "property"), IsEmpty());
    EXPECT_TRUE(is_there(3)) << "a link that is cut deletes nothing";
}

TEST_F(Saving, ReplacesListsOfTexts) {
    create(ada_, NodeType::Material, material(2, "toluene", R"("names":["a","b"])"));
    change(ada_, NodeType::Material, node("Material", 2, "", R"("names":["c"])"));
    EXPECT_EQ(attributes(2).at("names"), R"(["c"])");
}

TEST_F(Saving, UnitesListsOfLinksSentOnesFirst) {
    for (unsigned number : {2U, 3U, 4U}) create(ada_, NodeType::Material, material(number, "toluene"));
    create(ada_, NodeType::Inventory,
           node("Inventory", 1, "shelf", R"("material":[)" + link(2) + "," + link(3) + "]"));
    change(ada_, NodeType::Inventory,
           node("Inventory", 1, "shelf", R"("material":[)" + link(4) + "," + link(3) + "]"));
    EXPECT_THAT(children(ada_, NodeType::Inventory, 1, "material"), ElementsAre(uuid(4), uuid(3), uuid(2)));
}

TEST_F(Saving, ReplacesListsOfLinksWhenAsked) {
    for (unsigned number : {2U, 3U, 4U}) create(ada_, NodeType::Material, material(number, "toluene"));
    create(ada_, NodeType::Inventory,
           node("Inventory", 1, "shelf", R"("material":[)" + link(2) + "," + link(3) + "]"));
    change(ada_, NodeType::Inventory, node("Inventory", 1, "shelf", R"("material":[)" + link(4) + "]"),
           {.replace_lists = true});
    EXPECT_THAT(children(ada_, NodeType::Inventory, 1, "material"), ElementsAre(uuid(4)));
    change(ada_, NodeType::Inventory, node("Inventory", 1, "shelf", R"("material":[])"),
           {.replace_lists = true});
    EXPECT_THAT(children(ada_, NodeType::Inventory, 1, "material"), IsEmpty());
}

TEST_F(Saving, UnitesAnEmptyListToWhatIsStored) {
    create(ada_, NodeType::Material, material(2, "toluene"));
    create(ada_, NodeType::Inventory, node("Inventory", 1, "shelf", R"("material":[)" + link(2) + "]"));
    EXPECT_EQ(change(ada_, NodeType::Inventory, node("Inventory", 1, "shelf", R"("material":[])")).unchanged,
              1U);
    EXPECT_THAT(children(ada_, NodeType::Inventory, 1, "material"), ElementsAre(uuid(2)));
}

TEST_F(Saving, KeepsTheOrderAndMultiplicityOfLists) {
    for (unsigned number : {2U, 3U}) create(ada_, NodeType::Material, material(number, "toluene"));
    const auto shelf = [](const std::string& list) {
        return node("Inventory", 1, "shelf", R"("material":[)" + list + "]");
    };
    create(ada_, NodeType::Inventory, shelf(link(3) + "," + link(2) + "," + link(3)));
    EXPECT_THAT(children(ada_, NodeType::Inventory, 1, "material"), ElementsAre(uuid(3), uuid(2), uuid(3)));
    EXPECT_EQ(change(ada_, NodeType::Inventory, shelf(link(3) + "," + link(2) + "," + link(3))).unchanged,
              1U);
    EXPECT_EQ(change(ada_, NodeType::Inventory, shelf(link(2) + "," + link(3) + "," + link(3))).changed, 1U);
    EXPECT_THAT(children(ada_, NodeType::Inventory, 1, "material"), ElementsAre(uuid(2), uuid(3), uuid(3)));
    change(ada_, NodeType::Inventory, shelf(link(2) + "," + link(3)));
    EXPECT_THAT(children(ada_, NodeType::Inventory, 1, "material"), ElementsAre(uuid(2), uuid(3)));
}

TEST_F(Saving, ReplacesASingleLink) {
    for (unsigned number : {2U, 3U}) create(ada_, NodeType::Material, material(number, "toluene"));
    create(ada_, NodeType::Material, material(1, "mixture", R"("parent_material":)" + link(2)));
    change(ada_, NodeType::Material, node("Material", 1, "", R"("parent_material":)" + link(3)));
    EXPECT_THAT(children(ada_, NodeType::Material, 1, "parent_material"), ElementsAre(uuid(3)));
    change(ada_, NodeType::Material, node("Material", 1, "", R"("parent_material":null)"));
    EXPECT_THAT(children(ada_, NodeType::Material, 1, "parent_material"), IsEmpty());
}

TEST_F(Saving, LinksNodesOfTheSameDocumentInAnyOrder) {
    create(ada_, NodeType::Project,
           project(R"("collection":[)" +
                   node("Collection", 5, "collection",
                        R"("inventory":[)" +
                            node("Inventory", 6, "inventory", R"("material":[)" + link(7) + "]") + "]") +
                   R"(],"material":[)" + material(7, "toluene") + "]"));
    const auto state = read(ada_, NodeType::Project, 1);
    EXPECT_THAT(state.at(uuid(6)).links.at("material"), ElementsAre(uuid(7)));
}

TEST_F(Saving, CreatesAnyNodeOnItsOwn) {
    create(ada_, NodeType::Quantity, node("Quantity", 1, "", R"("key":"mass","value":1.5,"unit":"kg")"));
    EXPECT_EQ(row(1)->project, std::nullopt);
    EXPECT_EQ(row(1)->created_by, ada_.account);
}

TEST_F(Saving, MakesAUuidWhereNoneIsSent) {
    const auto outcome =
        create(ada_, NodeType::Material, R"({"node":["Material"],"name":"toluene","smiles":"C"})");
    EXPECT_FALSE(outcome.root.is_nil());
    EXPECT_TRUE(read_single(context(), ada_, NodeType::Material, outcome.root));
}

TEST_F(Saving, RefusesANewRootThatIsThereAlready) {
    create(ada_, NodeType::Project, project());
    const auto refused = try_create(ada_, NodeType::Project, project());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    EXPECT_THAT(codes_of(refused.error()), ElementsAre("duplicate_uuid at "));
    EXPECT_EQ(refused.error().message, "Duplicate uuid: " + uuid_text(1) + " provided");
}

TEST_F(Saving, RefusesAUuidOfAnotherType) {
    create(ada_, NodeType::Material, material(2, "toluene"));
    const auto refused = try_create(ada_, NodeType::Project,
                                    project(R"("collection":[)" + node("Collection", 2, "collection") + "]"));
    ASSERT_FALSE(refused);
    EXPECT_THAT(codes_of(refused.error()), ElementsAre("duplicate_uuid at /collection/0"));
}

TEST_F(Saving, TellsARootThatIsHiddenOnce) {
    create(ada_, NodeType::Project, project());
    const auto refused = try_create(bob_, NodeType::Project, project());
    ASSERT_FALSE(refused);
    EXPECT_THAT(codes_of(refused.error()), ElementsAre("duplicate_uuid at "));
}

TEST_F(Saving, RefusesALinkToNothing) {
    const auto refused = try_create(ada_, NodeType::Inventory,
                                    node("Inventory", 1, "shelf", R"("material":[)" + link(9) + "]"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::InvalidInput);
    EXPECT_EQ(refused.error().message, "Bad uuid: " + uuid_text(9) + " provided");
    EXPECT_THAT(codes_of(refused.error()), ElementsAre("unknown_uuid at /material/0"));
}

TEST_F(Saving, RefusesALinkToANodeOfAnotherType) {
    create(ada_, NodeType::Process, node("Process", 9, "process", R"("type":"mix")"));
    const auto refused = try_create(ada_, NodeType::Inventory,
                                    node("Inventory", 1, "shelf", R"("material":[)" + link(9) + "]"));
    ASSERT_FALSE(refused);
    EXPECT_THAT(codes_of(refused.error()), ElementsAre("wrong_target at /material/0"));
}

TEST_F(Saving, TellsSeveralProblemsAtOnceAndStoresNothing) {
    create(ada_, NodeType::Project, node("Project", 30, "Taken"));
    create(ada_, NodeType::Process, node("Process", 9, "process", R"("type":"mix")"));
    const auto refused = try_create(
        ada_, NodeType::Project,
        node("Project", 1, "Taken",
             R"("material":[)" + material(2, "toluene", R"("component":[)" + link(8) + "," + link(9) + "]") +
                 "," + material(30, "of another type") + R"(],"collection":[)" +
                 node("Collection", 4, "collection",
                      R"("inventory":[)" +
                          node("Inventory", 5, "inventory", R"("material":[)" + link(7) + "]") + "]") +
                 "]"));
    ASSERT_FALSE(refused);
    EXPECT_THAT(
        codes_of(refused.error()),
        ElementsAre("unknown_uuid at /material/0/component/0", "wrong_target at /material/0/component/1",
                    "unknown_uuid at /collection/0/inventory/0/material/0", "duplicate_uuid at /material/1",
                    "project_name_taken at /name"));
    for (unsigned number : {1U, 2U, 4U, 5U}) EXPECT_FALSE(is_there(number)) << number;
}

TEST_F(Saving, RefusesAProjectNameThatIsTaken) {
    create(ada_, NodeType::Project, project());
    const auto refused = try_create(bob_, NodeType::Project, node("Project", 2, "Home"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    EXPECT_THAT(codes_of(refused.error()), ElementsAre("project_name_taken at /name"));
    EXPECT_FALSE(is_there(2));
}

TEST_F(Saving, RefusesToRenameAProjectToANameThatIsTaken) {
    create(ada_, NodeType::Project, project());
    create(ada_, NodeType::Project, node("Project", 2, "Other"));
    const auto refused = try_change(ada_, NodeType::Project, node("Project", 2, "Home"));
    ASSERT_FALSE(refused);
    EXPECT_THAT(codes_of(refused.error()), ElementsAre("project_name_in_use at /name"));
    EXPECT_EQ(row(2)->name, "Other");
}

TEST_F(Saving, SetsAProjectNameFreeByRenaming) {
    create(ada_, NodeType::Project, project());
    change(ada_, NodeType::Project, node("Project", 1, "New home"));
    create(bob_, NodeType::Project, node("Project", 2, "Home"));
}

TEST_F(Saving, RefusesAChangeOfARevisionThatIsOld) {
    create(ada_, NodeType::Project, project());
    change(ada_, NodeType::Project, project(R"("notes":"a")"), {.if_revision = 1});
    const auto refused = try_change(ada_, NodeType::Project, project(R"("notes":"b")"), {.if_revision = 1});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    EXPECT_THAT(codes_of(refused.error()), ElementsAre("revision_differs at "));
    change(ada_, NodeType::Project, project(R"("notes":"b")"), {.if_revision = 2});
}

TEST_F(Saving, RefusesAChangeOfWhatWasDeletedMeanwhile) {
    const auto refused = try_change(ada_, NodeType::Project, node("Project", 1, "", R"("notes":"a")"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    EXPECT_FALSE(is_there(1));
}

TEST_F(Saving, DoesAllButStoreInADryRun) {
    create(ada_, NodeType::Project, project(R"("material":[)" + material(2, "toluene") + "]"));
    const auto outcome = change(
        ada_, NodeType::Project,
        project(R"("notes":"n","material":[)" + material(2, "toluene", R"("vendor":"A","lot_number":"7")") +
                "," + material(3, "water") + "]"),
        {.dry_run = true});
    EXPECT_EQ(outcome.created, 1U);
    EXPECT_EQ(outcome.changed, 2U);
    ASSERT_EQ(outcome.changes.size(), 3U);
    EXPECT_EQ(outcome.changes[0].uuid, uuid(1));
    EXPECT_THAT(outcome.changes[0].fields, ElementsAre("notes", "material"));
    EXPECT_THAT(outcome.changes[1].fields, UnorderedElementsAre("vendor", "lot_number"));
    EXPECT_TRUE(outcome.changes[2].is_new);
    EXPECT_FALSE(is_there(3));
    EXPECT_EQ(row(1)->revision, 1);
    EXPECT_FALSE(attributes(2).contains("vendor"));
}

TEST_F(Saving, TellsTheSameProblemsInADryRun) {
    const auto refused =
        try_create(ada_, NodeType::Inventory,
                   node("Inventory", 1, "shelf", R"("material":[)" + link(9) + "]"), {.dry_run = true});
    ASSERT_FALSE(refused);
    EXPECT_THAT(codes_of(refused.error()), ElementsAre("unknown_uuid at /material/0"));
}

TEST_F(Saving, KeepsWhatWasInTheHistory) {
    create(ada_, NodeType::Material, material(2, "before", R"("property":[)" + property(3, "1") + "]"));
    change(ada_, NodeType::Material, node("Material", 2, "after", R"("property":null)"));
    const auto history =
        rows("select revision, name, edges from history where node = " + std::to_string(row(2)->id));
    EXPECT_THAT(history, ElementsAre(R"(1|before|[["property",0,)" + std::to_string(row(3)->id) + "]]"));
}

TEST_F(Saving, KeepsTheIdentifiersOfAMaterialForSearches) {
    create(ada_, NodeType::Material,
           material(2, "ethanol", R"("names":["alcohol","spirit"],"pubchem_cid":702)"));
    const auto* sql =
        "select f.name, i.value from identifier i join link_field f on f.id = i.kind order by 1, 2";
    EXPECT_THAT(rows(sql),
                ElementsAre("name|ethanol", "names|alcohol", "names|spirit", "pubchem_cid|702", "smiles|C"));
    change(ada_, NodeType::Material, node("Material", 2, "", R"("names":null,"pubchem_cid":703)"));
    EXPECT_THAT(rows(sql), ElementsAre("name|ethanol", "pubchem_cid|703", "smiles|C"));
}

TEST_F(Saving, AddsWhatIsNewBelowWhatIsThere) {
    create(ada_, NodeType::Project, project(R"("material":[)" + material(2, "toluene") + "]"));
    const auto outcome =
        change(ada_, NodeType::Material, node("Material", 2, "", R"("property":[)" + property(3, "1") + "]"));
    EXPECT_EQ(outcome.created, 1U);
    EXPECT_EQ(outcome.changed, 1U);
    EXPECT_EQ(row(3)->project, row(1)->id);
}

TEST_F(Saving, CreatesUnderTheUuidOfAChangeThatFoundNothing) {
    const auto outcome = expect(save(ada_, NodeType::Project, project(), {}, false));
    EXPECT_EQ(outcome.created, 1U);
}

}  // namespace
}  // namespace cript::service
