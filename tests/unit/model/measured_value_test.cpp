#include "model/units/measured_value.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace cript::model {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

MeasuredValue measured(std::string_view attributes, NodeType type = NodeType::Property) {
    auto value = measured_value(type, attributes);
    EXPECT_TRUE(value.has_value()) << attributes;
    return value.value_or(MeasuredValue{});
}

/// The code of the only problem, or "" if there is none.
std::string problem(std::string_view attributes, NodeType type = NodeType::Property) {
    const auto problems = problems_of_value(type, attributes);
    EXPECT_LE(problems.size(), 1U) << attributes;
    return problems.empty() ? "" : problems.front().code;
}

TEST(MeasuredValue, IsInCoherentSiUnits) {
    const auto value = measured(R"({"key":"density","value":0.906,"unit":"g/ml","uncertainty":0.01})");
    EXPECT_EQ(value.key, "density");
    EXPECT_EQ(value.unit, "kilogram / meter ** 3");
    ASSERT_EQ(value.values.size(), 1U);
    EXPECT_DOUBLE_EQ(value.values.front(), 906);
    EXPECT_DOUBLE_EQ(value.uncertainty.value_or(0), 10);
}

TEST(MeasuredValue, HasAnUncertaintyThatIsNotShifted) {
    const auto value = measured(R"({"key":"temp_melt","value":25,"unit":"degC","uncertainty":2})");
    EXPECT_DOUBLE_EQ(value.values.front(), 298.15);
    EXPECT_DOUBLE_EQ(value.uncertainty.value_or(0), 2);
    EXPECT_EQ(value.unit, "kelvin");
}

TEST(MeasuredValue, OfAListIsAListAndOfAQuantityToo) {
    EXPECT_THAT(
        measured(R"({"key":"temperature","value":[0,100],"unit":"degC"})", NodeType::Condition).values,
        ElementsAre(273.15, 373.15));
    EXPECT_THAT(measured(R"({"key":"pressure","value":2,"unit":"kPa"})", NodeType::Quantity).values,
                ElementsAre(2000));
}

TEST(MeasuredValue, OfTextOrOfNoFixedSizeIsNone) {
    EXPECT_FALSE(measured_value(NodeType::Property, R"({"key":"phase","value":"solid"})"));
    EXPECT_FALSE(measured_value(NodeType::Property, R"({"key":"+e","value":1,"unit":"kBT"})"));
    EXPECT_FALSE(
        measured_value(NodeType::Property, R"({"key":"density","value":1,"unit":"furlongs per what"})"));
    EXPECT_FALSE(measured_value(NodeType::Property, R"({"key":"density"})"));
    EXPECT_FALSE(measured_value(NodeType::Material, R"({"name":"water"})"));
}

TEST(ProblemsOfValue, AreNoneWhereUnitAndRangeFit) {
    for (const auto* attributes :
         {R"({"key":"density","value":0.906,"unit":"g/ml"})",
          R"({"key":"temp_melt","value":-20,"unit":"degC"})", R"({"key":"mw_d","value":1.1})",
          R"({"key":"mw_d","value":1.1,"unit":""})", R"({"key":"phase","value":"solid"})",
          R"({"key":"+mine","value":-3,"unit":"m**0.25"})",
          R"({"key":"conc_vol_fraction","value":100,"unit":"percent"})",
          R"({"key":"e_potential","value":-5,"unit":"kBT"})",
          R"({"key":"contact_angle","value":110,"unit":"deg"})", R"({"key":"strain_failure","value":0.4})",
          R"({"key":"thermal_conductivity","value":0.15,"unit":"W/m/K"})",
          R"({"key":"log_p","value":-0.5})"}) {
        EXPECT_EQ(problem(attributes), "") << attributes;
    }
}

TEST(ProblemsOfValue, TakeTheDimensionOfThePreferredUnitToo) {
    EXPECT_EQ(problem(R"({"key":"enthalpy","value":3,"unit":"kcal/mol"})"), "");
    EXPECT_EQ(problem(R"({"key":"enthalpy","value":3,"unit":"GPa"})"), "unit_mismatch");
}

TEST(ProblemsOfValue, NameAUnitThatIsMissingUnknownOrOfAnotherDimension) {
    EXPECT_EQ(problem(R"({"key":"density","value":1})"), "unit_missing");
    EXPECT_EQ(problem(R"({"key":"density","value":1,"unit":"foo/ml"})"), "unknown_unit");
    EXPECT_EQ(problem(R"({"key":"density","value":1,"unit":"degC"})"), "unit_mismatch");
    EXPECT_EQ(problem(R"({"key":"mw_d","value":1.1,"unit":"kg"})"), "unit_mismatch");
    EXPECT_EQ(problem(R"({"key":"+mine","value":1,"unit":"foo"})"), "unknown_unit");
    EXPECT_EQ(problem(R"({"key":"time_duration","value":1,"unit":"kg"})", NodeType::Condition),
              "unit_mismatch");
    const auto problems =
        problems_of_value(NodeType::Property, R"({"key":"density","value":1,"unit":"foo/ml"})");
    EXPECT_EQ(problems.front().pointer, "/unit");
    EXPECT_EQ(problems.front().message, "'foo' is not a unit (character 1 of 'foo/ml')");
}

TEST(ProblemsOfValue, CompareWithTheRangeAfterConversion) {
    EXPECT_EQ(problem(R"({"key":"temperature","value":-300,"unit":"degC"})", NodeType::Condition),
              "out_of_range");
    EXPECT_EQ(problem(R"({"key":"temperature","value":-273.15,"unit":"degC"})", NodeType::Condition), "");
    EXPECT_EQ(problem(R"({"key":"density","value":22,"unit":"g/ml"})"), "");
    EXPECT_EQ(problem(R"({"key":"density","value":24,"unit":"g/ml"})"), "out_of_range");
    const auto problems =
        problems_of_value(NodeType::Property, R"({"key":"density","value":-1,"unit":"g/ml"})");
    EXPECT_EQ(problems.front().message, "-1 is below 0 kilogram / meter ** 3, the least value of 'density'");
}

TEST(ProblemsOfValue, NameAValueOfAnotherKindThanTheKeyHas) {
    EXPECT_EQ(problem(R"({"key":"density","value":"abc","unit":"g/ml"})"), "wrong_type");
    EXPECT_EQ(problem(R"({"key":"density","value":true,"unit":"g/ml"})"), "wrong_type");
    EXPECT_EQ(problem(R"({"key":"density","value":[1,"abc"],"unit":"g/ml"})"), "wrong_type");
    EXPECT_EQ(problem(R"({"key":"color","value":7})"), "wrong_type");
    EXPECT_EQ(problem(R"({"key":"biodegradable","value":true})"), "");
    EXPECT_EQ(problem(R"({"key":"biodegradable","value":"yes"})"), "wrong_type");
    EXPECT_EQ(problem(R"({"key":"boundary_type","value":["periodic"]})", NodeType::Condition), "");
    EXPECT_EQ(problem(R"({"key":"+mine","value":true})"), "");
    EXPECT_EQ(problem(R"({"key":"density","unit":"g/ml"})"), "required");
    EXPECT_EQ(problem(R"({"key":"density","value":null,"unit":"g/ml"})"), "required");
    EXPECT_EQ(problem(R"({"key":"associated"})"), "");
    EXPECT_EQ(problem(R"({"key":"structure"})"), "") << "it may be in a field of its own";
}

TEST(ProblemsOfValue, ReadAListThatIsStoredAsText) {
    EXPECT_EQ(problem(R"({"key":"stress_tensor","value":"[-1,2,3]","unit":"MPa"})"), "");
    EXPECT_EQ(problem(R"({"key":"stress_tensor","value":"[-1,2,3]","unit":"s"})"), "unit_mismatch");
    EXPECT_EQ(problem(R"({"key":"density","value":"[1,-1]","unit":"g/ml"})"), "out_of_range");
    EXPECT_EQ(problem(R"({"key":"color_rgb","value":"[1,2,3]"})"), "");
}

TEST(ProblemsOfValue, NameAUnitOfWhatIsToldInWordsAndOneThatNobodyCanRead) {
    EXPECT_EQ(problem(R"({"key":"color","value":"white","unit":"kg"})"), "unit_of_text");
    EXPECT_EQ(problem(R"({"key":"color","value":"white","unit":""})"), "");
    EXPECT_EQ(problem(R"({"key":"+mine","value":"white","unit":"furlongz"})"), "unknown_unit");
}

TEST(ProblemsOfValue, AreThoseOfQuantitiesAndParametersToo) {
    EXPECT_EQ(problem(R"({"key":"mass","value":1,"unit":"m"})", NodeType::Quantity), "unit_mismatch");
    EXPECT_EQ(problem(R"({"key":"mass_fraction","value":5,"unit":"kg"})", NodeType::Quantity),
              "unit_mismatch");
    EXPECT_EQ(problem(R"({"key":"mass_fraction","value":0.5})", NodeType::Quantity), "");
    EXPECT_EQ(problem(R"({"key":"mass","value":1})", NodeType::Quantity), "")
        << "its unit goes without saying";
    EXPECT_EQ(problem(R"({"key":"+mine","value":1,"unit":"gg"})", NodeType::Parameter), "unknown_unit");
    EXPECT_EQ(problem(R"({"key":"box_coupling","value":1})", NodeType::Parameter), "")
        << "some clients make a number of each value";
    EXPECT_EQ(problem(R"({"name":"water"})", NodeType::Material), "");
}

TEST(IsNumberKey, IsToldByTheVocabulary) {
    EXPECT_TRUE(is_number_key(NodeType::Property, "density"));
    EXPECT_TRUE(is_number_key(NodeType::Condition, "box_dimension")) << "a list of them";
    EXPECT_FALSE(is_number_key(NodeType::Property, "color"));
    EXPECT_FALSE(is_number_key(NodeType::Property, "+mine"));
}

TEST(ProblemsOfValue, TellOfAUnitBesideText) {
    for (const auto type : {NodeType::Property, NodeType::Condition, NodeType::Quantity})
        EXPECT_EQ(problem(R"({"key":"+own","value":"a few","unit":"kg"})", type), "unit_of_text");
    EXPECT_EQ(problem(R"({"key":"+own","value":"a few","unit":""})"), "");
    EXPECT_EQ(problem(R"({"key":"+own","value":"[1,2]","unit":"kg"})"), "") << "a list of the older dialect";
}

TEST(ProblemsOfValue, AreNotAskedForWhereKeyValueAndUnitStay) {
    const auto* stored = R"({"key":"density","value":1.0,"unit":"m"})";
    EXPECT_TRUE(has_same_value(stored, R"({"key":"density","value":1.0,"unit":"m","method":"sec"})"));
    EXPECT_FALSE(has_same_value(stored, R"({"key":"density","value":2.0,"unit":"m"})"));
    EXPECT_FALSE(has_same_value(stored, R"({"key":"density","value":1.0})"));
}

TEST(UnitOfKey, IsTheOneOfTheVocabulary) {
    EXPECT_EQ(unit_of_key(NodeType::Property, "mw_n"), "kilogram / mole");
    EXPECT_EQ(unit_of_key(NodeType::Quantity, "pressure"), "kPa");
    EXPECT_EQ(unit_of_key(NodeType::Property, "mw_d"), "");
    EXPECT_EQ(unit_of_key(NodeType::Property, "+mine"), std::nullopt);
}

}  // namespace
}  // namespace cript::model
