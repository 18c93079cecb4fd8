#include "outbound/signed_client.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <fstream>
#include <future>

#include "base/encoding.hpp"
#include "crypto/key.hpp"
#include "crypto/sigv4.hpp"
#include "fake/http_server.hpp"
#include "fixture/temporary_folder.hpp"

namespace cript::outbound {
namespace {

using crypto::sigv4::kEmptyHash;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kSecret = "a secret that is sent to nobody";
const base::Timestamp kNow{1'369'353'600'000'000};  // 2013-05-24T00:00:00Z

class SignedCalls : public testing::Test {
  protected:
    void SetUp() override { crypto::initialise(); }
    void TearDown() override { release(); }

    std::function<fake::Response(const fake::Request&)> answer_ = [](const fake::Request&) {
        return fake::Response{200, "done"};
    };

    std::unique_ptr<SignedClient> client(int attempts = 3,
                                         std::chrono::seconds patience = std::chrono::seconds(1)) {
        HttpOptions options;
        options.origin = "http://" + server_.host();
        options.stall_timeout = patience;
        options.longest_body = 1'000;
        Signer signer;
        signer.access_key = "AKIAIOSFODNN7EXAMPLE";
        signer.secret_key = base::SecretText(kSecret);
        signer.region = "us-east-1";
        return std::make_unique<SignedClient>(std::move(options), std::move(signer), clock_,
                                              Retries{attempts, std::chrono::milliseconds(1)});
    }
    /// A handler that says nothing until the test ends.
    fake::Response say_nothing() {
        std::unique_lock lock(mutex_);
        released_.wait(lock, [this] { return is_released_; });
        return {.status = 200, .body = "", .drop = true};
    }
    void release() {
        const std::scoped_lock lock(mutex_);
        is_released_ = true;
        released_.notify_all();
    }
    /// The statuses, one for each request.
    void answer_in_turn(std::vector<int> statuses) {
        answer_ = [statuses, at = std::size_t{0}](const fake::Request&) mutable {
            return fake::Response{statuses.at(at++), ""};
        };
    }

    base::ManualClock clock_{kNow};
    std::mutex mutex_;
    std::condition_variable released_;
    bool is_released_ = false;
    /// The last member, hence the first to end: its answers come from the others.
    fake::HttpServer server_{[this](const fake::Request& request) { return answer_(request); }};
};

TEST_F(SignedCalls, CarryASignatureThatTheSecretGives) {
    const auto answer = client()->send({.method = "GET",
                                        .path = "/bucket/a b/ä",
                                        .query = {{"prefix", "x/ y"}, {"a", "1"}},
                                        .headers = {{"range", "bytes=0-9"}}},
                                       kEmptyHash);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, "done");
    const auto request = server_.requests().at(0);
    EXPECT_EQ(request.target, "/bucket/a%20b/%C3%A4?a=1&prefix=x%2F%20y");
    ASSERT_EQ(request.header("Authorization").size(), 1U);
    ASSERT_EQ(request.header("Host"), std::vector{server_.host()});
    EXPECT_EQ(request.header("x-amz-date"), std::vector<std::string>{"20130524T000000Z"});
    const auto claim =
        crypto::sigv4::read_authorization(request.header("Authorization")[0], "20130524T000000Z");
    ASSERT_TRUE(claim) << claim.error().message;
    EXPECT_THAT(claim->signed_headers, ElementsAre("host", "range", "x-amz-content-sha256", "x-amz-date"));
    const Pairs query{{"prefix", "x/ y"}, {"a", "1"}};
    const Pairs headers{{"host", server_.host()},
                        {"range", "bytes=0-9"},
                        {"x-amz-content-sha256", std::string(kEmptyHash)},
                        {"x-amz-date", "20130524T000000Z"}};
    EXPECT_TRUE(crypto::sigv4::verify(*claim, kSecret, {"GET", "/bucket/a b/ä", query, headers, kEmptyHash}));
    for (const auto& [name, value] : request.headers) EXPECT_THAT(value, Not(HasSubstr(kSecret))) << name;
}

TEST_F(SignedCalls, SendAPartOfAFile) {
    const test::TemporaryFolder folder;
    std::ofstream(folder / "file") << "0123456789";
    const int file = ::open((folder / "file").c_str(), O_RDONLY | O_CLOEXEC);
    const auto answer =
        client()->send({.method = "PUT", .path = "/x", .body = FilePart{file, 2, 5}}, kEmptyHash);
    ::close(file);
    ASSERT_TRUE(answer) << answer.error().message;
    const auto request = server_.requests().at(0);
    EXPECT_EQ(request.body, "23456");
    EXPECT_EQ(request.header("Content-Length"), std::vector<std::string>{"5"});
}

TEST_F(SignedCalls, AreGivenUpWhenTheClientEnds) {
    std::promise<void> asked;
    answer_ = [&](const fake::Request&) {
        asked.set_value();  // throws if it is asked again
        return say_nothing();
    };
    const auto caller = client(3, std::chrono::hours(24));
    auto waiting = std::async(std::launch::async,
                              [&] { return caller->send({.method = "GET", .path = "/"}, kEmptyHash); });
    asked.get_future().wait();
    caller->end();
    EXPECT_FALSE(waiting.get());
    EXPECT_FALSE(caller->send({.method = "GET", .path = "/"}, kEmptyHash));
    EXPECT_EQ(server_.requests().size(), 1U);
}

TEST_F(SignedCalls, KeepTheirConnection) {
    const auto caller = client();
    for (int count = 0; count < 5; ++count)
        ASSERT_TRUE(caller->send({.method = "GET", .path = "/"}, kEmptyHash));
    EXPECT_EQ(server_.connections(), 1U);
}

TEST_F(SignedCalls, AreSentAgainWhileTheServerFails) {
    answer_in_turn({500, 503, 200});
    const auto answer = client()->send({.method = "PUT", .path = "/", .body = "text"}, kEmptyHash);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    ASSERT_EQ(server_.requests().size(), 3U);
    for (const auto& request : server_.requests()) EXPECT_EQ(request.body, "text");
}

TEST_F(SignedCalls, AreSentNoMoreOftenThanTheyMay) {
    answer_in_turn({500, 502, 504});
    const auto answer = client()->send({.method = "GET", .path = "/"}, kEmptyHash);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 504);
    EXPECT_EQ(server_.requests().size(), 3U);
}

TEST_F(SignedCalls, AreNotSentAgainWhenTheyAreRefused) {
    answer_in_turn({403});
    const auto answer = client()->send({.method = "GET", .path = "/"}, kEmptyHash);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 403);
}

TEST_F(SignedCalls, AreSentAgainWhenTheConnectionIsLost) {
    answer_ = [count = 0](const fake::Request&) mutable {
        return fake::Response{.status = 200, .body = "done", .drop = count++ < 2};
    };
    const auto answer = client()->send({.method = "GET", .path = "/"}, kEmptyHash);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, "done");
}

TEST_F(SignedCalls, ThatMayBeSentOnceOnlyAre) {
    answer_ = [](const fake::Request&) { return fake::Response{.status = 200, .body = "", .drop = true}; };
    const auto caller = client();
    const auto lost = caller->send({.method = "DELETE", .path = "/", .only_once = true}, kEmptyHash);
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().reason, NoAnswer::Reason::Lost);
    EXPECT_EQ(server_.requests().size(), 1U);
    answer_in_turn({503});
    EXPECT_EQ(caller->send({.method = "DELETE", .path = "/", .only_once = true}, kEmptyHash)->status, 503);
    EXPECT_EQ(server_.requests().size(), 2U);
}

TEST_F(SignedCalls, AreGivenUpWhenNothingComes) {
    answer_ = [this](const fake::Request&) { return say_nothing(); };
    const auto answer = client(1)->send({.method = "GET", .path = "/"}, kEmptyHash);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().reason, NoAnswer::Reason::Lost);
}

TEST_F(SignedCalls, DoNotTakeHalfAnAnswerForOne) {
    answer_ = [](const fake::Request&) { return fake::Response{.status = 200, .body = "half", .length = 8}; };
    const auto answer = client(1)->send({.method = "GET", .path = "/"}, kEmptyHash);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().reason, NoAnswer::Reason::Lost);
}

TEST_F(SignedCalls, DoNotHoldAnAnswerThatIsTooLong) {
    answer_ = [](const fake::Request&) { return fake::Response{200, std::string(1'001, 'x')}; };
    const auto answer = client(1)->send({.method = "GET", .path = "/"}, kEmptyHash);
    ASSERT_FALSE(answer);
    EXPECT_THAT(answer.error().message, HasSubstr("longer"));
}

TEST_F(SignedCalls, KnowWhenNothingWasSent) {
    // A port that is taken, and where nobody listens.
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    ASSERT_EQ(::bind(socket, generic, size), 0);
    ASSERT_EQ(::getsockname(socket, generic, &size), 0);
    HttpOptions options;
    options.origin = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    HttpClient caller(options);
    const auto answer = caller.send({.method = "GET", .path = "/"});
    ::close(socket);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().reason, NoAnswer::Reason::Unreachable);
}

}  // namespace
}  // namespace cript::outbound
