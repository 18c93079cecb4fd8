#include "service/completions.hpp"

#include <gtest/gtest.h>

#include <future>

namespace cript::service {
namespace {

constexpr store::AccountId kAda = 1, kBob = 2;

Completion::Outcome done() {
    return store::StoredFileRow{};
}

void await(Completion& completion) {
    const auto ready = std::make_shared<std::promise<void>>();
    (void)completion.await([ready] { ready->set_value(); });
    ready->get_future().wait();
}

class CompletionsOfAccounts : public testing::Test {
  protected:
    /// One that works until it is let go.
    void begin_a_long_one(store::AccountId account) {
        const auto began = std::make_shared<std::promise<void>>();
        auto work = [began, goes_on = goes_on_.get_future().share()](const std::atomic<bool>&) {
            began->set_value();
            goes_on.wait();
            return done();
        };
        ASSERT_TRUE(completions_.join(base::Uuid::random(), account, "", std::move(work)));
        began->get_future().wait();
    }

    std::promise<void> goes_on_;
    Completions completions_;
};

TEST_F(CompletionsOfAccounts, DoNotWaitForAllThatAnotherOneCompletes) {
    begin_a_long_one(kAda);
    std::atomic<bool> has_second_run = false;
    const auto second = completions_.join(base::Uuid::random(), kAda, "", [&](const std::atomic<bool>&) {
        has_second_run = true;
        return done();
    });
    const auto of_bob =
        completions_.join(base::Uuid::random(), kBob, "", [](const std::atomic<bool>&) { return done(); });
    ASSERT_TRUE(second && of_bob);
    await(**of_bob);
    EXPECT_FALSE(has_second_run) << "one account takes every thread";
    goes_on_.set_value();
    await(**second);
    EXPECT_TRUE(has_second_run);
}

TEST_F(CompletionsOfAccounts, AreRefusedWhenTooManyWait) {
    begin_a_long_one(kAda);
    const auto join = [&] {
        return completions_.join(base::Uuid::random(), kAda, "",
                                 [](const std::atomic<bool>&) { return done(); });
    };
    for (std::size_t count = 0; count < Completions::kMostWaiting; ++count) EXPECT_TRUE(join());
    EXPECT_EQ(join().error().kind, base::ErrorKind::Unavailable);
    goes_on_.set_value();
}

}  // namespace
}  // namespace cript::service
