#include <gtest/gtest.h>

#include "model/graph.hpp"

namespace cript::model {
namespace {

TEST(MergeAttributes, PutsWhatWasSentOverWhatIsStored) {
    EXPECT_EQ(merge_attributes(NodeType::Material, R"({"name":"water","smiles":"O"})",
                               R"({"name":"ice","vendor":"ACME"})", {}),
              R"({"name":"ice","smiles":"O","vendor":"ACME"})");
}

TEST(MergeAttributes, TakesAwayWhatWasCleared) {
    EXPECT_EQ(merge_attributes(NodeType::Material, R"({"name":"water","notes":"wet","smiles":"O"})", "{}",
                               {FieldName::Notes, FieldName::Property}),
              R"({"name":"water","smiles":"O"})");
}

TEST(MergeAttributes, KeepsModelOrderWhateverIsNew) {
    EXPECT_EQ(merge_attributes(NodeType::Material, R"({"smiles":"O"})", R"({"name":"water"})", {}),
              R"({"name":"water","smiles":"O"})");
}

TEST(MergeAttributes, ReplacesListsAsAWhole) {
    EXPECT_EQ(merge_attributes(NodeType::Material, R"({"names":["a","b"]})", R"({"names":["c"]})", {}),
              R"({"names":["c"]})");
}

TEST(MergeAttributes, KeepsTheKindOfNumbers) {
    EXPECT_EQ(merge_attributes(NodeType::Condition, R"({"value":1.0,"set_id":3})", R"({"unit":"K"})", {}),
              R"({"value":1.0,"unit":"K","set_id":3})");
}

TEST(MergeAttributes, LeavesEqualAttributesAsTheyAre) {
    const auto* same = R"({"name":"water","smiles":"O"})";
    EXPECT_EQ(merge_attributes(NodeType::Material, same, same, {}), same);
    EXPECT_EQ(merge_attributes(NodeType::Material, same, "{}", {}), same);
}

TEST(MergeAttributes, KeepsWhatTheModelDoesNotKnow) {
    EXPECT_EQ(merge_attributes(NodeType::Material, R"({"name":"water","legacy":{"cas":["7732-18-5",2]}})",
                               R"({"name":"ice"})", {}),
              R"({"name":"ice","legacy":{"cas":["7732-18-5",2]}})");
}

}  // namespace
}  // namespace cript::model
