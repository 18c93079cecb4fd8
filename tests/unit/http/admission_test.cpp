/// What is decided when the header is complete and the body has not been read.

#include <gtest/gtest.h>

#include <thread>

#include "raw_client.hpp"
#include "running_server.hpp"

namespace cript::http::testing {
namespace {

/// A route that wants an Authorization field before it reads a body.
Route guarded_route() {
    auto route = pooled(Method::Post, "/echo");
    route.admit = [](const Request& request) -> std::optional<Response> {
        if (request.headers.find("authorization")) return std::nullopt;
        return Response{.status = 401};
    };
    return route;
}

TEST(Admission, AnswersBeforeTheBodyIsSentAndCloses) {
    RunningServer server({guarded_route()});
    RawClient client(server.port());
    const auto response = client.ask("POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 500\r\n\r\n");
    EXPECT_EQ(response->status, 401U);
    EXPECT_EQ(response->headers.at("connection"), "close");
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST(Admission, KeepsTheConnectionWhenThereIsNoBody) {
    RunningServer server({guarded_route()});
    RawClient client(server.port());
    EXPECT_EQ(client.ask("POST /echo HTTP/1.1\r\nHost: here\r\n\r\n")->status, 401U);
    EXPECT_EQ(client.ask("POST /echo HTTP/1.1\r\nHost: here\r\nAuthorization: x\r\n\r\n")->status, 200U);
}

TEST(Admission, InvitesTheBodyOfARequestThatItLetsIn) {
    RunningServer server({guarded_route()});
    RawClient client(server.port());
    const auto interim = client.ask(
        "POST /echo HTTP/1.1\r\nHost: here\r\nAuthorization: x\r\nExpect: 100-continue\r\nContent-Length: "
        "3\r\n\r\n");
    EXPECT_EQ(interim->status, 100U);
    EXPECT_EQ(interim->text, "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(client.ask("abc")->body, "/echo||abc");
    EXPECT_EQ(
        client.ask("POST /echo HTTP/1.1\r\nHost: here\r\nAuthorization: x\r\nContent-Length: 1\r\n\r\nd")
            ->body,
        "/echo||d");
}

TEST(Admission, NeverInvitesABodyThatItRefuses) {
    RunningServer server({guarded_route()});
    RawClient unknown(server.port());
    EXPECT_EQ(
        unknown.ask("POST /echo HTTP/1.1\r\nHost: here\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
            ->status,
        401U);
    RawClient too_long(server.port());
    EXPECT_EQ(too_long
                  .ask("POST /echo HTTP/1.1\r\nHost: here\r\nAuthorization: x\r\nExpect: 100-continue\r\n"
                       "Content-Length: 3000\r\n\r\n")
                  ->status,
              413U);
}

TEST(Admission, DoesNotInviteABodyThatHasBegunToArrive) {
    RunningServer server({guarded_route()});
    RawClient client(server.port());
    const auto response = client.ask(
        "POST /echo HTTP/1.1\r\nHost: here\r\nAuthorization: x\r\nExpect: 100-continue\r\nContent-Length: "
        "3\r\n\r\nabc");
    EXPECT_EQ(response->body, "/echo||abc");
}

TEST(Admission, IsFollowedBy413BeforeALongBodyIsReadAndTheAnswerGetsThrough) {
    RunningServer server({pooled(Method::Post, "/echo")});
    RawClient client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 5000000\r\n\r\n");
    client.send(std::string(5'000'000, 'x'));
    EXPECT_EQ(client.receive()->status, 413U);
}

/// The same where whose token it is takes a question: asked on the pool.
Route asking_route() {
    auto route = guarded_route();
    route.admit_waits = true;
    route.body_limit = 1'000'000;
    return route;
}

std::string post(std::size_t length, std::string_view more = "") {
    return "POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: " + std::to_string(length) + "\r\n" +
           std::string(more) + "\r\n";
}

TEST(Admission, AsksOnThePoolBeforeALongBodyIsRead) {
    RunningServer server({asking_route()});
    RawClient stranger(server.port());
    EXPECT_EQ(stranger.ask(post(500'000))->status, 401U);
    EXPECT_TRUE(stranger.is_closed_by_server());
    RawClient chunked(server.port());
    EXPECT_EQ(chunked.ask("POST /echo HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n")->status,
              401U);
    RawClient known(server.port());
    known.send(post(500'000, "Authorization: x\r\n"));
    known.send(std::string(500'000, 'x'));
    EXPECT_EQ(known.receive()->body.size(), 500'000 + std::string("/echo||").size());
}

TEST(Admission, LeavesAShortBodyToTheHandler) {
    RunningServer server({asking_route()});
    RawClient client(server.port());
    EXPECT_EQ(client.ask(post(3) + "abc")->body, "/echo||abc");
}

ServerOptions little_memory() {
    ServerOptions options;
    options.body_memory = {.total = 1'000'000, .per_client = 600'000};
    return options;
}

Route long_route(std::size_t limit = 900'000) {
    return pooled(Method::Post, "/echo", [](const Request&) { return Response{}; }, limit);
}

TEST(BodyMemory, IsTakenBeforeABodyIsReadAndGivenBackAtTheEnd) {
    RunningServer server({long_route()}, little_memory());
    RawClient first(server.port());
    RawClient second(server.port());
    first.send(post(500'000) + std::string(100'000, 'x'));
    while (server.body_bytes() == 0) std::this_thread::yield();
    EXPECT_EQ(server.body_bytes(), 500'000U);
    const auto refused = second.ask(post(500'000));
    EXPECT_EQ(refused->status, 429U);
    EXPECT_EQ(refused->headers.at("retry-after"), "1");
    first.send(std::string(400'000, 'x'));
    EXPECT_EQ(first.receive()->status, 200U);
    RawClient third(server.port());
    third.send(post(500'000) + std::string(500'000, 'x'));
    EXPECT_EQ(third.receive()->status, 200U);
}

TEST(BodyMemory, IsBoundedForAllTogether) {
    ServerHooks hooks;
    hooks.clients = [](const Request& request) {
        return std::vector<std::string>{std::string(request.headers.find("x-client").value_or(""))};
    };
    RunningServer server({long_route()}, little_memory(), hooks);
    RawClient first(server.port());
    RawClient second(server.port());
    first.send(post(550'000, "X-Client: a\r\n"));
    while (server.body_bytes() == 0) std::this_thread::yield();
    const auto refused = second.ask(post(550'000, "X-Client: b\r\n"));
    EXPECT_EQ(refused->status, 503U);
    EXPECT_EQ(refused->headers.at("retry-after"), "1");
}

TEST(BodyMemory, CountsAChunkedBodyAsItComes) {
    RunningServer server({long_route()}, little_memory());
    RawClient client(server.port());
    const std::string chunk = "186a0\r\n" + std::string(100'000, 'x') + "\r\n";
    client.send("POST /echo HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int count = 0; count < 8; ++count) client.send(chunk);
    EXPECT_EQ(client.receive()->status, 413U) << "no client may have so much";
}

TEST(BodyMemory, IsGivenBackByAClientThatGoesAway) {
    RunningServer server({long_route()}, little_memory());
    {
        RawClient client(server.port());
        client.send(post(500'000));
        while (server.body_bytes() == 0) std::this_thread::yield();
    }
    while (server.body_bytes() != 0) std::this_thread::yield();
}

}  // namespace
}  // namespace cript::http::testing
