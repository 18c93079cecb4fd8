// The small parts of the older dialect: URLs, terms, comparisons, pointers, forms, pages.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/legacy/address.hpp"
#include "api/legacy/comparison.hpp"
#include "api/legacy/form_content.hpp"
#include "api/legacy/matching.hpp"
#include "api/legacy/page.hpp"
#include "api/legacy/pointer.hpp"
#include "api/legacy/search_filter.hpp"
#include "api/legacy/terms.hpp"

namespace cript::api::legacy {
namespace {

constexpr std::string_view kUid = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

TEST(LegacyUrl, IsReadHoweverPeopleCopyIt) {
    for (const std::string_view form :
         {"http://h:8000/api/material/{}/", "https://h/material/{}", "/api/material/{}/?x=1"}) {
        auto url = std::string(form);
        url.replace(url.find("{}"), 2, kUid);
        const auto named = read_url(url);
        ASSERT_TRUE(named) << url;
        EXPECT_EQ(named->slug, "material");
        EXPECT_EQ(named->uuid.text(), kUid);
    }
    EXPECT_FALSE(read_url("http://h/api/material/"));
    EXPECT_FALSE(read_url(kUid));
}

TEST(LegacyTerm, IsTakenInAnyCaseAndSpeltAsInTheVocabulary) {
    const model::Vocabulary kinds[] = {model::Vocabulary::ComputationType};
    EXPECT_EQ(known_term(kinds, " md "), "MD");
    EXPECT_EQ(known_term(kinds, "+Mine"), "+Mine");
    EXPECT_FALSE(known_term(kinds, "nonsense"));
    EXPECT_FALSE(known_term(kinds, "+"));
}

TEST(LegacyComparison, IsNamedBehindTwoUnderscores) {
    EXPECT_EQ(split_comparison("value").second, Comparison::Exact);
    EXPECT_EQ(split_comparison("value__lt"),
              std::pair(std::string_view("value"), std::optional(Comparison::Less)));
    EXPECT_FALSE(split_comparison("value__like").second);
}

TEST(LegacyComparison, AllowsForTheRoundingOfAConversion) {
    const auto value = base::JsonDocument::parse("1.0000000000000002");
    ASSERT_TRUE(value);
    EXPECT_TRUE(compare_number(value->root(), 1.0, Comparison::LessOrEqual));
    EXPECT_FALSE(compare_number(value->root(), 1.0, Comparison::Greater));
}

TEST(LegacyPointer, NamesTheMembersThatWereSent) {
    const auto& material = type_of(model::NodeType::Material);
    EXPECT_EQ(pointer_in_body(material, "/property/0/condition/2/key"), "/properties/0/conditions/2/key");
    EXPECT_EQ(pointer_in_body(material, "/keyword/1"), "/keywords/1");
    EXPECT_EQ(pointer_in_body(material, "/chemical_id"), "/identifiers");
    EXPECT_EQ(pointer_in_body(type_of(model::NodeType::Process), "/ingredient/0/keyword/0"),
              "/ingredients/0/keyword");
}

TEST(LegacyForm, GivesTheContentOfItsOnlyPart) {
    constexpr auto kType = "multipart/form-data; boundary=XX";
    constexpr std::string_view kHead =
        "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
    const auto form = [&](std::string_view content) {
        return std::string(kHead).append(content).append("\r\n--XX--\r\n");
    };
    EXPECT_EQ(form_content(kType, form("a,b")), "a,b");
    EXPECT_EQ(form_content(kType, form("")), "");
    EXPECT_EQ(form_content(kType, form("x\r\n--XX--\r\ny")), "x\r\n--XX--\r\ny");
    EXPECT_FALSE(form_content("text/plain", form("a")));
    EXPECT_FALSE(form_content(kType, "--XX\r\n\r\nwithout an end"));
}

TEST(LegacyPage, LeadsToTheNextAndThePreviousOne) {
    const PageRequest request{.limit = 10, .offset = 10, .others = {}};
    const auto page = base::JsonDocument::parse(page_json(request, "http://h/api/material/", 25, {}));
    ASSERT_TRUE(page);
    EXPECT_EQ(std::string_view(page->root()["next"]), "http://h/api/material/?limit=10&offset=20");
    EXPECT_EQ(std::string_view(page->root()["previous"]), "http://h/api/material/?limit=10");
    EXPECT_FALSE(read_page_request("limit=0"));
    EXPECT_FALSE(read_page_request("offset=x"));
    EXPECT_EQ(read_page_request("limit=5000000")->limit, 1'000U);
}

TEST(LegacyMatching, TakesWhatIsEmptyForTheSame) {
    const auto same = [](std::string_view left, std::string_view right) {
        const auto first = base::JsonDocument::parse(left);
        const auto second = base::JsonDocument::parse(right);
        return first && second && says_the_same(first->root(), second->root());
    };
    EXPECT_TRUE(same(R"({"a":1,"b":null})", R"({"a":1.0,"c":[]})"));
    EXPECT_FALSE(same(R"({"a":1})", R"({"a":2})"));
    EXPECT_FALSE(same(R"({"a":[1,2]})", R"({"a":[2,1]})"));
    EXPECT_FALSE(same(R"({"a":"1"})", R"({"a":1})"));
}

TEST(LegacyMatching, KnowsANodeByItsUrlAndMembersInAnyOrder) {
    const auto meaning = [](std::string_view json) {
        const auto document = base::JsonDocument::parse(json);
        return document ? meaning_of(document->root()) : "not JSON";
    };
    const auto url = fmt::format("http://h/api/file/{}/", kUid);
    const auto other_host = fmt::format("https://other/file/{}", kUid);
    EXPECT_EQ(meaning(fmt::format(R"({{"a":1,"b":"{}"}})", url)),
              meaning(fmt::format(R"({{"b":{{"url":"{}","name":"x"}},"a":1}})", other_host)));
    EXPECT_NE(meaning(R"(["a","b"])"), meaning(R"(["a,b"])"));
    EXPECT_NE(meaning("true"), meaning("1"));
    EXPECT_NE(meaning("[null]"), meaning("null"));
    EXPECT_EQ(meaning(R"([{"notes":""}])"), meaning("[{}]"));
}

TEST(LegacySearch, WantsOneSubObjectThatMeetsAll) {
    const auto filter =
        SearchFilter::read(R"({"properties":[{"key":"density","value__lt":2,"unit":"g/ml"}]})",
                           type_of(model::NodeType::Material));
    ASSERT_TRUE(filter);
    EXPECT_TRUE(filter->matches(
        R"({"properties":[{"key":"color","value":9},{"key":"density","value":1000.0,"unit":"kg/m**3"}]})"));
    EXPECT_FALSE(filter->matches(
        R"({"properties":[{"key":"color","value":1},{"key":"density","value":3000.0,"unit":"kg/m**3"}]})"));
    EXPECT_FALSE(SearchFilter::read(R"({"nam":"x"})", type_of(model::NodeType::Material)));
}

}  // namespace
}  // namespace cript::api::legacy
