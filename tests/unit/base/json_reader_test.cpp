#include "base/json_reader.hpp"

#include <gtest/gtest.h>

namespace cript::base {
namespace {

std::string nested(std::size_t levels) {
    return std::string(levels, '[') + std::string(levels, ']');
}

std::string again(std::string_view text) {
    const auto document = JsonDocument::parse(text);
    EXPECT_TRUE(document) << text;
    std::string out;
    if (document) append_json(out, document->root());
    return out;
}

ErrorKind kind_of(std::string_view text, JsonLimits limits = {}) {
    const auto document = JsonDocument::parse(text, limits);
    EXPECT_FALSE(document) << text;
    return document ? ErrorKind::Internal : document.error().kind;
}

TEST(JsonDocument, TakesADocumentOfExactlyTheLongestLength) {
    EXPECT_TRUE(JsonDocument::parse("[1, 2, 3]", {.bytes = 9}));
    EXPECT_EQ(kind_of("[1, 2, 3] ", {.bytes = 9}), ErrorKind::TooLarge);
}

TEST(JsonDocument, TakesADocumentOfExactlyTheDeepestNesting) {
    for (const std::size_t depth : {4U, 128U, 1000U}) {
        EXPECT_TRUE(JsonDocument::parse(nested(depth), {.depth = depth})) << depth;
        EXPECT_EQ(kind_of(nested(depth + 1), {.depth = depth}), ErrorKind::TooLarge) << depth;
    }
}

TEST(JsonDocument, CountsObjectsAsLevelsToo) {
    EXPECT_TRUE(JsonDocument::parse(R"({"a":[{"b":[]}]})", {.depth = 4}));
    EXPECT_EQ(kind_of(R"({"a":[{"b":[{}]}]})", {.depth = 4}), ErrorKind::TooLarge);
}

TEST(JsonDocument, SaysHowDeepADocumentMayBe) {
    const auto document = JsonDocument::parse(nested(5), {.depth = 4});
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().message, "the document is nested deeper than 4 levels");
}

TEST(JsonDocument, RefusesNumbersThatAreNone) {
    for (const auto* text :
         {"NaN", "[NaN]", "[Infinity]", "[-Infinity]", "[1e999]", "[01]", "[+1]", "[.5]", "[1.]"}) {
        EXPECT_EQ(kind_of(text), ErrorKind::InvalidInput) << text;
    }
}

TEST(JsonDocument, RefusesWhatIsNotJson) {
    for (const auto* text :
         {"", " ", "{", "[1,]", "{'a':1}", "{\"a\":1,}", "[1] [2]", "// a\n[1]", "\xef\xbb\xbf[", "tru"}) {
        EXPECT_EQ(kind_of(text), ErrorKind::InvalidInput) << text;
    }
}

TEST(JsonDocument, RefusesTextThatIsNotUtf8) {
    EXPECT_EQ(kind_of("[\"\xff\"]"), ErrorKind::InvalidInput);
    EXPECT_EQ(kind_of(R"(["\ud800"])"), ErrorKind::InvalidInput);
    EXPECT_EQ(kind_of("[\"\n\"]"), ErrorKind::InvalidInput);
}

TEST(JsonDocument, SaysWhatIsWrongAsOneProblemOfTheWhole) {
    const auto document = JsonDocument::parse("{");
    ASSERT_FALSE(document);
    ASSERT_EQ(document.error().problems.size(), 1U);
    EXPECT_EQ(document.error().problems[0].pointer, "");
    EXPECT_EQ(document.error().problems[0].code, "invalid_json");
}

TEST(JsonDocument, OutlivesTheTextItWasReadFrom) {
    auto text = std::make_unique<std::string>(
        R"({"name":"polystyrene, with a text that is longer than any buffer"})");
    auto document = JsonDocument::parse(*text);
    text->assign(text->size(), '!');
    text.reset();
    ASSERT_TRUE(document);
    const auto moved = std::move(*document);
    EXPECT_EQ(std::string_view(moved.root()["name"]),
              "polystyrene, with a text that is longer than any buffer");
}

TEST(AppendJson, KeepsTheOrderOfMembersAndTheKindOfNumbers) {
    EXPECT_EQ(again(R"( { "b" : 1 , "a" : [ 1.0, 1e2, -7, 18446744073709551615, true, false, null ] } )"),
              R"({"b":1,"a":[1.0,100.0,-7,18446744073709551615,true,false,null]})");
}

TEST(AppendJson, UnescapesAsFarAsJsonAllows) {
    EXPECT_EQ(again(R"(["\u00e9\/\u0041\ud834\udd1e\u0000\""])"), R"(["é/A𝄞\u0000\""])");
}

TEST(AppendJson, ChangesNothingTheSecondTime) {
    const auto once = again(R"({"x":[0.1,{"y":{}},[]],"":""})");
    EXPECT_EQ(again(once), once);
}

TEST(JsonPointer, EscapesTildeAndSlash) {
    std::string pointer;
    append_pointer(pointer, "a/b~c");
    append_pointer(pointer, "");
    append_pointer(pointer, "0");
    EXPECT_EQ(pointer, "/a~1b~0c//0");
}

}  // namespace
}  // namespace cript::base
