#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "crypto/key.hpp"
#include "fixture/temporary_folder.hpp"
#include "store/store.hpp"

namespace cript::store::test {

/// One kind of database that the suite runs on.
struct Backend {
    std::string name;
    std::function<base::Result<std::unique_ptr<Store>>(const std::filesystem::path& folder)> open;
    /// Is what was opened there really this database?
    std::function<bool(const std::filesystem::path& folder)> is_the_one;
};

inline std::ostream& operator<<(std::ostream& out, const Backend& backend) {
    return out << backend.name;
}

inline std::string first_bytes(const std::filesystem::path& file, std::size_t count) {
    std::string bytes(count, '\0');
    std::ifstream(file, std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(count));
    return bytes;
}

inline std::vector<Backend> backends() {
    return {{"Sqlite", [](const std::filesystem::path& folder) { return open_sqlite(folder / "cript.db"); },
             [](const std::filesystem::path& folder) {
                 return first_bytes(folder / "cript.db", 16) == std::string("SQLite format 3\0", 16);
             }}};
}

/// A fresh database of one kind.
class StoreTest : public testing::TestWithParam<Backend> {
  protected:
    void SetUp() override {
        crypto::initialise();
        open();
        ASSERT_TRUE(GetParam().is_the_one(folder_.path())) << "this is no " << GetParam().name << " database";
    }
    void open() {
        store_.reset();
        auto opened = GetParam().open(folder_.path());
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

    cript::test::TemporaryFolder folder_;
    std::unique_ptr<Store> store_;
};

inline std::string backend_name(const testing::TestParamInfo<Backend>& info) {
    return info.param.name;
}

}  // namespace cript::store::test

/// Runs the tests of a fixture on every kind of database.
#define CRIPT_ON_EVERY_BACKEND(fixture)                                                        \
    INSTANTIATE_TEST_SUITE_P(On, fixture, testing::ValuesIn(::cript::store::test::backends()), \
                             ::cript::store::test::backend_name)
