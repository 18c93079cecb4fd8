/// What is decided when the header is complete and the body has not been read.

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace cript::http::testing
