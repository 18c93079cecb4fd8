#include "api/v1/query.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/encoding.hpp"

namespace cript::api::v1 {
namespace {

const std::string kUuid = "3a063b7c-8ac9-4ca5-a14c-e59063f2b903";

SearchQuery read(std::string_view raw) {
    auto query = read_search_query(raw);
    EXPECT_TRUE(query) << raw << ": " << query.error().message;
    return query ? *query : SearchQuery{};
}

TEST(SearchQuery, TakesRawSignsOfAQueryIntoTheText) {
    EXPECT_EQ(read("q=a%20&%20b%20=%20c?/d").text, "a & b = c?/d");
    EXPECT_EQ(read("q=a+b").text, "a+b");
    EXPECT_EQ(read("q=").text, "");
    EXPECT_EQ(read("").text, std::nullopt);
}

TEST(SearchQuery, EndsTheTextWhereOptionsBegin) {
    const auto query = read("q=x&y=z&after=" + kUuid + "&score=0.8695652173913043");
    EXPECT_EQ(query.text, "x&y=z");
    ASSERT_TRUE(query.after);
    EXPECT_EQ(query.after->text(), kUuid);
    EXPECT_EQ(query.score, 0.8695652173913043);
    EXPECT_EQ(read("q=x&limit=7").limit, 7U);
    EXPECT_EQ(read("q=x&field=title").text, "x");
}

TEST(SearchQuery, LeavesInTheTextWhatOnlyLooksLikeAnOption) {
    for (const std::string text :
         {"x&after=", "x&after=soon", "x&limit=three", "x&field=none", "x&score=", "x&page=1"})
        EXPECT_EQ(read("q=" + text).text, text);
}

TEST(SearchQuery, TakesOptionsBeforeTheText) {
    const auto query = read("limit=3&field=notes&q=a&b");
    EXPECT_EQ(query.limit, 3U);
    EXPECT_EQ(query.text, "a&b");
    ASSERT_TRUE(query.field);
    EXPECT_EQ(model::text(*query.field), "notes");
}

TEST(SearchQuery, TellsOfEveryProblem) {
    const auto query = read_search_query("limit=0&wat=1&after=x&q=%zz");
    ASSERT_FALSE(query);
    EXPECT_EQ(query.error().problems.size(), 4U);
    for (const auto* raw : {"q=%ff", "q=x&limit=101", "score=nan", "score=inf", "field=none"})
        EXPECT_FALSE(read_search_query(raw)) << raw;
}

TEST(ChildQuery, TakesPageAndLimitOnly) {
    const auto query = read_child_query("page=18446744073709551615&limit=2");
    ASSERT_TRUE(query);
    EXPECT_EQ(query->page, 18446744073709551615ULL);
    EXPECT_EQ(query->limit, 2U);
    for (const auto* raw : {"page=-1", "page=", "page=1x", "q=x", "limit=0"})
        EXPECT_FALSE(read_child_query(raw)) << raw;
}

TEST(SearchBody, TakesNullAsAbsent) {
    const auto query =
        read_search_body(R"({"q":"x","field":null,"after":null,"score":null,"limit":null,"exact":null})");
    ASSERT_TRUE(query) << query.error().message;
    EXPECT_EQ(query->text, "x");
    EXPECT_EQ(query->limit, 10U);
    EXPECT_FALSE(query->is_whole);
}

TEST(SearchBody, PointsToEveryProblem) {
    const auto query = read_search_body(R"({"q":1,"limit":0,"exact":"yes","wat":1})");
    ASSERT_FALSE(query);
    std::vector<std::string> pointers;
    for (const auto& problem : query.error().problems) pointers.push_back(problem.pointer);
    EXPECT_EQ(pointers, (std::vector<std::string>{"/q", "/limit", "/exact", "/wat", ""}));
}

RC_GTEST_PROP(SearchQuery, GivesBackEveryTextThatIsEncoded, ()) {
    const auto piece = rc::gen::oneOf(rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127)),
                                      rc::gen::element<std::string>("ä", "名", "🧪", "&after=", "&limit=1"));
    std::string text;
    for (const auto& part : *rc::gen::container<std::vector<std::string>>(piece)) text += part;
    const auto query = read_search_query("q=" + base::percent_encode(text) + "&limit=5");
    RC_ASSERT(query.has_value());
    RC_ASSERT(query->text == text);
    RC_ASSERT(query->limit == 5U);
}

RC_GTEST_PROP(SearchQuery, SurvivesAnything, (const std::string& raw)) {
    (void)read_search_query(raw);
    (void)read_child_query(raw);
    (void)read_search_body(raw);
}

}  // namespace
}  // namespace cript::api::v1
