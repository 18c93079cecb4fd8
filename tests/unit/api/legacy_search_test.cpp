// Searches of the older dialect: what a query asks of a record, and what it is narrowed by.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/legacy/answer.hpp"
#include "api/legacy/search_filter.hpp"
#include "api_installation.hpp"

namespace cript::api::legacy {
namespace {

using model::NodeType;
using testing::HasSubstr;

base::Result<SearchFilter> filter(const std::string& query, NodeType type = NodeType::Material) {
    return SearchFilter::read(query, type_of(type));
}

/// Does a material with one property meet what is asked of that?
bool finds(const std::string& property, const std::string& asked) {
    const auto read = filter(R"({"properties":[)" + asked + "]}");
    EXPECT_TRUE(read) << asked << ": " << (read ? "" : read.error().message);
    return read && read->matches(R"({"properties":[)" + property + "]}");
}

std::string refusal(const std::string& query, NodeType type = NodeType::Material) {
    const auto read = filter(query, type);
    EXPECT_FALSE(read) << query;
    if (read) return {};
    return read.error().problems.empty()
               ? read.error().message
               : read.error().problems.front().pointer + ": " + read.error().message;
}

TEST(LegacySearch, HoldsNumbersAgainstTheUnitThatIsShown) {
    const std::string list = R"({"key":"e_landscape","value":[1,2],"unit":"kJ"})";
    EXPECT_TRUE(finds(list, R"({"key":"e_landscape","value__gt":1.5,"unit":"kJ"})"));
    EXPECT_TRUE(finds(list, R"({"key":"e_landscape","value__gt":1500,"unit":"J"})"));
    EXPECT_FALSE(finds(list, R"({"key":"e_landscape","value__lt":0.5,"unit":"kJ"})"));
    const std::string custom = R"({"key":"+own","value":1500,"unit":"g","uncertainty":20})";
    EXPECT_TRUE(finds(custom, R"({"key":"+own","value__gt":1,"unit":"kg"})"));
    EXPECT_TRUE(finds(custom, R"({"key":"+own","uncertainty__lt":0.03,"unit":"kg"})"));
    EXPECT_FALSE(finds(custom, R"({"key":"+own","uncertainty__lt":0.01,"unit":"kg"})"));
    EXPECT_FALSE(finds(custom, R"({"key":"+own","value__gt":1,"unit":"K"})"));
    const std::string celsius = R"({"key":"t_g","value":100,"unit":"degC","uncertainty":5})";
    EXPECT_TRUE(finds(celsius, R"({"key":"t_g","value__gt":350,"unit":"K"})"));
    EXPECT_TRUE(finds(celsius, R"({"key":"t_g","value":373.15,"unit":"K"})"));
    EXPECT_TRUE(finds(celsius, R"({"key":"t_g","uncertainty":5,"unit":"K"})"))
        << "a difference is not shifted";
    EXPECT_TRUE(
        finds(R"({"key":"t_g","value":0,"unit":"degC"})", R"({"key":"t_g","value":32,"unit":"degF"})"));
}

TEST(LegacySearch, TakesAUnitBesideAValueForNoCondition) {
    const std::string mass = R"({"key":"molar_mass","value":0.078,"unit":"kilogram / mole"})";
    EXPECT_TRUE(finds(mass, R"({"key":"molar_mass","value__in":[78,79],"unit":"g/mol"})"));
    EXPECT_FALSE(finds(mass, R"({"key":"molar_mass","value__in":[77,79],"unit":"g/mol"})"));
    EXPECT_TRUE(finds(mass, R"({"key":"molar_mass","value":0.078,"unit":null})"));
    EXPECT_TRUE(finds(mass, R"({"unit":"kilogram / mole"})")) << "alone it is one";
    EXPECT_FALSE(finds(mass, R"({"unit":"g/mol"})"));
    // What has no fixed size is compared with its like.
    const std::string thermal = R"({"key":"+barrier","value":3,"unit":"kBT"})";
    EXPECT_TRUE(finds(thermal, R"({"key":"+barrier","value__gt":2,"unit":"kBT"})"));
    EXPECT_FALSE(finds(thermal, R"({"key":"+barrier","value__gt":2,"unit":"J"})"));
}

TEST(LegacySearch, TakesAUnitBesideNoNumberForACondition) {
    const std::string kelvin = R"({"key":"+own","value":5,"unit":"K","uncertainty":null})";
    const std::string kilogram = R"({"key":"+own","value":5,"unit":"kg","uncertainty":null})";
    const std::string nothing = R"({"key":"+own","value":5,"unit":null,"uncertainty":null})";
    const std::string text = R"({"key":"+own","value":"abc","unit":"kg"})";
    for (const std::string no_number :
         {R"("value__isnull":false)", R"("uncertainty":null)", R"("uncertainty__isnull":true)"}) {
        const auto asked = R"({"key":"+own","unit":"K",)" + no_number + "}";
        EXPECT_TRUE(finds(kelvin, asked)) << asked;
        EXPECT_FALSE(finds(kilogram, asked)) << asked;
        EXPECT_FALSE(finds(nothing, asked)) << asked;
    }
    EXPECT_TRUE(finds(text, R"({"key":"+own","value":"abc","unit":"kg"})"));
    EXPECT_FALSE(finds(text, R"({"key":"+own","value":"abc","unit":"K"})"));
    EXPECT_TRUE(finds(kilogram, R"({"key":"+own","value__isnull":false,"value__lt":6000,"unit":"g"})"))
        << "one number will do";
}

TEST(LegacySearch, IsNotMisledByANumberThatIsTooLargeInTheUnitThatIsShown) {
    const std::string mass = R"({"key":"+own","value":1.5,"unit":"kg"})";
    EXPECT_FALSE(finds(mass, R"({"key":"+own","value":1e308,"unit":"Tg"})"));
    EXPECT_FALSE(finds(mass, R"({"key":"+own","value__gte":1e308,"unit":"Tg"})"));
    EXPECT_FALSE(finds(mass, R"({"key":"+own","value__lte":-1e308,"unit":"Tg"})"));
    EXPECT_FALSE(finds(mass, R"({"key":"+own","value__in":[1e308],"unit":"Tg"})"));
    EXPECT_TRUE(finds(mass, R"({"key":"+own","value__lt":1e308,"unit":"Tg"})"));
}

TEST(LegacySearch, RefusesUnitsThatCannotBeMeant) {
    EXPECT_THAT(refusal(R"({"properties":[{"key":"molar_mass","value":1,"unit":"gg/mol"}]})"),
                HasSubstr("/properties/0/unit: "));
    EXPECT_EQ(refusal(R"({"properties":[{"key":"molar_mass","value__lt":1,"unit":"K"}]})"),
              "/properties/0/unit: K is not a recognized unit of measure for molar_mass.");
    EXPECT_EQ(refusal(R"({"properties":{"key":"molar_mass","uncertainty":1,"unit":3}})"),
              "/properties/unit: expected the unit of the value");
}

TEST(LegacySearch, RefusesWhatIsNoFieldAtAnyDepth) {
    EXPECT_THAT(refusal(R"({"equipment":[{"files":[{"name__foo":"x"}]}]})", NodeType::Process),
                HasSubstr("/equipment/0/files/0/name__foo: 'name__foo' ends in a comparison"));
    EXPECT_THAT(refusal(R"({"identifiers":[{"key":"cas","value__foo":"x"}]})"),
                HasSubstr("/identifiers/0/value__foo: "));
    EXPECT_THAT(refusal(R"({"identifiers":[{"kee":"cas"}]})"),
                HasSubstr("'kee' is not a field of Identifier"));
    EXPECT_EQ(refusal(R"({"components":[{"name__foo":"x"}]})"),
              "/components/0: 'components' has no members to search by");
    EXPECT_EQ(refusal(R"({"name":{"a__b":1}})"), "/name: 'name' has no members to search by");
    EXPECT_EQ(refusal(R"({"properties":["x"]})"), "/properties/0: expected an object");
    EXPECT_EQ(refusal(R"({"properties__lt":{"key":"x"}})"),
              "/properties__lt: objects are compared by their members");
    EXPECT_EQ(refusal(R"({"notes__isnull":"yes"})"), "/notes__isnull: expected true or false");
    EXPECT_EQ(refusal(R"({"name__in":"x"})"), "/name__in: expected a list of values");
}

TEST(LegacySearch, LooksIntoTheFilesOfEquipment) {
    const std::string process =
        R"({"equipment":[{"key":"oven","files":[{"url":"http://h/api/file/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d/","name":"a.csv"}]}]})";
    const auto finds = [&](const std::string& files) {
        const auto read = filter(R"({"equipment":[{"files":)" + files + "}]}", NodeType::Process);
        return read && read->matches(process);
    };
    EXPECT_TRUE(finds(R"([{"name__endswith":".csv"}])"));
    EXPECT_FALSE(finds(R"([{"name":"b.csv"}])"));
    EXPECT_TRUE(finds(R"(["0A1B2C3D-4e5f-4a6b-8c7d-9e0f1a2b3c4d"])"));
    EXPECT_FALSE(finds(R"("0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4e")"));
}

TEST(LegacySearch, HasAnEnd) {
    const auto query = [](std::size_t conditions) {
        std::string text = R"({"properties":[{"key":"density"})";
        for (std::size_t at = 2; at < conditions; ++at) text.append(R"(,{"key":"density"})");
        return text + "]}";
    };
    EXPECT_TRUE(filter(query(100)));
    EXPECT_EQ(refusal(query(101)), "a search has at most 100 conditions and 1000 values");
    std::string names = R"({"name__in":["a")";
    for (std::size_t at = 0; at < 1'000; ++at) names.append(R"(,"a")");
    EXPECT_EQ(refusal(names + "]}"), "a search has at most 100 conditions and 1000 values");
}

TEST(LegacySearch, TakesWordsAsTheyAreTakenWhenTheyAreSaved) {
    EXPECT_TRUE(finds(R"({"key":"molar_mass","value":1})", R"({"key":" Molar_Mass"})"));
    const auto cas = filter(R"({"identifiers":[{"key":"CAS","value":"1-2-3"}]})");
    ASSERT_TRUE(cas);
    EXPECT_TRUE(cas->matches(R"({"identifiers":[{"key":"cas","value":"1-2-3"}]})"));
    const auto uid = filter(R"({"uid":"0A1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D"})");
    ASSERT_TRUE(uid);
    EXPECT_TRUE(uid->matches(R"({"uid":"0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"})"));
}

TEST(LegacySearch, TakesIdentifiersAsTextOrNumber) {
    const auto finds = [](const std::string& asked, const std::string& shown) {
        const auto read = filter(R"({"identifiers":[{"key":"pubchem_cid","value":)" + asked + "}]}");
        return read && read->matches(R"({"identifiers":[{"key":"pubchem_cid","value":)" + shown + "}]}");
    };
    EXPECT_TRUE(finds(R"("241")", "241"));
    EXPECT_TRUE(finds("241", R"("241")"));
    EXPECT_TRUE(finds("241", "241"));
    EXPECT_FALSE(finds(R"("242")", "241"));
    EXPECT_FALSE(finds("24", R"("241")"));
}

TEST(LegacySearch, TakesAnEmptyListForNothing) {
    for (const std::string field : {"components", "identifiers", "properties"}) {
        const auto none = filter(fmt::format(R"({{"{}__isnull":true}})", field));
        ASSERT_TRUE(none);
        EXPECT_TRUE(none->matches(fmt::format(R"({{"{}":[]}})", field))) << field;
        EXPECT_FALSE(none->matches(fmt::format(R"({{"{}":[{{}}]}})", field))) << field;
    }
}

TEST(LegacySearch, KnowsTheCaseOfEveryLetter) {
    for (const std::string query : {R"({"name__iexact":"äther"})", R"({"name__icontains":"THER"})",
                                    R"({"name__istartswith":"äTH"})", R"({"name__iendswith":"Ther"})"}) {
        const auto read = filter(query);
        ASSERT_TRUE(read);
        EXPECT_TRUE(read->matches(R"({"name":"Äther"})")) << query;
    }
}

TEST(LegacySearch, ReadsTheAddressOfAListAsText) {
    using Parameters = std::vector<std::pair<std::string, std::string>>;
    const auto finds = [](const Parameters& parameters) {
        const auto read = SearchFilter::read(parameters, type_of(NodeType::Reference));
        EXPECT_TRUE(read);
        return read && read->matches(R"({"title":"t","year":1999,"public":false,"doi":null})");
    };
    EXPECT_TRUE(finds({{"year", "1999"}, {"public", "false"}, {"title", "t"}}));
    EXPECT_FALSE(finds({{"year", "1998"}}));
    EXPECT_FALSE(finds({{"public", "True"}}));
    EXPECT_TRUE(finds({{"year__gt", "1990"}, {"doi__isnull", "True"}, {"title__in", "s,t"}}));
}

/// Materials of many kinds, to be searched with and without help.
class LegacyNarrowing : public test::ApiInstallation {
  protected:
    void SetUp() override {
        ApiInstallation::SetUp();
        const auto account = add("ada");
        headers_ = {{"Authorization", token_of(account)}, {"Host", "localhost"}};
        ada_.account = account.id;
        ada_.uuid = account.uuid;
        const auto project = make("project", R"({"name":"home"})");
        home_ = project.text("/url");
        fill();
    }

    test::Answer make(const std::string& slug, const std::string& body) {
        auto answer = call(http::Method::Post, "/api/" + slug + "/", headers_, body);
        EXPECT_EQ(answer.status(), 201U) << answer.response.body;
        return answer;
    }
    void material(const std::string& name, const std::string& identifiers, const std::string& properties) {
        make("material", fmt::format(R"({{"project":"{}","name":"{}","identifiers":[{}],"properties":[{}]}})",
                                     home_, name, identifiers, properties));
    }
    void fill() {
        material("plain", R"({"key":"cas","value":"71-43-2"},{"key":"names","value":["a","b"]})",
                 R"({"key":"molar_mass","value":78,"unit":"g/mol"})");
        material("second", R"({"key":"cas","value":"1-1-1"},{"key":"cas","value":"71-43-2"})",
                 R"({"key":"e_landscape","value":[1,2],"unit":"kJ"})");
        material("custom", R"({"key":"+own","value":"71-43-2"},{"key":"preferred_name","value":"a"})",
                 R"({"key":"+own","value":1500,"unit":"g"})");
        material("number", R"({"key":"pubchem_cid","value":241},{"key":"+own","value":241.0})",
                 R"({"key":"+own","value":3,"unit":"kBT"})");
        material(
            "text", R"({"key":"pubchem_cid","value":"242"},{"key":"+own","value":0.5})",
            R"({"key":"density","value":1,"unit":"g/ml","conditions":[{"key":"temperature","value":4,"unit":"degC"}]})");
        material("none", "", R"({"key":"molar_mass","value":0.078,"unit":"kg/mol"})");
        material(
            "list", R"({"key":"names","value":"b"})",
            R"({"key":"density","value":2,"unit":"g/ml","conditions":[{"key":"temperature","value":[1,200],"unit":"degC"}]})");
        material("cold", R"({"key":"+own","value":true})", R"({"key":"t_g","value":-459.67,"unit":"degF"})");
        make("reference", R"({"title":"t","doi":"10.1/x"})");
        make("reference", R"({"title":"u","doi":"10.1/y"})");
    }

    struct Found {
        std::vector<std::string> with;
        std::vector<std::string> without;
        bool is_narrowed = false;
    };
    Found find(const std::string& query, NodeType type) {
        const auto read = filter(query, type);
        EXPECT_TRUE(read) << query;
        service::RecordQuery narrowed{.type = type};
        narrowed.limit = 100;
        narrowed.matches = [&](const service::RecordSet& set, store::NodeId id) {
            std::string record;
            RecordAnswer("http://localhost", set, ada_).append_record(record, id);
            return read->matches(record);
        };
        auto wide = narrowed;
        read->narrow(narrowed);
        return {names(narrowed), names(wide),
                !narrowed.identified.empty() || narrowed.measured || narrowed.name_contains || narrowed.name};
    }
    std::vector<std::string> names(const service::RecordQuery& query) {
        const auto page = service::find_records(context(), ada_, query);
        EXPECT_TRUE(page);
        std::vector<std::string> names;
        for (const auto id : page->hits) names.push_back(page->set.rows.at(id).attributes);
        return names;
    }

    test::Fields headers_;
    account::Caller ada_;
    std::string home_;
};

TEST_F(LegacyNarrowing, FindsTheSameAsLookingAtAll) {
    std::vector<std::pair<std::string, bool>> queries{{R"({"name":"plain"})", true},
                                                      {R"({"name__contains":"e"})", true},
                                                      {R"({"name__startswith":"second"})", true},
                                                      {R"({"name__icontains":"E"})", false}};
    for (const std::string key :
         {"cas", "CAS", "names", "+own", "preferred_name", "pubchem_cid", "bigsmiles"}) {
        for (const std::string value : {R"("71-43-2")", R"("a")", R"(["a","b"])", R"("241")", "241", "241.0",
                                        R"("242")", "0.5", R"("0.5")", R"("TRUE")"}) {
            const bool is_broken = value == "0.5" || value == R"("0.5")" || value == R"("TRUE")";
            queries.emplace_back(fmt::format(R"({{"identifiers":[{{"key":"{}","value":{}}}]}})", key, value),
                                 !is_broken && key != "bigsmiles");
            if (value.front() == '[') continue;
            queries.emplace_back(
                fmt::format(R"({{"identifiers":[{{"key":"{}","value__in":["x",{}]}}]}})", key, value),
                !is_broken);
        }
    }
    const std::vector<std::pair<std::string, std::string>> measures{
        {"molar_mass", "g/mol"}, {"molar_mass", "kg/mol"}, {"e_landscape", "kJ"},
        {"e_landscape", "J"},    {"+own", "kg"},           {"+own", "g"},
        {"+own", "kBT"},         {"density", "kg/m**3"},   {"t_g", "K"},
        {"+own", "Tg"}};
    for (const auto& [key, unit] : measures) {
        for (const std::string comparison : {"", "__lt", "__lte", "__gt", "__gte"}) {
            for (const std::string value : {"0", "0.078", "1", "1.5", "3", "78", "1000", "1500", "1e308"}) {
                queries.emplace_back(
                    fmt::format(R"({{"properties":[{{"key":"{}","value{}":{},"unit":"{}"}}]}})", key,
                                comparison, value, unit),
                    unit != "kBT");
            }
        }
    }
    for (const std::string condition :
         {R"("value__gt":0,"unit":"degC")", R"("value__gt":300,"unit":"K")", R"("value":4,"unit":"degC")",
          R"("value":277.15,"unit":"K")", R"("value__lt":2,"value__gt":100,"unit":"degC")"}) {
        queries.emplace_back(
            R"({"properties":[{"key":"density","conditions":[{"key":"temperature",)" + condition + "}]}]}",
            true);
    }
    std::size_t hits = 0;
    for (const auto& [query, is_narrowed] : queries) {
        const auto found = find(query, NodeType::Material);
        EXPECT_EQ(found.with, found.without) << query;
        EXPECT_EQ(found.is_narrowed, is_narrowed) << query;
        hits += found.without.size();
    }
    EXPECT_GT(hits, queries.size() / 4) << "so much finds nothing that it shows nothing";
    for (const std::string query :
         {R"({"doi":"10.1/x"})", R"({"title":"t"})", R"({"title__in":["t","u"]})", R"({"doi":"t"})"}) {
        const auto found = find(query, NodeType::Reference);
        EXPECT_EQ(found.with, found.without) << query;
        EXPECT_TRUE(found.is_narrowed) << query;
    }
}

}  // namespace
}  // namespace cript::api::legacy
