#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "server/web_pages.hpp"

namespace cript::server {
namespace {

class WebPagesTest : public testing::Test {
  protected:
    void SetUp() override {
        std::filesystem::create_directories(folder_);
        std::ofstream(folder_ / "index.html") << "<!doctype html>";
        auto pages = WebPages::load(folder_);
        ASSERT_TRUE(pages) << pages.error().message;
        pages_.emplace(std::move(*pages));
        pages_->mount(router_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    unsigned status(const std::string& path) {
        http::Request request;
        request.method = http::Method::Get;
        request.path = path;
        const auto match = router_.find(request.method, path);
        return match.route == nullptr ? 0 : match.route->quick(request)->status;
    }

    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("web-pages-" + std::to_string(::getpid()));
    http::Router router_;
    std::optional<WebPages> pages_;
};

TEST_F(WebPagesTest, AreThereAtTheAddressesThatOlderClientsShow) {
    const std::string uuid = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
    for (const std::string kind : {"collection", "material", "computational-process"}) {
        EXPECT_EQ(status("/" + kind + "/" + uuid + "/"), 200U) << kind;
        EXPECT_EQ(status("/" + kind + "/" + uuid), 200U) << kind;
        EXPECT_EQ(status("/" + kind + "/nothing/"), 404U) << kind;
    }
    EXPECT_EQ(status("/project/" + uuid + "/"), 200U);
    EXPECT_EQ(status("/nothing/" + uuid + "/"), 404U);
    EXPECT_EQ(status("/security/"), 200U);
}

}  // namespace
}  // namespace cript::server
