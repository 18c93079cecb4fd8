#include "model/kept_members.hpp"

#include <gtest/gtest.h>

namespace cript::model {
namespace {

constexpr std::string_view kBoth = R"({"name":"a","legacy":{"set_id":1}})";

TEST(KeptMembers, AreToldFromTheFieldsOfTheModel) {
    EXPECT_EQ(kept_of(kBoth), R"({"set_id":1})");
    EXPECT_EQ(own_members(kBoth), R"("name":"a")");
    EXPECT_EQ(without_kept(kBoth), R"({"name":"a"})");
}

TEST(KeptMembers, MayBeAllThereIsOrNotThere) {
    EXPECT_EQ(without_kept(R"({"legacy":{"a":1}})"), "{}");
    EXPECT_EQ(kept_of(R"({"name":"a"})"), "");
    EXPECT_EQ(own_members("{}"), "");
}

TEST(KeptMembers, AreReplacedAndTakenAway) {
    EXPECT_EQ(with_kept(kBoth, R"({"b":2})"), R"({"name":"a","legacy":{"b":2}})");
    EXPECT_EQ(with_kept(kBoth, "{}"), R"({"name":"a"})");
    EXPECT_EQ(with_kept("{}", R"({"b":2})"), R"({"legacy":{"b":2}})");
}

TEST(KeptMembers, AreNotTakenForTextThatLooksLikeThem) {
    constexpr std::string_view kText = R"({"notes":"\"legacy\":{1}"})";
    EXPECT_EQ(kept_of(kText), "");
    EXPECT_EQ(without_kept(kText), kText);
}

}  // namespace
}  // namespace cript::model
