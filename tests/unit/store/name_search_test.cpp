#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <map>

#include "backend.hpp"
#include "rows.hpp"

namespace cript::store {
namespace {

using model::NodeType;
using test::kNow;
using testing::ElementsAre;
using testing::IsEmpty;

class NameSearch : public test::StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        ada_ = change([](Writer& writer) { return test::insert(writer, test::account("ada")); })->id;
    }
    NodeRow add(const std::string& name, NodeType type = NodeType::Material) {
        return *change([&](Writer& writer) { return test::insert(writer, test::node(type, name, ada_)); });
    }
    void rename(NodeRow& row, const std::string& name) {
        const auto former = row;
        row.name = name;
        ++row.revision;
        make([&](Writer& writer) { return writer.update_node(row, former, {}); });
    }
    void erase(const NodeRow& row) {
        make([&](Writer& writer) { return writer.delete_nodes(std::vector{row}, ada_, kNow); });
    }
    std::vector<std::string> containing(const std::string& text) {
        ListQuery query;
        query.type = NodeType::Material;
        query.caller = ada_;
        query.name_contains = text;
        query.limit = 1'000;
        const auto rows = ask([&](Reader& reader) { return reader.list(query); });
        EXPECT_EQ(ask([&](Reader& reader) { return reader.count(query); }), rows.size()) << text;
        return test::names_of(rows);
    }
    std::vector<std::string> named(const std::string& name) {
        ListQuery query;
        query.type = NodeType::Material;
        query.caller = ada_;
        return test::names_of(ask([&](Reader& reader) { return reader.find_named(query, name); }));
    }

    AccountId ada_ = 0;
};
CRIPT_ON_EVERY_BACKEND(NameSearch);

TEST_P(NameSearch, FindsAPartOfANameOfAnyLength) {
    add("polystyrene");
    add("toluene");
    EXPECT_THAT(containing("p"), ElementsAre("polystyrene"));
    EXPECT_THAT(containing("to"), ElementsAre("toluene"));
    EXPECT_THAT(containing("ene"), ElementsAre("polystyrene", "toluene"));
    EXPECT_THAT(containing("polystyrene"), ElementsAre("polystyrene"));
    EXPECT_THAT(containing("polystyrene!"), IsEmpty());
    EXPECT_THAT(containing("q"), IsEmpty());
}

TEST_P(NameSearch, FindsAllWithoutAText) {
    add("polystyrene");
    add("toluene");
    EXPECT_THAT(containing(""), ElementsAre("polystyrene", "toluene"));
}

TEST_P(NameSearch, FindsOneTypeOnly) {
    add("polystyrene", NodeType::Process);
    EXPECT_THAT(containing("poly"), IsEmpty());
    EXPECT_THAT(containing("po"), IsEmpty());
}

TEST_P(NameSearch, TakesEveryCharacterForItself) {
    const std::vector<std::string> names{"50 % w/w",    "50_0",          "a\"b\"c",        "it's",
                                         "back\\slash", "x*y",           "(a OR b)",       "a-b:c",
                                         "[a]b",        "q?r",           "{[][$]CC[$][]}", "NEAR(a b)",
                                         "a AND b",     "semi;colon--x", "col : name"};
    for (const auto& name : names) add(name);
    for (const auto& name : names) EXPECT_THAT(containing(name), ElementsAre(name));
    EXPECT_THAT(containing("%"), ElementsAre("50 % w/w"));
    EXPECT_THAT(containing("_"), ElementsAre("50_0"));
    EXPECT_THAT(containing("\""), ElementsAre("a\"b\"c"));
    EXPECT_THAT(containing("\"b\""), ElementsAre("a\"b\"c"));
    EXPECT_THAT(containing("'"), ElementsAre("it's"));
    EXPECT_THAT(containing("\\"), ElementsAre("back\\slash"));
    EXPECT_THAT(containing("*"), ElementsAre("x*y"));
    EXPECT_THAT(containing("x*"), ElementsAre("x*y"));
    EXPECT_THAT(containing("?"), ElementsAre("q?r"));
    EXPECT_THAT(containing("["), ElementsAre("[a]b", "{[][$]CC[$][]}"));
    EXPECT_THAT(containing("]b"), ElementsAre("[a]b"));
    EXPECT_THAT(containing("-"), ElementsAre("a-b:c", "semi;colon--x"));
}

TEST_P(NameSearch, TakesACaretForItself) {
    add("a^b");
    add("ab");
    EXPECT_THAT(containing("^"), ElementsAre("a^b"));
    EXPECT_THAT(containing("a^"), ElementsAre("a^b"));
    EXPECT_THAT(containing("a^b"), ElementsAre("a^b"));
}

TEST_P(NameSearch, DoesNotLookAtCase) {
    add("PolyStyrene");
    for (const auto* text : {"P", "p", "ys", "YS", "POLYSTYRENE", "polystyrene", "YsT"}) {
        EXPECT_THAT(containing(text), ElementsAre("PolyStyrene")) << text;
    }
}

TEST_P(NameSearch, DoesNotLookAtCaseBeyondAscii) {
    add("Äthanol β-ΓΔ");
    for (const auto* text : {"Ä", "ä", "ät", "ÄT", "äthanol", "ÄTHANOL", "β", "Β", "γ", "γδ", "-γ", "-γδ"}) {
        EXPECT_THAT(containing(text), ElementsAre("Äthanol β-ΓΔ")) << text;
    }
    EXPECT_THAT(containing("a"), ElementsAre("Äthanol β-ΓΔ")) << "of 'anol'";
    EXPECT_THAT(containing("ath"), IsEmpty()) << "an accent is not a matter of case";
}

TEST_P(NameSearch, TakesASignForTheLetterItIs) {
    add("10 \u00b5m");  // micro sign
    add("10 \u03bcm");  // Greek letter
    add("10 \u212b \u2126");
    for (const auto* text : {"\u00b5m", "\u03bcm", "\u00b5", "\u03bc", "0 \u00b5m", "0 \u03bcm"}) {
        EXPECT_THAT(containing(text), ElementsAre("10 \u00b5m", "10 \u03bcm")) << text;
    }
    for (const auto* text : {"å", "Å", "ω", "\u212b", "0 å", "å ω"}) {
        EXPECT_THAT(containing(text), ElementsAre("10 \u212b \u2126")) << text;
    }
}

TEST_P(NameSearch, CountsCharactersNotBytes) {
    add("日本語");
    add("𝄞𝄞");
    EXPECT_THAT(containing("語"), ElementsAre("日本語"));
    EXPECT_THAT(containing("本語"), ElementsAre("日本語"));
    EXPECT_THAT(containing("日本語"), ElementsAre("日本語"));
    EXPECT_THAT(containing("𝄞"), ElementsAre("𝄞𝄞"));
    EXPECT_THAT(containing("𝄞𝄞"), ElementsAre("𝄞𝄞"));
}

TEST_P(NameSearch, FindsNothingForATextWithNul) {
    add("polystyrene");
    EXPECT_THAT(containing(std::string("\0", 1)), IsEmpty());
    EXPECT_THAT(containing(std::string("poly\0", 5)), IsEmpty());
    EXPECT_THAT(containing(std::string("p\0", 2)), IsEmpty());
}

TEST_P(NameSearch, FindsARenamedNodeUnderItsNewNameOnly) {
    auto row = add("polystyrene");
    rename(row, "toluene");
    EXPECT_THAT(containing("poly"), IsEmpty());
    EXPECT_THAT(containing("po"), IsEmpty());
    EXPECT_THAT(containing("tolu"), ElementsAre("toluene"));
    EXPECT_THAT(named("polystyrene"), IsEmpty());
    EXPECT_THAT(named("toluene"), ElementsAre("toluene"));
}

TEST_P(NameSearch, FindsADeletedNodeNoMore) {
    erase(add("polystyrene"));
    EXPECT_THAT(containing("poly"), IsEmpty());
    EXPECT_THAT(containing("po"), IsEmpty());
    EXPECT_THAT(named("polystyrene"), IsEmpty());
}

TEST_P(NameSearch, GivesPagesInTheOrderOfTheIds) {
    std::vector<NodeRow> rows;
    for (const auto* name : {"abc 3", "abc 1", "abc 2"}) rows.push_back(add(name));
    ListQuery query;
    query.type = NodeType::Material;
    query.caller = ada_;
    for (const auto* text : {"abc", "ab"}) {
        query.name_contains = text;
        query.after = 0;
        query.limit = 2;
        EXPECT_THAT(test::names_of(ask([&](Reader& reader) { return reader.list(query); })),
                    ElementsAre("abc 3", "abc 1"));
        query.after = rows[1].id;
        EXPECT_THAT(test::names_of(ask([&](Reader& reader) { return reader.list(query); })),
                    ElementsAre("abc 2"));
        EXPECT_EQ(ask([&](Reader& reader) { return reader.count(query); }), 3U)
            << "the count is of all pages";
    }
}

TEST_P(NameSearch, FindsAnExactNameInItsExactCaseNewestLast) {
    const auto first = add("Toluene");
    add("toluene");
    add("Toluene 2");
    const auto last = add("Toluene");
    ListQuery query;
    query.type = NodeType::Material;
    query.caller = ada_;
    EXPECT_THAT(test::ids_of(ask([&](Reader& reader) { return reader.find_named(query, "Toluene"); })),
                ElementsAre(first.id, last.id));
}

/// Whatever is added, renamed and deleted: a search finds what a look at every name finds.
TEST_P(NameSearch, KeepsItsIndexRightThroughAnyChanges) {
    static constexpr std::array<const char*, 10> kNames{"",     "a",   "ab",      "abc",     "Abcd",
                                                        "bcda", "ÄBC", "äbc äbc", "cab abc", "dcba"};
    static constexpr std::array<const char*, 8> kTexts{"a", "ab", "abc", "bcd", "cd", "äb", "äbc", "dcba"};
    const auto lower = [](std::string text) {
        for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        for (auto at = text.find("Ä"); at != std::string::npos; at = text.find("Ä")) text.replace(at, 2, "ä");
        return text;
    };
    std::map<NodeId, NodeRow> rows;
    const bool holds = rc::check([&] {
        // Each step is a commit to a disk that may be slow: short lists of whatever steps.
        const auto any_step =
            rc::gen::resize(rc::kNominalSize, rc::gen::pair(rc::gen::inRange(0, 3), rc::gen::inRange(0, 10)));
        const auto steps =
            *rc::gen::scale(0.2, rc::gen::container<std::vector<std::pair<int, int>>>(any_step));
        for (const auto& [step, number] : steps) {
            const std::string name = kNames.at(static_cast<std::size_t>(number));
            const auto some = rows.lower_bound(number * 7);
            if (step == 0 || some == rows.end()) {
                const auto row = add(name);
                rows.emplace(row.id, row);
            } else if (step == 1) {
                rename(some->second, name);
            } else {
                erase(some->second);
                rows.erase(some);
            }
        }
        for (const auto* text : kTexts) {
            std::vector<std::string> expected;
            for (const auto& [id, row] : rows) {
                if (lower(row.name).find(lower(text)) != std::string::npos) expected.push_back(row.name);
            }
            RC_ASSERT(containing(text) == expected);
        }
    });
    EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace cript::store
