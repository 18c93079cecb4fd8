#include "server/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>

#include "fixture/temporary_folder.hpp"

namespace cript::server {
namespace {

using base::ErrorKind;
using testing::ElementsAre;
using testing::HasSubstr;

class OptionsTest : public testing::Test {
  protected:
    ~OptionsTest() override {
        for (const auto& name : set_) ::unsetenv(name.c_str());
    }
    void configure(const std::string& text) { std::ofstream(file_) << text; }
    void set(const std::string& name, const std::string& value) {
        ::setenv(name.c_str(), value.c_str(), 1);
        set_.push_back(name);
    }
    base::Result<void> read_file() { return read_config(file_, options_); }
    std::vector<std::string> pointers(const base::Result<void>& read) {
        EXPECT_FALSE(read);
        std::vector<std::string> found;
        if (!read) {
            for (const auto& problem : read.error().problems) found.push_back(problem.pointer);
        }
        return found;
    }

    cript::test::TemporaryFolder folder_;
    std::filesystem::path file_ = folder_ / "criptd.toml";
    Options options_;
    std::vector<std::string> set_;
};

TEST_F(OptionsTest, HaveDefaultsThatListenOnThisMachineOnly) {
    EXPECT_EQ(options_.listen, "127.0.0.1:8080");
    EXPECT_EQ(options_.metrics, "127.0.0.1:9464");
    EXPECT_TRUE(options_.metrics_is_default);
    EXPECT_EQ(options_.key_ring_file(), "data/keyring");
    EXPECT_EQ(options_.database_file(), "data/cript.db");
    EXPECT_EQ(options_.socket_file(), "data/criptd.sock");
}

TEST_F(OptionsTest, AreReadFromAFile) {
    configure(R"(
        data = "/srv/cript"
        key_ring = "/etc/cript/keyring"
        listen = "0.0.0.0:80"
        metrics = ""
        public_url = "https://cript.example.org"
        trusted_proxies = ["10.0.0.1", "10.0.0.2"]
        io_threads = 3
        pool_threads = 256
        log_level = "debug"
    )");
    const auto read = read_file();
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(options_.data, "/srv/cript");
    EXPECT_EQ(options_.key_ring_file(), "/etc/cript/keyring");
    EXPECT_EQ(options_.listen, "0.0.0.0:80");
    EXPECT_EQ(options_.metrics, "");
    EXPECT_FALSE(options_.metrics_is_default);
    EXPECT_EQ(options_.public_url, "https://cript.example.org");
    EXPECT_THAT(options_.trusted_proxies, ElementsAre("10.0.0.1", "10.0.0.2"));
    EXPECT_EQ(options_.io_threads, 3U);
    EXPECT_EQ(options_.pool_threads, 256U);
    EXPECT_EQ(options_.log_level, "debug");
}

TEST_F(OptionsTest, TellEverythingThatIsWrongInAFile) {
    configure(R"(
        listn = "0.0.0.0:80"
        io_threads = 0
        pool_threads = "many"
        data = 7
    )");
    const auto read = read_file();
    EXPECT_THAT(pointers(read),
                testing::UnorderedElementsAre("/listn", "/io_threads", "/pool_threads", "/data"));
    EXPECT_EQ(read.error().kind, ErrorKind::InvalidInput);
    EXPECT_THAT(read.error().message, HasSubstr(file_.string()));
    EXPECT_THAT(read.error().message, HasSubstr("listn"));
}

TEST_F(OptionsTest, TakeNoProxyThatIsNotText) {
    for (const auto* value : {"[1]", R"(["10.0.0.1", 2])", R"("10.0.0.1")", R"([""])", "true"}) {
        configure(std::string("trusted_proxies = ") + value);
        EXPECT_THAT(pointers(read_file()), ElementsAre("/trusted_proxies")) << value;
        EXPECT_TRUE(options_.trusted_proxies.empty()) << value;
    }
}

TEST_F(OptionsTest, SayInWhichLineAFileIsNoToml) {
    configure("data = \"a\"\nlisten = \n");
    const auto read = read_file();
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::InvalidInput);
    EXPECT_THAT(read.error().message, HasSubstr(file_.string() + ":2"));
}

TEST_F(OptionsTest, SayThatAFileIsMissing) {
    EXPECT_EQ(read_file().error().kind, ErrorKind::NotFound);
}

TEST_F(OptionsTest, AreReadFromTheEnvironment) {
    set("CRIPTD_LISTEN", "0.0.0.0:81");
    set("CRIPTD_POOL_THREADS", "12");
    set("CRIPTD_METRICS", "127.0.0.1:1");
    ASSERT_TRUE(read_environment(options_));
    EXPECT_EQ(options_.listen, "0.0.0.0:81");
    EXPECT_EQ(options_.pool_threads, 12U);
    EXPECT_FALSE(options_.metrics_is_default);
    EXPECT_EQ(options_.data, "data");
}

TEST_F(OptionsTest, NameABucketWithAllThatReachesIt) {
    configure(R"(
        [blob]
        url = "s3://bucket/prefix"
        endpoint = "https://s3.example.org"
        region = "eu-central-1"
        addressing = "host"
        ca_file = "/etc/ca.pem"
        timeout = 7
    )");
    set("CRIPTD_BLOB_CREDENTIALS", "/etc/keys");
    ASSERT_TRUE(read_file());
    ASSERT_TRUE(read_environment(options_));
    EXPECT_EQ(options_.blob(), "s3://bucket/prefix");
    const auto settings = options_.s3_settings();
    EXPECT_EQ(settings.endpoint, "https://s3.example.org");
    EXPECT_EQ(settings.region, "eu-central-1");
    EXPECT_EQ(settings.addressing, "host");
    EXPECT_EQ(settings.ca_file, "/etc/ca.pem");
    EXPECT_EQ(settings.credentials, "/etc/keys");
    EXPECT_EQ(settings.incoming, options_.data / "incoming");
    EXPECT_EQ(settings.timeout, std::chrono::seconds(7));
}

TEST_F(OptionsTest, LetTheEnvironmentWinOverTheFile) {
    configure("listen = \"0.0.0.0:80\"\nio_threads = 3\n");
    set("CRIPTD_LISTEN", "0.0.0.0:81");
    ASSERT_TRUE(read_file());
    ASSERT_TRUE(read_environment(options_));
    EXPECT_EQ(options_.listen, "0.0.0.0:81");
    EXPECT_EQ(options_.io_threads, 3U);
}

TEST_F(OptionsTest, RefuseANumberOfThreadsThatIsNone) {
    for (const auto* value : {"", "0", "257", "-1", "2x", "many", "99999999999999999999"}) {
        set("CRIPTD_IO_THREADS", value);
        const auto read = read_environment(options_);
        ASSERT_FALSE(read) << value;
        EXPECT_THAT(read.error().message, HasSubstr("CRIPTD_IO_THREADS"));
        EXPECT_EQ(options_.io_threads, 2U);
    }
}

TEST(EndpointTest, IsAnAddressAndAPort) {
    const std::map<std::string, std::pair<std::string, std::uint16_t>> endpoints{
        {"127.0.0.1:8080", {"127.0.0.1", 8080}}, {"localhost:0", {"127.0.0.1", 0}}, {"*:80", {"0.0.0.0", 80}},
        {"[::1]:8080", {"::1", 8080}},           {"[::]:65535", {"::", 65535}},
    };
    for (const auto& [text, expected] : endpoints) {
        const auto endpoint = read_endpoint(text);
        ASSERT_TRUE(endpoint) << text;
        EXPECT_EQ(endpoint->address, expected.first);
        EXPECT_EQ(endpoint->port, expected.second);
    }
}

TEST(EndpointTest, IsNothingElse) {
    for (const auto* text : {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
                             "127.0.0.1:-1", "127.0.0.1:80x", "[]:80", "127.0.0.1: 80"}) {
        const auto endpoint = read_endpoint(text);
        ASSERT_FALSE(endpoint) << text;
        EXPECT_EQ(endpoint.error().kind, ErrorKind::InvalidInput);
        EXPECT_THAT(endpoint.error().message, HasSubstr("HOST:PORT"));
    }
}

}  // namespace
}  // namespace cript::server
