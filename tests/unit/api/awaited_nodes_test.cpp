#include "api/v1/awaited_nodes.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace cript::api::v1 {
namespace {

using Finding = AwaitedNodes::Finding;

constexpr base::Timestamp kNow{1'000'000'000'000};
constexpr base::Timestamp kLongAfter{kNow.microseconds + 601'000'000};
const std::vector<base::Uuid> kTwo{base::Uuid::random(), base::Uuid::random()};

TEST(AwaitedNodes, TakesAnyLabelWhileNothingIsAwaited) {
    AwaitedNodes nodes;
    EXPECT_EQ(nodes.find(1, kTwo[0], kNow), Finding::NothingAwaited);
}

TEST(AwaitedNodes, KnowsWhatItsAccountWasToldOf) {
    AwaitedNodes nodes;
    nodes.add(1, kTwo, kNow);
    EXPECT_EQ(nodes.find(1, kTwo[1], kNow), Finding::Awaited);
    EXPECT_EQ(nodes.find(1, base::Uuid::random(), kNow), Finding::SomethingElse);
    EXPECT_EQ(nodes.find(2, kTwo[1], kNow), Finding::NothingAwaited);
}

TEST(AwaitedNodes, AwaitsNothingMoreOnceAllHaveArrived) {
    AwaitedNodes nodes;
    nodes.add(1, kTwo, kNow);
    nodes.arrived(1, kTwo[0]);
    EXPECT_EQ(nodes.find(1, kTwo[0], kNow), Finding::SomethingElse);
    nodes.arrived(1, kTwo[1]);
    EXPECT_EQ(nodes.find(1, base::Uuid::random(), kNow), Finding::NothingAwaited);
}

TEST(AwaitedNodes, AddsToWhatIsAwaitedAlready) {
    AwaitedNodes nodes;
    const std::vector<base::Uuid> more{base::Uuid::random(), base::Uuid::random()};
    nodes.add(1, kTwo, kNow);
    nodes.add(1, more, kNow);
    EXPECT_EQ(nodes.find(1, kTwo[0], kNow), Finding::Awaited);
    EXPECT_EQ(nodes.find(1, more[0], kNow), Finding::Awaited);
}

TEST(AwaitedNodes, ForgetsAfterTenMinutes) {
    AwaitedNodes nodes;
    nodes.add(1, kTwo, kNow);
    EXPECT_EQ(nodes.find(1, kTwo[0], kLongAfter), Finding::NothingAwaited);
}

TEST(AwaitedNodes, ForgetsTheOldestAccountWhenThereAreTooMany) {
    AwaitedNodes nodes;
    for (store::AccountId account = 0; account <= 1'000; ++account)
        nodes.add(account, kTwo, {kNow.microseconds + account});
    EXPECT_EQ(nodes.find(0, kTwo[0], kNow), Finding::NothingAwaited);
    EXPECT_EQ(nodes.find(1'000, kTwo[0], kNow), Finding::Awaited);
}

}  // namespace
}  // namespace cript::api::v1
