#include "service/awaited_nodes.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "installation.hpp"

namespace cript::service {
namespace {

using store::Awaiting;

class AwaitedNodes : public test::Installation {
  protected:
    void SetUp() override {
        Installation::SetUp();
        ada_.account = 1;
        bob_.account = 2;
    }
    void tell(const std::vector<base::Uuid>& uuids) { EXPECT_TRUE(await_nodes(*context_, ada_, uuids)); }
    Awaiting found(const account::Caller& caller, const base::Uuid& uuid) {
        const auto result = awaiting(*context_, caller, uuid);
        EXPECT_TRUE(result);
        return result.value_or(Awaiting::Nothing);
    }
    void arrive(const base::Uuid& uuid) { EXPECT_TRUE(node_arrived(*context_, ada_, uuid)); }

    account::Caller ada_;
    account::Caller bob_;
    const std::vector<base::Uuid> two_{base::Uuid::random(), base::Uuid::random()};
};

TEST_F(AwaitedNodes, AreNoneAtFirst) {
    EXPECT_EQ(found(ada_, two_[0]), Awaiting::Nothing);
}

TEST_F(AwaitedNodes, AreNotKeptWithoutEndForSomebodyWhoNeverSavesThem) {
    std::vector<base::Uuid> many(static_cast<std::size_t>(store::kMostAwaited) + 1);
    for (auto& uuid : many) uuid = base::Uuid::random();
    tell(many);
    tell(two_);
    EXPECT_EQ(found(ada_, many.front()), Awaiting::OtherNodes);
    EXPECT_EQ(found(ada_, two_[0]), Awaiting::ThisNode);
}

TEST_F(AwaitedNodes, AreThoseThatTheAccountWasToldOf) {
    tell(two_);
    EXPECT_EQ(found(ada_, two_[1]), Awaiting::ThisNode);
    EXPECT_EQ(found(ada_, base::Uuid::random()), Awaiting::OtherNodes);
    EXPECT_EQ(found(bob_, two_[1]), Awaiting::Nothing);
}

TEST_F(AwaitedNodes, AreNoneOnceAllHaveArrived) {
    tell(two_);
    arrive(two_[0]);
    EXPECT_EQ(found(ada_, two_[0]), Awaiting::OtherNodes);
    arrive(two_[1]);
    EXPECT_EQ(found(ada_, base::Uuid::random()), Awaiting::Nothing);
}

TEST_F(AwaitedNodes, GrowByWhatIsToldLater) {
    const std::vector<base::Uuid> more{two_[1], base::Uuid::random()};
    tell(two_);
    tell(more);
    EXPECT_EQ(found(ada_, two_[0]), Awaiting::ThisNode);
    EXPECT_EQ(found(ada_, more[1]), Awaiting::ThisNode);
}

TEST_F(AwaitedNodes, AreForgottenTenMinutesAfterTheLastWord) {
    tell(two_);
    clock_.advance(std::chrono::minutes(9));
    tell({base::Uuid::random()});
    clock_.advance(std::chrono::minutes(9));
    EXPECT_EQ(found(ada_, two_[0]), Awaiting::ThisNode);
    clock_.advance(std::chrono::minutes(2));
    EXPECT_EQ(found(ada_, two_[0]), Awaiting::Nothing);
    tell({base::Uuid::random()});
    EXPECT_EQ(rows("select count(*) from awaited_node"), std::vector<std::string>{"1"});
}

}  // namespace
}  // namespace cript::service
