#include "http/static_files.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "raw_client.hpp"
#include "running_server.hpp"

namespace cript::http {
namespace {

namespace fs = std::filesystem;

class StaticFilesTest : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "static-files-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        top_ = name;
        fs::create_directories(top_ / "web/assets");
        write("secret.txt", "outside");
        write("web/index.html", "<html>");
        write("web/index.html.gz", "gzipped");
        write("web/assets/app-B3xK9_aZ.js", "plain");
        write("web/assets/app-B3xK9_aZ.js.gz", "gz");
        write("web/assets/app-B3xK9_aZ.js.br", "br");
        write("web/assets/my-document.js", "unhashed");
        write("web/archive.gz", "alone");
        fs::create_symlink(top_ / "secret.txt", top_ / "web/link.txt");
        fs::create_directory_symlink(top_, top_ / "web/up");
        files_.emplace(StaticFiles::load(top_ / "web").value());
    }
    void TearDown() override { fs::remove_all(top_); }

    void write(const std::string& name, std::string_view content) const {
        std::ofstream(top_ / name) << content;
    }

    [[nodiscard]] std::optional<Response> get(std::string path,
                                              std::vector<std::pair<std::string, std::string>> fields = {},
                                              Method method = Method::Get) const {
        Request request;
        request.method = method;
        request.path = std::move(path);
        for (auto& [name, value] : fields) request.headers.add(name, value);
        return files_->find(request);
    }
    static std::string field(const std::optional<Response>& response, std::string_view name) {
        for (const auto& [field, value] : response->headers) {
            if (field == name) return value;
        }
        return "";
    }

    fs::path top_;
    std::optional<StaticFiles> files_;
};

TEST_F(StaticFilesTest, ServesIndexHtmlForTheRootAndHasItRevalidated) {
    const auto response = get("/");
    EXPECT_EQ(*response->shared_body, "<html>");
    EXPECT_EQ(field(response, "Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(field(response, "Cache-Control"), "no-cache");
    EXPECT_EQ(field(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(field(response, "Content-Encoding"), "");
}

TEST_F(StaticFilesTest, LetsOnlyHashedAssetsBeCachedForEver) {
    EXPECT_EQ(field(get("/assets/app-B3xK9_aZ.js"), "Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(field(get("/assets/my-document.js"), "Cache-Control"), "no-cache");
}

TEST_F(StaticFilesTest, ChoosesThePrecompressedFormThatTheClientTakes) {
    const auto body = [&](const std::string& accepted) {
        return *get("/assets/app-B3xK9_aZ.js", {{"Accept-Encoding", accepted}})->shared_body;
    };
    EXPECT_EQ(body("gzip, deflate, br"), "br");
    EXPECT_EQ(body("GZIP"), "gz");
    EXPECT_EQ(body("gzip, br;q=0"), "gz");
    EXPECT_EQ(body("*"), "br");
    EXPECT_EQ(body("br;q=0.000, *;q=0.5"), "gz");
    EXPECT_EQ(body("*;q=0"), "plain");
    EXPECT_EQ(body("identity"), "plain");
    EXPECT_EQ(body(""), "plain");
    const auto response = get("/assets/app-B3xK9_aZ.js", {{"Accept-Encoding", "br"}});
    EXPECT_EQ(field(response, "Content-Encoding"), "br");
    EXPECT_EQ(field(response, "Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(field(response, "Vary"), "Accept-Encoding");
}

TEST_F(StaticFilesTest, Answers304ToAClientThatHasThatVeryForm) {
    const std::string plain = field(get("/index.html"), "ETag");
    const std::string gzip = field(get("/index.html", {{"Accept-Encoding", "gzip"}}), "ETag");
    EXPECT_NE(plain, gzip);
    EXPECT_EQ(plain.front(), '"');
    const auto response = get("/index.html", {{"If-None-Match", "\"other\", W/" + plain}});
    EXPECT_EQ(response->status, 304U);
    EXPECT_EQ(response->shared_body, nullptr);
    EXPECT_EQ(field(response, "ETag"), plain);
    EXPECT_EQ(get("/index.html", {{"If-None-Match", "*"}})->status, 304U);
    EXPECT_EQ(get("/index.html", {{"If-None-Match", gzip}})->status, 200U);
}

TEST_F(StaticFilesTest, HidesCompressedFormsButNotAnArchiveOfItsOwn) {
    EXPECT_FALSE(get("/index.html.gz"));
    EXPECT_EQ(*get("/archive.gz")->shared_body, "alone");
    EXPECT_EQ(files_->size(), 4U);
}

TEST_F(StaticFilesTest, NeverLeavesItsFolder) {
    for (const auto* path : {"/../secret.txt", "/link.txt", "/up/secret.txt", "//secret.txt",
                             "/up/web/index.html", "/assets", "/assets/", ""}) {
        EXPECT_FALSE(get(path)) << path;
    }
}

TEST_F(StaticFilesTest, AnswersGetAndHeadOnly) {
    EXPECT_TRUE(get("/", {}, Method::Head));
    EXPECT_FALSE(get("/", {}, Method::Post));
}

TEST_F(StaticFilesTest, ServesANamedFileForAnyPath) {
    Request request;
    request.path = "/projects/7";
    EXPECT_FALSE(files_->find(request));
    EXPECT_EQ(*files_->serve(request, "/index.html")->shared_body, "<html>");
}

TEST_F(StaticFilesTest, AreServedByARestRouteThroughTheWholeServer) {
    testing::RunningServer server({testing::quick(
        Method::Get, "/{path...}", [&](const Request& request) { return files_->find(request); })});
    testing::RawClient client(server.port());
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: here\r\n\r\n")->body, "<html>");
    EXPECT_EQ(client.ask("GET /../secret.txt HTTP/1.1\r\nHost: here\r\n\r\n")->status, 400U);
    testing::RawClient second(server.port());
    second.send("HEAD /assets/app-B3xK9_aZ.js HTTP/1.1\r\nHost: here\r\n\r\n");
    EXPECT_EQ(second.receive(true)->headers.at("content-length"), "5");
    EXPECT_EQ(second.ask("GET /secret.txt HTTP/1.1\r\nHost: here\r\n\r\n")->status, 404U);
    EXPECT_EQ(second.ask("POST / HTTP/1.1\r\nHost: here\r\n\r\n")->status, 405U);
}

TEST_F(StaticFilesTest, SaysWhichFolderCannotBeRead) {
    const auto missing = StaticFiles::load(top_ / "nowhere");
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().message.find("nowhere"), std::string::npos);
}

}  // namespace
}  // namespace cript::http
