#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backend.hpp"
#include "rows.hpp"

namespace cript::store {
namespace {

using model::NodeType;
using testing::ElementsAre;
using testing::IsEmpty;

class CustomWords : public test::StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        if (IsSkipped()) return;
        ada_ = change([](Writer& writer) { return test::insert(writer, test::account("ada")); })->id;
        bob_ = change([](Writer& writer) { return test::insert(writer, test::account("bob")); })->id;
        project_ = change([&](Writer& writer) { return test::insert_project(writer, "Home", ada_); })->id;
        node_ = *change([&](Writer& writer) {
            return test::insert(writer, test::node(NodeType::Property, "", ada_, project_));
        });
    }

    void set(std::vector<CustomWord> words) {
        const CustomWordsChange changes[] = {{node_.id, std::move(words), false}};
        make([&](Writer& writer) { return writer.set_custom_words(changes); });
    }
    std::vector<std::string> listed(AccountId caller, bool is_admin = false, std::string_view vocabulary = "",
                                    unsigned limit = 100) {
        std::vector<std::string> words;
        for (const auto& [word, user] :
             ask([&](Reader& reader) { return reader.custom_words(caller, is_admin, vocabulary, limit); }))
            words.push_back(word.vocabulary + " " + word.word + " " + word.unit + " " + user);
        return words;
    }

    AccountId ada_ = 0;
    AccountId bob_ = 0;
    NodeId project_ = 0;
    NodeRow node_;
};

TEST_P(CustomWords, AreListedInOrderToThoseWhoMaySeeTheNode) {
    set({{"b", "+x", "kg"}, {"a", "+y", ""}, {"a", "+X", ""}, {"a", "+ö", ""}});
    EXPECT_THAT(listed(ada_), ElementsAre("a +X  ada", "a +y  ada", "a +ö  ada", "b +x kg ada"));
    EXPECT_THAT(listed(ada_, false, "b"), ElementsAre("b +x kg ada"));
    EXPECT_THAT(listed(ada_, false, "", 1), ElementsAre("a +X  ada", "b +x kg ada")) << "of each vocabulary";
    EXPECT_THAT(listed(bob_), IsEmpty());
    EXPECT_EQ(listed(bob_, true).size(), 4U);
}

TEST_P(CustomWords, AreReplacedAndGoWithTheirNode) {
    set({{"a", "+x", ""}});
    set({{"a", "+y", ""}});
    EXPECT_THAT(listed(ada_), ElementsAre("a +y  ada"));
    make([&](Writer& writer) {
        const NodeRow doomed[] = {node_};
        return writer.delete_nodes(doomed, ada_, {});
    });
    EXPECT_THAT(listed(ada_), IsEmpty());
}

TEST_P(CustomWords, AreOfAnIndexThatHasAVersion) {
    EXPECT_EQ(ask([](Reader& reader) { return reader.index_version(); }), 0);
    make([](Writer& writer) { return writer.set_index_version(7); });
    EXPECT_EQ(ask([](Reader& reader) { return reader.index_version(); }), 7);
}

CRIPT_ON_EVERY_BACKEND(CustomWords);

}  // namespace
}  // namespace cript::store
