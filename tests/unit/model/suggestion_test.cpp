#include "model/suggestion.hpp"

#include <gtest/gtest.h>

#include <array>

namespace cript::model {
namespace {

TEST(EditDistance, CountsSlips) {
    EXPECT_EQ(edit_distance("name", "name", 3), 0U);
    EXPECT_EQ(edit_distance("nam", "name", 3), 1U);
    EXPECT_EQ(edit_distance("naame", "name", 3), 1U);
    EXPECT_EQ(edit_distance("nome", "name", 3), 1U);
    EXPECT_EQ(edit_distance("anme", "name", 3), 1U) << "two neighbours swapped are one slip";
    EXPECT_EQ(edit_distance("kitten", "sitting", 3), 3U);
}

TEST(EditDistance, DoesNotSeeCase) {
    EXPECT_EQ(edit_distance("BigSMILES", "bigsmiles", 3), 0U);
}

TEST(EditDistance, StopsAtTheLimit) {
    EXPECT_EQ(edit_distance("kitten", "sitting", 2), 3U);
    EXPECT_EQ(edit_distance("a", std::string(100'000, 'b'), 3), 4U);
}

TEST(Suggestion, FindsAMisspeltField) {
    EXPECT_EQ(suggest_field(NodeType::Material, "nam"), "name");
    EXPECT_EQ(suggest_field(NodeType::Material, "BigSmiles"), "bigsmiles");
    EXPECT_EQ(suggest_field(NodeType::Project, "materials"), "material");
    EXPECT_EQ(suggest_field(NodeType::Material, "UUID"), "uuid");
    EXPECT_EQ(suggest_field(NodeType::Material, "something_else"), "");
}

TEST(Suggestion, NeverSuggestsAFieldOfAnotherType) {
    EXPECT_EQ(suggest_field(NodeType::Project, "bigsmile"), "");
}

TEST(Suggestion, NeverSuggestsAFieldThatOnlyTheServerSets) {
    EXPECT_EQ(suggest_field(NodeType::Material, "created_on"), "");
}

TEST(Suggestion, FindsANodeTypeByNameOrSlug) {
    EXPECT_EQ(suggest_node_type("Materal"), "Material");
    EXPECT_EQ(suggest_node_type("computation_process"), "ComputationProcess");
    EXPECT_EQ(suggest_node_type("Banana"), "");
}

TEST(Suggestion, FindsAMisspeltTerm) {
    const std::array vocabularies{Vocabulary::ConditionKey};
    EXPECT_EQ(suggest_term(vocabularies, "temprature"), "temperature");
    EXPECT_EQ(suggest_term(vocabularies, "bananas_per_hour"), "");
}

TEST(Suggestion, FindsATermByItsAlias) {
    const std::array vocabularies{Vocabulary::ParameterKey};
    EXPECT_EQ(suggest_term(vocabularies, "integration time interval"), "integration_timestep");
}

TEST(Suggestion, LeadsFromAReplacedTermToItsSuccessor) {
    const std::array vocabularies{Vocabulary::DataType};
    EXPECT_EQ(suggest_term(vocabularies, "stess_strainn"), "stress_strain");
}

TEST(Suggestion, LooksIntoAllVocabulariesOfAField) {
    const auto* key = find_field(NodeType::Property, "key");
    EXPECT_EQ(suggest_term(key->vocabularies, "densty"), "density");
    EXPECT_EQ(suggest_term(key->vocabularies, "yield_mas"), "yield_mass");
    EXPECT_EQ(suggest_term(key->vocabularies, "rho_zz"), "rho_z");
}

}  // namespace
}  // namespace cript::model
