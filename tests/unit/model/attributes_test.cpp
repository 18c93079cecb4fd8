#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents.hpp"

/// Which values fields take, and the canonical form they are kept in.
namespace cript::model::test {
namespace {

std::string attributes_of(NodeType type, const std::string& json) {
    return valid(type, json).nodes[0].attributes;
}

base::Problem problem_of_property(const std::string& members) {
    return problem_of(NodeType::Property,
                      R"({"node":["Property"],"key":"density","type":"value",)" + members + "}");
}

base::Problem problem_of_quantity(const std::string& members) {
    return problem_of(NodeType::Quantity, R"({"node":["Quantity"],)" + members + "}");
}

base::Problem problem_of_parameter(const std::string& members) {
    return problem_of(NodeType::Parameter, R"({"node":["Parameter"],)" + members + "}");
}

TEST(Attributes, AreKeptInModelOrderWhateverOrderTheyCameIn) {
    EXPECT_EQ(attributes_of(NodeType::Material,
                            R"({"smiles":"O","name":"water","node":["Material"],"notes":"wet"})"),
              R"({"name":"water","notes":"wet","smiles":"O"})");
}

TEST(Attributes, KeepIntegersAndFloatsApart) {
    EXPECT_EQ(
        attributes_of(NodeType::Property,
                      R"({"node":["Property"],"key":"density","type":"value","value":[1,1.0,1e3,0.1]})"),
        R"({"key":"density","type":"value","value":[1,1.0,1000.0,0.1]})");
}

TEST(Attributes, KeepThePrecisionOfNumbers) {
    EXPECT_EQ(attributes_of(NodeType::Condition, R"({"node":["Condition"],"value":9007199254740993})"),
              R"({"value":9007199254740993})");
    EXPECT_EQ(attributes_of(NodeType::Condition, R"({"node":["Condition"],"value":0.30000000000000004})"),
              R"({"value":0.30000000000000004})");
}

TEST(Attributes, HoldNeitherLinksNorFlagsNorIdentityNorWhatTheServerSets) {
    const auto graph =
        valid(NodeType::Material, R"({"node":["Material"],"uid":"_:m","name":"water","public":true,
        "locked":false,"smiles":"O","created_at":"2024-01-01","updated_by":{"uuid":"x"},"model_version":7,
        "property":[],"property_count":0})");
    EXPECT_EQ(graph.nodes[0].attributes, R"({"name":"water","smiles":"O"})");
    EXPECT_EQ(graph.nodes[0].name, "water");
    EXPECT_EQ(graph.nodes[0].is_public, true);
    EXPECT_EQ(graph.nodes[0].is_locked, false);
}

TEST(Attributes, FlagsThatWereNotSentAreAbsent) {
    const auto graph = valid(NodeType::Material, R"({"node":["Material"],"name":"water","smiles":"O"})");
    EXPECT_EQ(graph.nodes[0].is_public, std::nullopt);
    EXPECT_EQ(graph.nodes[0].is_locked, std::nullopt);
}

TEST(Attributes, EscapesAreUnifiedAndUnicodeStays) {
    EXPECT_EQ(attributes_of(NodeType::Material,
                            R"({"node":["Material"],"name":"\u00e4\u2192\/ab","notes":"a\"\n"})"),
              "{\"name\":\"ä→/ab\",\"notes\":\"a\\\"\\n\"}");
}

TEST(Attributes, NullIsAbsentAndListedAsCleared) {
    const auto graph = valid(
        NodeType::Material,
        R"({"node":["Material"],"name":"water","notes":null,"smiles":"O","property":null,"process":null})");
    EXPECT_EQ(graph.nodes[0].attributes, R"({"name":"water","smiles":"O"})");
    EXPECT_THAT(graph.nodes[0].cleared,
                testing::UnorderedElementsAre(FieldName::Notes, FieldName::Property, FieldName::Process));
    EXPECT_TRUE(graph.nodes[0].links.empty());
}

TEST(Attributes, AnEmptyListOfLinksIsKept) {
    const auto graph =
        valid(NodeType::Material, R"({"node":["Material"],"name":"water","smiles":"O","property":[]})");
    EXPECT_TRUE(links_of(graph.nodes[0], FieldName::Property).targets.empty());
    EXPECT_TRUE(graph.nodes[0].cleared.empty());
}

TEST(Attributes, CountsOfListsAreIgnoredAndOthersAreNot) {
    valid(
        NodeType::Material,
        R"({"node":["Material"],"name":"water","smiles":"O","property_count":"many","component_count":-1})");
    EXPECT_EQ(problem_of_material(R"("smiles_count":1)").code, "unknown_field");
    EXPECT_EQ(problem_of_material(R"("process_count":1)").code, "unknown_field")
        << "process is a single link";
}

TEST(Attributes, WhatTheServerSetsIsIgnoredInWhateverForm) {
    for (const auto* members :
         {R"("created_by":{"anything":[1]})", R"("created_by":"me")", R"("created_at":5)",
          R"("updated_by":null)", R"("created_by":{"uid":"_:nobody"})"}) {
        valid(NodeType::Material,
              R"({"node":["Material"],"name":"water","smiles":"O",)" + std::string(members) + "}");
    }
}

TEST(Fields, AnUnknownOneIsAProblemWithASuggestion) {
    const auto problem = problem_of_material(R"("vendr":"ACME")");
    EXPECT_EQ(problem.pointer, "/vendr");
    EXPECT_EQ(problem.code, "unknown_field");
    EXPECT_EQ(problem.suggestion, "vendor");
    EXPECT_EQ(problem.message, "'vendr' is not a field of Material (did you mean 'vendor'?)");
}

TEST(Fields, AnUnknownOneThatResemblesNothingHasNoSuggestion) {
    const auto problem = problem_of_material(R"("favourite_colour":"blue")");
    EXPECT_EQ(problem.message, "'favourite_colour' is not a field of Material");
    EXPECT_EQ(problem.suggestion, "");
}

TEST(Fields, PointersEscapeTheirTokens) {
    EXPECT_EQ(problem_of_material(R"("a/b~c":1)").pointer, "/a~1b~0c");
}

TEST(Fields, AMisspeltRequiredOneIsOneProblem) {
    const auto problem =
        problem_of(NodeType::Material, R"({"node":["Material"],"nam":"water","smiles":"O"})");
    EXPECT_EQ(problem.pointer, "/nam");
    EXPECT_EQ(problem.suggestion, "name");
}

TEST(Fields, AMissingRequiredOneIsAProblemOfTheNode) {
    const auto problem = problem_of(NodeType::Project, R"({"node":["Project"]})");
    EXPECT_EQ(problem.pointer, "");
    EXPECT_EQ(problem.code, "required");
    EXPECT_EQ(problem.message, "'name' is a required property");
}

TEST(Fields, NullDoesNotSatisfyARequirement) {
    EXPECT_EQ(problem_of(NodeType::Project, R"({"node":["Project"],"name":null})").message,
              "'name' is a required property");
}

TEST(Fields, AKeyThatOccursTwiceIsAProblem) {
    EXPECT_EQ(problem_of_material(R"("name":"ice")").code, "duplicate_key");
    EXPECT_EQ(problem_of_material(R"("node":["Material"])").pointer, "/node");
    EXPECT_EQ(problem_of_material(R"("uid":"_:a","uid":"_:a")").pointer, "/uid");
    EXPECT_EQ(problem_of_material(R"("created_at":"a","created_at":"b")").pointer, "/created_at");
    EXPECT_EQ(problem_of_material(R"("property_count":1,"property_count":1)").pointer, "/property_count");
    EXPECT_EQ(problem_of_material(R"("vendor":null,"vendor":null)").pointer, "/vendor");
}

TEST(Fields, TheProblemSaysWhatWasExpectedAndFound) {
    const auto problem = problem_of_material(R"("vendor":5)");
    EXPECT_EQ(problem.pointer, "/vendor");
    EXPECT_EQ(problem.code, "wrong_type");
    EXPECT_EQ(problem.message, "expected text, found an integer");
}

TEST(Fields, EachKindRefusesTheOthers) {
    EXPECT_EQ(problem_of_material(R"("pubchem_cid":"962")").message, "expected an integer, found text");
    EXPECT_EQ(problem_of_material(R"("pubchem_cid":9.5)").message, "expected an integer, found a number");
    EXPECT_EQ(problem_of_material(R"("public":"yes")").message, "expected true or false, found text");
    EXPECT_EQ(problem_of_material(R"("names":"h2o")").message, "expected a list, found text");
    EXPECT_EQ(problem_of_material(R"("names":["h2o",5])").pointer, "/names/1");
    EXPECT_EQ(problem_of_material(R"("names":["h2o",null])").message, "expected text, found null");
    EXPECT_EQ(problem_of_property(R"("uncertainty":"0.1")").message, "expected a number, found text");
    EXPECT_EQ(problem_of_property(R"("value":{"a":1})").code, "wrong_type");
    EXPECT_EQ(problem_of_property(R"("value":[1,[2,{"a":1}]])").pointer, "/value/1/1");
    EXPECT_EQ(problem_of(NodeType::Condition, R"({"node":["Condition"],"value":true})").code, "wrong_type");
    EXPECT_EQ(
        problem_of(NodeType::Reference, R"({"node":["Reference"],"type":"book","title":"t","pages":[1,"9"]})")
            .pointer,
        "/pages/1");
}

TEST(Fields, AWholeFloatIsAnInteger) {
    EXPECT_EQ(
        attributes_of(NodeType::Material, R"({"node":["Material"],"name":"water","pubchem_cid":962.0})"),
        R"({"name":"water","pubchem_cid":962})");
}

TEST(Fields, ValuesMayBeTablesOfNumbersAndWords) {
    EXPECT_EQ(
        attributes_of(NodeType::Property,
                      R"({"node":["Property"],"key":"density","type":"value","value":[[1,"a"],[true]]})"),
        R"({"key":"density","type":"value","value":[[1,"a"],[true]]})");
}

TEST(Names, HaveTwoTo2048Characters) {
    const auto named = [](const std::string& name) {
        return problems_of(NodeType::Collection, R"({"node":["Collection"],"name":")" + name + "\"}");
    };
    EXPECT_EQ(named("a").at(0).code, "too_short");
    EXPECT_TRUE(named("ab").empty());
    EXPECT_TRUE(named(std::string(2048, 'a')).empty());
    EXPECT_EQ(named(std::string(2049, 'a')).at(0).code, "too_long");
}

TEST(Names, AreCountedInCodePoints) {
    const auto named = [](const std::string& name) {
        return problems_of(NodeType::Collection, R"({"node":["Collection"],"name":")" + name + "\"}");
    };
    EXPECT_EQ(named("ä").at(0).code, "too_short") << "two bytes, one character";
    std::string long_name;
    for (int at = 0; at < 2048; ++at) long_name += "→";
    EXPECT_TRUE(named(long_name).empty());
    EXPECT_EQ(named(long_name + "→").at(0).message, "has 2049 characters, at most 2048 are allowed");
}

TEST(Names, HoldNoneOfTheFiveForbiddenCharacters) {
    for (const std::string character : {"^", "<", ">", "|", "$"}) {
        const auto problem =
            problem_of(NodeType::Project, R"({"node":["Project"],"name":"a)" + character + R"(b"})");
        EXPECT_EQ(problem.code, "forbidden_character");
        EXPECT_EQ(problem.pointer, "/name");
    }
    valid(NodeType::Project, R"({"node":["Project"],"name":"it's \"fine\" {here} & there"})");
}

TEST(Texts, HoldNoNul) {
    EXPECT_EQ(problem_of_material(R"("vendor":"a\u0000b")").code, "forbidden_character");
}

TEST(Notes, HaveAtMostTenThousandCharacters) {
    valid(NodeType::Project,
          R"({"node":["Project"],"name":"ab","notes":")" + std::string(10'000, 'x') + "\"}");
    EXPECT_EQ(problem_of(NodeType::Project,
                         R"({"node":["Project"],"name":"ab","notes":")" + std::string(10'001, 'x') + "\"}")
                  .pointer,
              "/notes");
}

TEST(Terms, AnUnknownOneIsAProblemWithASuggestion) {
    const auto problem = problem_of_material(R"("keyword":["linear","homopolymr"])");
    EXPECT_EQ(problem.pointer, "/keyword/1");
    EXPECT_EQ(problem.code, "unknown_term");
    EXPECT_EQ(problem.suggestion, "homopolymer");
    EXPECT_EQ(problem.message,
              "'homopolymr' is not a term of material_keyword (did you mean 'homopolymer'?)");
}

TEST(Terms, APropertyKeyMayComeFromThreeVocabularies) {
    for (const auto* key : {"density", "yield_mass", "rho_z"}) {
        valid(NodeType::Property,
              R"({"node":["Property"],"type":"value","key":")" + std::string(key) + "\"}");
    }
    EXPECT_EQ(
        problem_of(NodeType::Property, R"({"node":["Property"],"type":"value","key":"zzzzzzzzz"})").message,
        "'zzzzzzzzz' is not a term of material_property_key, process_property_key or "
        "computational_process_property_key");
}

TEST(Terms, CustomOnesBeginWithAPlus) {
    valid(NodeType::Property, R"({"node":["Property"],"type":"value","key":"+slipperiness"})");
    EXPECT_EQ(problem_of(NodeType::Property, R"({"node":["Property"],"type":"value","key":"+"})").code,
              "unknown_term");
}

TEST(Terms, OldOnesAreAcceptedWithAWarningThatNamesTheirSuccessor) {
    const auto graph = valid(NodeType::Data, R"({"node":["Data"],"type":"stess_strain"})");
    ASSERT_EQ(graph.warnings.size(), 1U);
    EXPECT_EQ(graph.warnings[0].code, "replaced_term");
    EXPECT_EQ(graph.warnings[0].pointer, "/type");
    EXPECT_EQ(graph.warnings[0].suggestion, "stress_strain");
}

TEST(Terms, FieldsWithoutAVocabularyTakeAnyText) {
    valid(NodeType::ComputationProcess, R"({"node":["ComputationProcess"],"type":"my own kind"})");
    valid(NodeType::Condition, R"({"node":["Condition"],"type":"my own kind"})");
    valid(NodeType::Property,
          R"({"node":["Property"],"key":"color","type":"number","method":"looking at it"})");
}

TEST(Quantities, HaveTheUnitThatTheirKeyFixes) {
    const auto problem = problem_of_quantity(R"("key":"mass","value":1,"unit":"g")");
    EXPECT_EQ(problem.pointer, "/unit");
    EXPECT_EQ(problem.code, "unit_mismatch");
    EXPECT_EQ(problem.suggestion, "kg");
    EXPECT_EQ(problem_of_quantity(R"("key":"number","value":1,"unit":"1")").suggestion, "");
    valid(NodeType::Quantity, R"({"node":["Quantity"],"key":"number","value":1,"unit":""})");
    valid(NodeType::Quantity, R"({"node":["Quantity"],"key":"mole","value":1.5,"unit":"mmole"})");
}

TEST(Quantities, NeedAUnitOnlyWhereTheirKeyFixesOne) {
    EXPECT_EQ(problem_of_quantity(R"("key":"mass","value":1)").message, "'unit' is a required property");
    EXPECT_EQ(problem_of_quantity(R"("value":1)").message, "'key' is a required property");
    valid(NodeType::Quantity, R"({"node":["Quantity"],"key":"number","value":1})");
    valid(NodeType::Quantity, R"({"node":["Quantity"],"key":"+spoons","value":2})");
}

TEST(Quantities, AreNotNegative) {
    const auto problem = problem_of_quantity(R"("key":"mass","value":-0.5,"unit":"kg")");
    EXPECT_EQ(problem.pointer, "/value");
    EXPECT_EQ(problem.code, "out_of_range");
    valid(NodeType::Quantity, R"({"node":["Quantity"],"key":"mass","value":0,"unit":"kg"})");
}

TEST(Quantities, AreNumbersWhereTheKeyFixesTheUnit) {
    EXPECT_EQ(problem_of_quantity(R"("key":"mass","value":"1.5","unit":"kg")").message,
              "expected a number for 'mass', found text");
    valid(NodeType::Quantity, R"({"node":["Quantity"],"key":"+spoons","value":"a few","unit":"spoon"})");
}

TEST(Parameters, HaveAValueOfTheKindOfTheirKey) {
    const auto problem = problem_of_parameter(R"("key":"update_frequency","value":"abc")");
    EXPECT_EQ(problem.pointer, "/value");
    EXPECT_EQ(problem.message, "expected a number for 'update_frequency', found text");
    EXPECT_EQ(problem_of_parameter(R"("key":"lbcc","value":"yes")").message,
              "expected true or false for 'lbcc', found text");
    EXPECT_EQ(problem_of_parameter(R"("key":"bond_type","value":true)").message,
              "expected text for 'bond_type', found a boolean");
    EXPECT_EQ(problem_of_parameter(R"("key":"damping_time","value":-1)").code, "out_of_range");
}

TEST(Parameters, TakeANumberForEveryKey) {
    for (const auto* key : {"update_frequency", "lbcc", "bond_type", "+mine"}) {
        valid(NodeType::Parameter, R"({"node":["Parameter"],"value":1.0,"key":")" + std::string(key) + "\"}");
    }
}

TEST(Warnings, TellOfAMaterialThatNothingIdentifies) {
    const auto graph =
        valid(NodeType::Project,
              R"({"node":["Project"],"name":"ab","material":[{"node":["Material"],"name":"goo"},
                                 {"node":["Material"],"name":"water","smiles":"O"}]})");
    ASSERT_EQ(graph.warnings.size(), 1U);
    EXPECT_EQ(graph.warnings[0].code, "no_identifier");
    EXPECT_EQ(graph.warnings[0].pointer, "/material/0");
}

TEST(Warnings, AMixtureIsIdentifiedByItsComponents) {
    const auto graph = valid(
        NodeType::Material,
        R"({"node":["Material"],"name":"gel","component":[{"uuid":"11111111-1111-4111-8111-111111111101"}]})");
    EXPECT_TRUE(graph.warnings.empty());
}

}  // namespace
}  // namespace cript::model::test
