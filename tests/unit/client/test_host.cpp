#include <gtest/gtest.h>

#include "client/host.hpp"

namespace {

using cript::client::normalise_host;

struct Case {
    const char* written;
    const char* meant;
};
class Host : public testing::TestWithParam<Case> {};

TEST_P(Host, IsMadeCanonical) {
    const auto host = normalise_host(GetParam().written);
    ASSERT_TRUE(host) << host.error();
    EXPECT_EQ(*host, GetParam().meant);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, Host,
    testing::Values(Case{"cript.example.org", "https://cript.example.org"},
                    Case{"cript.example.org:8443", "https://cript.example.org:8443"},
                    Case{"CRIPT.Example.org/", "https://cript.example.org"},
                    Case{"https://cript.example.org:443/api/v1/", "https://cript.example.org"},
                    Case{"http://cript.example.org/api/v1", "http://cript.example.org"},
                    Case{"https://lab.example/cript/api/v1", "https://lab.example/cript"},
                    Case{"localhost:8000", "http://localhost:8000"},
                    Case{"127.0.0.1:8000", "http://127.0.0.1:8000"}, Case{"[::1]:8000", "http://[::1]:8000"},
                    Case{"  localhost \n", "http://localhost"},
                    Case{"https://localhost", "https://localhost"}));

class BadHost : public testing::TestWithParam<const char*> {};

TEST_P(BadHost, IsRefusedWithAnExampleOfARightOne) {
    const auto host = normalise_host(GetParam());
    ASSERT_FALSE(host) << *host;
    EXPECT_EQ(host.error().kind, cript::ErrorKind::Configuration);
    EXPECT_NE(host.error().message.find("cript.example.org"), std::string::npos);
    EXPECT_EQ(host.error().message.find("hunter2"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Forms, BadHost,
                         testing::Values("", "  ", "ftp://cript.example.org",
                                         "https://ada:hunter2@cript.example.org", "cript.example.org?x=1",
                                         "https://", "a b", "file:///etc/passwd"));

TEST(PlainHttp, IsNoticedOnlyWhenItLeavesThisMachine) {
    EXPECT_TRUE(cript::client::is_plain_http_to_elsewhere("http://cript.example.org"));
    EXPECT_FALSE(cript::client::is_plain_http_to_elsewhere("https://cript.example.org"));
    EXPECT_FALSE(cript::client::is_plain_http_to_elsewhere("http://localhost:8000"));
    EXPECT_FALSE(cript::client::is_plain_http_to_elsewhere("http://[::1]:8000/x"));
}

}  // namespace
