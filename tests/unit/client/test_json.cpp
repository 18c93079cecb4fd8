#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "cript/json.hpp"

namespace {

using cript::Json;

TEST(JsonValue, KeepsTheKindOfNumbers) {
    const auto json = Json::parse(R"({"a": 1, "b": 1.0, "c": 1e3, "d": 18446744073709551615, "e": -0.0})");
    ASSERT_TRUE(json);
    EXPECT_TRUE(json->find("a")->is_integer());
    EXPECT_TRUE(json->find("b")->is_float());
    EXPECT_NE(*json->find("a"), *json->find("b"));
    EXPECT_EQ(json->dump(), R"({"a":1,"b":1.0,"c":1000.0,"d":18446744073709551615,"e":-0.0})");
}

TEST(JsonValue, KeepsTheOrderOfMembers) {
    const auto json = Json::parse(R"({"z": 1, "a": {"y": [], "b": {}}})");
    ASSERT_TRUE(json);
    EXPECT_EQ(json->dump(), R"({"z":1,"a":{"y":[],"b":{}}})");
}

TEST(JsonValue, IsWrittenOneMemberALineWhenIndented) {
    Json json = Json::object();
    json.set("name", "styrene").set("names", Json(Json::Array{"vinylbenzene"})).set("none", Json::array());
    EXPECT_EQ(json.dump(1),
              "{\n \"name\": \"styrene\",\n \"names\": [\n  \"vinylbenzene\"\n ],\n \"none\": []\n}");
}

TEST(JsonValue, SetsAMemberInItsPlaceAndErasesIt) {
    Json json = Json::object();
    json.set("a", 1).set("b", 2).set("a", "three");
    EXPECT_EQ(json.dump(), R"({"a":"three","b":2})");
    EXPECT_TRUE(json.erase("a"));
    EXPECT_FALSE(json.erase("a"));
    EXPECT_EQ(json.dump(), R"({"b":2})");
}

TEST(JsonValue, TellsWhatIsNotJson) {
    for (const char* text : {"", "{", "NaN", "[1,]", "{\"a\":Infinity}", "1e400"}) {
        const auto json = Json::parse(text);
        ASSERT_FALSE(json) << text;
        EXPECT_EQ(json.error().kind, cript::ErrorKind::InvalidInput) << text;
    }
}

TEST(JsonValue, RefusesDeepNesting) {
    const auto json = Json::parse(std::string(600, '[') + std::string(600, ']'));
    ASSERT_FALSE(json);
    EXPECT_EQ(json.error().kind, cript::ErrorKind::TooLarge);
}

RC_GTEST_PROP(JsonValue, ReadsBackEveryDoubleExactly, (double number)) {
    RC_PRE(std::isfinite(number));
    const auto back = Json::parse(Json(number).dump());
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->is_float());
    RC_ASSERT(back->as_double() == number);
}

RC_GTEST_PROP(JsonValue, ReadsBackEveryIntegerExactly, (std::int64_t number)) {
    const auto back = Json::parse(Json(number).dump());
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->as_integer() == number);
}

}  // namespace
