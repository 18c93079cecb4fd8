#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backend.hpp"
#include "rows.hpp"

namespace cript::store {
namespace {

using model::FieldName;
using model::NodeType;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class AttributeSearch : public test::StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        if (!store_) return;
        ada_ = change([](Writer& writer) { return test::insert(writer, test::account("ada")); })->id;
        bob_ = change([](Writer& writer) { return test::insert(writer, test::account("bob")); })->id;
    }
    NodeRow add(const std::string& name, const std::string& attributes) {
        auto row = test::node(NodeType::Material, name, ada_);
        row.attributes = attributes;
        return *change([&](Writer& writer) { return test::insert(writer, row); });
    }
    ListQuery query(AccountId caller) const {
        ListQuery query;
        query.type = NodeType::Material;
        query.caller = caller;
        query.limit = 1'000;
        return query;
    }
    std::vector<std::string> having(const AttributeFilter& filter) {
        auto wanted = query(ada_);
        wanted.attribute = filter;
        const auto rows = ask([&](Reader& reader) { return reader.list(wanted); });
        EXPECT_EQ(ask([&](Reader& reader) { return reader.count(wanted); }), rows.size()) << filter.text;
        return test::names_of(rows);
    }
    std::vector<std::string> containing(FieldName field, std::string text) {
        return having({field, std::move(text)});
    }

    AccountId ada_ = 0;
    AccountId bob_ = 0;
};
CRIPT_ON_EVERY_BACKEND(AttributeSearch);

TEST_P(AttributeSearch, LooksInOneAttributeAndNoOther) {
    add("a", R"({"smiles":"CCO","inchi":"none"})");
    add("b", R"({"inchi":"CCO"})");
    EXPECT_THAT(containing(FieldName::Smiles, "CC"), ElementsAre("a"));
    EXPECT_THAT(containing(FieldName::Inchi, "CC"), ElementsAre("b"));
    EXPECT_THAT(containing(FieldName::Bigsmiles, "CC"), IsEmpty());
}

TEST_P(AttributeSearch, LooksInEveryTextOfAList) {
    add("a", R"({"names":["ethanol","Spirit of wine"]})");
    add("b", R"({"names":[]})");
    EXPECT_THAT(containing(FieldName::Names, "spirit"), ElementsAre("a"));
    EXPECT_THAT(having(AttributeFilter{FieldName::Names, "ethanol", true, true}), ElementsAre("a"));
    EXPECT_THAT(having(AttributeFilter{FieldName::Names, "ethano", true, true}), IsEmpty());
}

TEST_P(AttributeSearch, FindsNumbersByTheirText) {
    add("a", R"({"pubchem_cid":702})");
    add("b", R"({"pubchem_cid":null})");
    EXPECT_THAT(having(AttributeFilter{FieldName::PubchemCid, "702", true}), ElementsAre("a"));
    EXPECT_THAT(containing(FieldName::PubchemCid, "70"), ElementsAre("a"));
    EXPECT_THAT(containing(FieldName::PubchemCid, "null"), IsEmpty());
}

TEST_P(AttributeSearch, LooksAtCaseOnlyWhenAsked) {
    add("a", R"({"smiles":"c1ccccc1 Äβ"})");
    for (const auto* text : {"C1CCC", "ä", "Β", "ÄΒ"}) {
        EXPECT_THAT(containing(FieldName::Smiles, text), ElementsAre("a")) << text;
        EXPECT_THAT(having(AttributeFilter{FieldName::Smiles, text, false, true}), IsEmpty()) << text;
    }
    EXPECT_THAT(having(AttributeFilter{FieldName::Smiles, "C1CCCCC1 äΒ", true}), ElementsAre("a"));
    EXPECT_THAT(having(AttributeFilter{FieldName::Smiles, "C1CCCCC1", true}), IsEmpty());
    EXPECT_THAT(having(AttributeFilter{FieldName::Smiles, "1ccccc1", false, true}), ElementsAre("a"));
}

TEST_P(AttributeSearch, TakesEveryCharacterForItself) {
    const std::string strange = "{[$]C(=O)^N.*?+|\\d%_#@/\\A-[$]}";
    add("a", R"({"bigsmiles":"{[$]C(=O)^N.*?+|\\d%_#@/\\A-[$]}"})");
    add("b", R"({"bigsmiles":"plain\nC"})");
    EXPECT_THAT(having(AttributeFilter{FieldName::Bigsmiles, strange, true}), ElementsAre("a"));
    for (std::size_t at = 0; at < strange.size(); ++at) {
        const std::string part = strange.substr(at, 3);
        EXPECT_THAT(containing(FieldName::Bigsmiles, part), ElementsAre("a")) << part;
    }
    EXPECT_THAT(having(AttributeFilter{FieldName::Bigsmiles, "plain\nC", true}), ElementsAre("b"));
    EXPECT_THAT(having(AttributeFilter{FieldName::Bigsmiles, "plain", true}), IsEmpty());
}

TEST_P(AttributeSearch, TakesALongText) {
    const std::string chain = "{[$]" + std::string(6'000, 'C') + "é[$]}";
    add("a", R"({"bigsmiles":")" + chain + "\"}");
    EXPECT_THAT(containing(FieldName::Bigsmiles, chain.substr(3)), ElementsAre("a"));
    EXPECT_THAT(containing(FieldName::Bigsmiles, chain + "C"), IsEmpty());
}

TEST_P(AttributeSearch, FindsNothingByTextThatNoAttributeHolds) {
    add("a", R"({"smiles":"C"})");
    EXPECT_THAT(containing(FieldName::Smiles, std::string("C\0", 2)), IsEmpty());
}

TEST_P(AttributeSearch, GivesEveryNodeThatHasAnIdentifierToThoseWhoMaySeeIt) {
    const auto a = add("a", "{}");
    const auto b = add("b", "{}");
    add("c", "{}");
    make([&](Writer& writer) {
        const IdentifiersChange changes[] = {
            {a.id, {{FieldName::Bigsmiles, "{[]CC[]}"}, {FieldName::Smiles, "CC"}}, true},
            {b.id, {{FieldName::Bigsmiles, "{[]CO[]}"}}, true}};
        return writer.set_identifiers(changes);
    });
    const auto identified = [&](AccountId caller) {
        std::vector<std::pair<NodeId, std::string>> found;
        for (auto& node :
             ask([&](Reader& reader) { return reader.identified(query(caller), FieldName::Bigsmiles); }))
            found.emplace_back(node.id, node.value);
        return found;
    };
    EXPECT_THAT(identified(ada_), UnorderedElementsAre(std::pair(a.id, std::string("{[]CC[]}")),
                                                       std::pair(b.id, std::string("{[]CO[]}"))));
    EXPECT_THAT(identified(bob_), IsEmpty());
}

TEST_P(AttributeSearch, GivesFormerStatesNewestFirst) {
    auto row = add("first", "{}");
    const auto other = add("child", "{}");
    for (const auto* name : {"second", "third"}) {
        const auto former = row;
        row.name = name;
        ++row.revision;
        const EdgeRow edges[] = {{row.id, FieldName::Component, 0, other.id}};
        make([&](Writer& writer) { return writer.update_node(row, former, edges); });
    }
    const auto states = ask([&](Reader& reader) { return reader.history(row.id, 100, 10); });
    ASSERT_EQ(states.size(), 2U);
    EXPECT_EQ(states[0].name, "second");
    EXPECT_EQ(states[1].name, "first");
    EXPECT_EQ(states[1].revision, 1);
    EXPECT_EQ(states[1].updated_by, ada_);
    EXPECT_EQ(states[1].updated_at, test::kNow);
    EXPECT_THAT(states[1].edges, ElementsAre(EdgeRow{row.id, FieldName::Component, 0, other.id}));
    EXPECT_EQ(ask([&](Reader& reader) { return reader.history(row.id, 100, 1); }).size(), 1U);
    EXPECT_EQ(ask([&](Reader& reader) { return reader.history(row.id, 2, 10); }).size(), 1U);
}

}  // namespace
}  // namespace cript::store
