#include "api/v1/query.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "base/encoding.hpp"

namespace cript::api::v1 {
namespace {

constexpr auto kUuid = "3a063b7c-8ac9-4ca5-a14c-e59063f2b903";

SearchQuery search(std::string_view raw) {
    auto query = read_search_query(raw);
    EXPECT_TRUE(query) << raw << ": " << query.error().message;
    return query ? *query : SearchQuery{};
}

std::vector<std::string> faults(std::string_view raw) {
    auto query = read_search_query(raw);
    EXPECT_FALSE(query) << raw;
    std::vector<std::string> codes;
    if (query) return codes;
    EXPECT_EQ(query.error().kind, base::ErrorKind::InvalidInput);
    for (const auto& problem : query.error().problems) codes.push_back(problem.code);
    return codes;
}

TEST(SearchQuery, OfNothingListsFromTheStart) {
    const auto query = search("");
    EXPECT_EQ(query.text, std::nullopt);
    EXPECT_EQ(query.after, std::nullopt);
    EXPECT_EQ(query.limit, 10U);
}

TEST(SearchQuery, TellsAnEmptyTextFromNone) {
    EXPECT_EQ(search("q=").text, "");
}

// SDK 2.4.0 escapes with quote(text, safe="/=&?").
TEST(SearchQuery, TakesATextInWhichAmpersandsAndOthersStandRaw) {
    EXPECT_EQ(search("q=a%20&%20b%20=%20c?").text, "a & b = c?");
    EXPECT_EQ(search("q=a/b?c=d&e").text, "a/b?c=d&e");
    EXPECT_EQ(search("q=x&y=z").text, "x&y=z");
    EXPECT_EQ(search("q=q=").text, "q=");
}

TEST(SearchQuery, TakesTheFirstPageByNumber) {
    EXPECT_EQ(search("q=&page=0").text, "");
    EXPECT_EQ(search("q=a%20b&page=0").text, "a b");
}

TEST(SearchQuery, TakesATrailingPlaceOffTheText) {
    const auto query = search(std::string("q=a%20&%20b&after=") + kUuid);
    EXPECT_EQ(query.text, "a & b");
    EXPECT_EQ(query.after, base::Uuid::parse(kUuid));
}

TEST(SearchQuery, TakesAPlaceWithItsScore) {
    const auto query = search(std::string("q=%7B%5B%5D%5B%3C%5DC%28=O%29O%5B%3E%5D%5B%5D%7D&after=") + kUuid +
                              "&score=0.8695652173913043");
    EXPECT_EQ(query.text, "{[][<]C(=O)O[>][]}");
    EXPECT_EQ(query.after, base::Uuid::parse(kUuid));
}

TEST(SearchQuery, TakesAPlaceAndALimitAlone) {
    const auto query = search(std::string("after=") + kUuid + "&limit=25");
    EXPECT_EQ(query.text, std::nullopt);
    EXPECT_EQ(query.after, base::Uuid::parse(kUuid));
    EXPECT_EQ(query.limit, 25U);
}

TEST(SearchQuery, TakesParametersInFrontOfTheText) {
    const auto query = search(std::string("limit=7&after=") + kUuid + "&q=a&b");
    EXPECT_EQ(query.text, "a&b");
    EXPECT_EQ(query.after, base::Uuid::parse(kUuid));
    EXPECT_EQ(query.limit, 7U);
}

TEST(SearchQuery, TakesALimitBehindTheText) {
    EXPECT_EQ(search("q=a&limit=3").limit, 3U);
    EXPECT_EQ(search("q=a&limit=3").text, "a");
}

TEST(SearchQuery, LeavesInTheTextWhatOnlyLooksLikeAParameter) {
    EXPECT_EQ(search("q=dinner&after=eight").text, "dinner&after=eight");
    EXPECT_EQ(search("q=a&limit=none").text, "a&limit=none");
    EXPECT_EQ(search("q=a&limit=").text, "a&limit=");
    EXPECT_EQ(search("q=a&score=high").text, "a&score=high");
}

TEST(SearchQuery, KeepsAPlus) {
    EXPECT_EQ(search("q=a+b%2Bc").text, "a+b+c");
}

TEST(SearchQuery, RefusesALimitOutOfRange) {
    for (const auto* raw : {"limit=0", "limit=101", "limit=-1", "limit=x", "limit=", "q=a&limit=0",
                            "limit=99999999999999999999"}) {
        EXPECT_EQ(faults(raw), std::vector<std::string>{"invalid_value"}) << raw;
    }
    EXPECT_EQ(search("limit=1").limit, 1U);
    EXPECT_EQ(search("limit=100").limit, 100U);
}

TEST(SearchQuery, RefusesAPlaceThatIsNoUuid) {
    EXPECT_EQ(faults("after=x"), std::vector<std::string>{"invalid_value"});
    EXPECT_EQ(faults("q=a&after=zzzzzzzz-8ac9-4ca5-a14c-e59063f2b903"),
              std::vector<std::string>{"invalid_value"});
}

TEST(SearchQuery, RefusesATextThatIsNotUtf8) {
    EXPECT_EQ(faults("q=%ff"), std::vector<std::string>{"invalid_value"});
    EXPECT_EQ(faults("q=100%"), std::vector<std::string>{"invalid_value"});
}

TEST(SearchQuery, RefusesWhatItDoesNotKnow) {
    EXPECT_EQ(faults("page=2"), std::vector<std::string>{"unknown_parameter"});
    EXPECT_EQ(faults("Q=a"), std::vector<std::string>{"unknown_parameter"});
}

TEST(SearchQuery, TellsEveryProblemAtOnce) {
    EXPECT_EQ(faults("limit=0&page=2&after=x&q=%ff").size(), 4U);
}

RC_GTEST_PROP(SearchQuery, ReadsBackAnyTextThatWasEscaped, ()) {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::oneOf(
        rc::gen::element<std::string>("é", "日本", "&after=", "&limit=3", "%", "+", "q="),
        rc::gen::map(rc::gen::inRange('\x01', '\x7f'), [](char c) { return std::string(1, c); })));
    std::string text;
    for (const auto& piece : pieces) text.append(piece);
    const auto query = read_search_query("q=" + base::percent_encode(text) + "&limit=5");
    RC_ASSERT(query.has_value());
    RC_ASSERT(query->text == text);
    RC_ASSERT(query->limit == 5U);
}

TEST(NodeQuery, IsByDefaultARealSaveThatUnitesLists) {
    const auto query = read_node_query("");
    ASSERT_TRUE(query);
    EXPECT_FALSE(query->dry_run);
    EXPECT_FALSE(query->replace_lists);
}

TEST(NodeQuery, TakesBothOptionsInAnyOrder) {
    for (const auto* raw : {"dry_run=true&lists=replace", "lists=replace&dry_run=true"}) {
        const auto query = read_node_query(raw);
        ASSERT_TRUE(query) << raw;
        EXPECT_TRUE(query->dry_run);
        EXPECT_TRUE(query->replace_lists);
    }
    EXPECT_FALSE(read_node_query("dry_run=false&lists=unite")->dry_run);
}

TEST(NodeQuery, RefusesWhatIsMisspelt) {
    for (const auto* raw :
         {"dryrun=true", "dry_run=1", "dry_run", "lists=append", "dry_run=true&x=1", "&", "a&b"}) {
        EXPECT_FALSE(read_node_query(raw)) << raw;
    }
    EXPECT_EQ(read_node_query("a&b").error().problems.size(), 2U);
}

}  // namespace
}  // namespace cript::api::v1
