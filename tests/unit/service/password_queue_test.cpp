#include "service/password_queue.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "crypto/key.hpp"
#include "crypto/password_hash.hpp"

namespace cript::service {
namespace {

constexpr std::string_view kPassword = "correct horse battery 1";

class PasswordQueueTest : public testing::Test {
  protected:
    PasswordQueueTest() { crypto::initialise(); }
};

TEST_F(PasswordQueueTest, HashesAndVerifies) {
    PasswordQueue queue;
    const auto hash = queue.hash(kPassword);
    ASSERT_TRUE(hash);
    EXPECT_TRUE(*queue.verify(kPassword, *hash));
    EXPECT_FALSE(*queue.verify("another", *hash));
    EXPECT_TRUE(queue.pretend(kPassword));
}

TEST_F(PasswordQueueTest, RefusesWhenTooManyWait) {
    PasswordQueue queue(1, 0);
    EXPECT_EQ(queue.hash(kPassword).error().kind, base::ErrorKind::Unavailable);
    EXPECT_EQ(queue.verify(kPassword, "").error().kind, base::ErrorKind::Unavailable);
    EXPECT_EQ(queue.pretend(kPassword).error().kind, base::ErrorKind::Unavailable);
}

TEST_F(PasswordQueueTest, ServesAllWhoMayWait) {
    PasswordQueue queue(2, 32);
    std::atomic<int> served{0};
    std::vector<std::thread> threads;
    for (int number = 0; number < 8; ++number) {
        threads.emplace_back([&] { served += queue.hash(kPassword) ? 1 : 0; });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(served, 8);
}

}  // namespace
}  // namespace cript::service
