#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "crypto/key.hpp"
#include "fixture/store_place.hpp"
#include "store/store.hpp"

namespace cript::store::test {

/// One kind of database that the suite runs on.
struct Backend {
    std::string name;
    std::function<std::unique_ptr<cript::test::StorePlace>()>
        make;  ///< nothing where there is no such database
    std::string how_to_get_one{};
};

inline std::ostream& operator<<(std::ostream& out, const Backend& backend) {
    return out << backend.name;
}

using cript::test::first_bytes;

inline std::vector<Backend> backends() {
    return {{"Sqlite",
             []() -> std::unique_ptr<cript::test::StorePlace> {
                 return std::make_unique<cript::test::SqlitePlace>();
             }},
            {"Postgres",
             []() -> std::unique_ptr<cript::test::StorePlace> {
                 if (cript::test::postgres_server().empty()) return nullptr;
                 return std::make_unique<cript::test::PostgresPlace>();
             },
             "CRIPT_TEST_POSTGRES is not set: run this under tests/fixture/postgres.py"}};
}

/// A fresh database of one kind.
class StoreTest : public testing::TestWithParam<Backend> {
  protected:
    void SetUp() override {
        crypto::initialise();
        place_ = GetParam().make();
        if (!place_) GTEST_SKIP() << GetParam().how_to_get_one;
        open();
        ASSERT_TRUE(place_->is_the_one(*store_)) << "this is no " << GetParam().name << " database";
    }
    void open() {
        store_.reset();
        auto opened = place_->open();
        ASSERT_TRUE(opened) << opened.error().message;
        store_ = std::move(*opened);
    }

    /// Runs `work` in one transaction, and gives what it makes.
    template <class Work>
    auto change(Work work) {
        using Value = std::invoke_result_t<Work, Writer&>;
        std::optional<Value> value;
        const auto done = store_->write([&](Writer& writer) -> base::Result<void> {
            value.emplace(work(writer));
            return {};
        });
        EXPECT_TRUE(done) << done.error().message;
        return std::move(value).value();
    }
    /// Runs a question on one view, and gives its answer. Fails the test if there is none.
    template <class Question>
    auto ask(Question question) {
        using Answer = typename std::invoke_result_t<Question, Reader&>::value_type;
        std::optional<Answer> answer;
        const auto done = store_->read([&](Reader& reader) -> base::Result<void> {
            auto result = question(reader);
            if (!result) return base::fail(result.error());
            answer.emplace(std::move(*result));
            return {};
        });
        EXPECT_TRUE(done) << done.error().message;
        return std::move(answer).value();
    }
    /// Runs a change that must succeed.
    template <class Work>
    void make(Work work) {
        const auto done = store_->write(work);
        ASSERT_TRUE(done) << done.error().message;
    }

    std::unique_ptr<cript::test::StorePlace> place_;
    std::unique_ptr<Store> store_;  // ends before its place
};

inline std::string backend_name(const testing::TestParamInfo<Backend>& info) {
    return info.param.name;
}

}  // namespace cript::store::test

/// Runs the tests of a fixture on every kind of database.
#define CRIPT_ON_EVERY_BACKEND(fixture)                                                        \
    INSTANTIATE_TEST_SUITE_P(On, fixture, testing::ValuesIn(::cript::store::test::backends()), \
                             ::cript::store::test::backend_name)
