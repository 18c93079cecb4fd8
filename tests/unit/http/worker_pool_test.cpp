#include "http/worker_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>

#include "running_server.hpp"

namespace cript::http {
namespace {

TEST(WorkerPool, RunsAsManyJobsAtOnceAsItHasThreads) {
    testing::Gate gate;
    std::atomic<int> done{0};
    WorkerPool pool(3, 0);
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(pool.submit([&] {
            gate.pass();
            ++done;
        }));
    }
    gate.wait_for_arrivals(3);
    EXPECT_FALSE(pool.submit([] {}));
    gate.open();
    while (done != 3) std::this_thread::yield();
}

TEST(WorkerPool, QueuesNoMoreThanItsLimit) {
    testing::Gate gate;
    std::atomic<int> done{0};
    WorkerPool pool(1, 2);
    EXPECT_TRUE(pool.submit([&] { gate.pass(); }));
    gate.wait_for_arrivals(1);
    EXPECT_TRUE(pool.submit([&] { ++done; }));
    EXPECT_TRUE(pool.submit([&] { ++done; }));
    EXPECT_FALSE(pool.submit([&] { ++done; }));
    gate.open();
    while (done != 2) std::this_thread::yield();
}

TEST(WorkerPool, WaitsForTheRunningJobWhenItEnds) {
    testing::Gate gate;
    bool done = false;
    {
        WorkerPool pool(1, 1);
        EXPECT_TRUE(pool.submit([&] {
            gate.pass();
            done = true;
        }));
        gate.wait_for_arrivals(1);
        gate.open();
    }
    EXPECT_TRUE(done);
}

}  // namespace
}  // namespace cript::http
