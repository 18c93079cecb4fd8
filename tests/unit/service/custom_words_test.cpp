#include "service/custom_words.hpp"

#include <gmock/gmock.h>

namespace cript::service {
namespace {

using model::NodeType;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> words(NodeType type, std::string_view attributes) {
    std::vector<std::string> all;
    for (const auto& word : custom_words_of(type, attributes))
        all.push_back(word.vocabulary + " " + word.word + " " + word.unit);
    return all;
}

TEST(CustomWords, OfAKeyHaveItsUnitAndStandInEachOfItsVocabularies) {
    EXPECT_THAT(words(NodeType::Property, R"({"key":"+own","value":1,"unit":"kg","method":"+by hand"})"),
                ElementsAre("computational_process_property_key +own kg", "material_property_key +own kg",
                            "process_property_key +own kg"))
        << "a method is any text";
}

TEST(CustomWords, OfListsAndOfTheOlderDialectAreWordsToo) {
    EXPECT_THAT(
        words(
            NodeType::Material,
            R"({"name":"x","keyword":["linear","+a","+a"],"legacy":{"identifiers":[{"key":"+shelf","value":1}]}})"),
        ElementsAre("material_identifier_key +shelf ", "material_keyword +a "));
}

TEST(CustomWords, AreNoTextsThatBeginLikeThem) {
    EXPECT_THAT(words(NodeType::Material, R"({"name":"+x","notes":"+y","keyword":["+","linear"]})"),
                IsEmpty());
    EXPECT_THAT(words(NodeType::Property, R"({"key":"density","value":"+x"})"), IsEmpty());
}

}  // namespace
}  // namespace cript::service
