#include "http/server.hpp"

#include <gtest/gtest.h>

#include "raw_client.hpp"
#include "running_server.hpp"

namespace cript::http::testing {
namespace {

constexpr std::string_view kGet = "GET /echo HTTP/1.1\r\nHost: here\r\n\r\n";

TEST(Server, AnswersAQuickRouteOnTheIoThread) {
    RunningServer server({quick(Method::Get, "/echo")});
    RawClient client(server.port());
    const auto response = client.ask("GET /echo?a=%20b HTTP/1.1\r\nHost: here\r\n\r\n");
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 200U);
    EXPECT_EQ(response->body, "/echo|a=%20b|");
    EXPECT_EQ(response->headers.at("server"), "OpenCRIPT");
    EXPECT_EQ(response->headers.at("date").size(), 29U);
}

TEST(Server, RunsTheHandlerOnThePoolWhenTheQuickOneDeclines) {
    auto route = pooled(Method::Get, "/echo");
    std::thread::id quick_thread;
    std::thread::id pool_thread;
    route.quick = [&](const Request&) -> std::optional<Response> {
        quick_thread = std::this_thread::get_id();
        return std::nullopt;
    };
    route.handler = [&](const Request& request) {
        pool_thread = std::this_thread::get_id();
        return echo(request);
    };
    RunningServer server({std::move(route)});
    RawClient client(server.port());
    EXPECT_EQ(client.ask(kGet)->body, "/echo||");
    EXPECT_NE(quick_thread, pool_thread);
}

TEST(Server, ReadsABodyByItsLength) {
    RunningServer server({pooled(Method::Post, "/echo")});
    RawClient client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\n01234");
    client.send("56789");
    EXPECT_EQ(client.receive()->body, "/echo||0123456789");
}

TEST(Server, ReadsAChunkedBodyAndDropsItsTrailer) {
    auto route = pooled(Method::Post, "/echo");
    route.handler = [](const Request& request) {
        return Response{.body = request.body + (request.headers.find("x-late") ? " trailer" : "")};
    };
    RunningServer server({std::move(route)});
    RawClient client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n");
    client.send("3;name=value\r\n567\r\n0\r\nX-Late: 1\r\n\r\n");
    EXPECT_EQ(client.receive()->body, "01234567");
    EXPECT_EQ(client.ask("POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\nhi")->body, "hi");
}

TEST(Server, ServesOneRequestAfterTheOtherOnAConnection) {
    RunningServer server({pooled(Method::Get, "/echo")});
    RawClient client(server.port());
    for (int round = 0; round < 3; ++round) {
        const auto response = client.ask(kGet);
        ASSERT_TRUE(response);
        EXPECT_EQ(response->headers.count("connection"), 0U);
    }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    RunningServer server({pooled(Method::Post, "/slow"), quick(Method::Get, "/quick/{n}")});
    RawClient client(server.port());
    client.send(
        "POST /slow HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\n\r\nabc"
        "GET /quick/1 HTTP/1.1\r\nHost: here\r\n\r\n"
        "GET /quick/2 HTTP/1.1\r\nHost: here\r\n\r\n");
    EXPECT_EQ(client.receive()->body, "/slow||abc");
    EXPECT_EQ(client.receive()->body, "/quick/1||");
    EXPECT_EQ(client.receive()->body, "/quick/2||");
}

TEST(Server, ClosesWhenTheClientAsksForIt) {
    RunningServer server({quick(Method::Get, "/echo")});
    RawClient client(server.port());
    const auto response = client.ask("GET /echo HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(response->headers.at("connection"), "close");
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST(Server, ClosesAfterAnHttp10RequestUnlessAskedToKeep) {
    RunningServer server({quick(Method::Get, "/echo")});
    RawClient closing(server.port());
    EXPECT_EQ(closing.ask("GET /echo HTTP/1.0\r\n\r\n")->headers.at("connection"), "close");
    EXPECT_TRUE(closing.is_closed_by_server());
    RawClient keeping(server.port());
    const std::string_view request = "GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
    EXPECT_EQ(keeping.ask(request)->headers.at("connection"), "keep-alive");
    EXPECT_EQ(keeping.ask(request)->status, 200U);
}

TEST(Server, AnswersHeadWithTheLengthOfTheBodyItDoesNotSend) {
    RunningServer server({quick(Method::Get, "/echo")});
    RawClient client(server.port());
    client.send("HEAD /echo HTTP/1.1\r\nHost: here\r\n\r\n");
    const auto head = client.receive(true);
    EXPECT_EQ(head->headers.at("content-length"), "7");
    EXPECT_EQ(client.ask(kGet)->body, "/echo||");
}

TEST(Server, ListsTheMethodsOfAPath) {
    RunningServer server({quick(Method::Get, "/echo"), pooled(Method::Post, "/echo")});
    RawClient client(server.port());
    const auto options = client.ask("OPTIONS /echo HTTP/1.1\r\nHost: here\r\n\r\n");
    EXPECT_EQ(options->status, 204U);
    EXPECT_EQ(options->headers.at("allow"), "GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(options->headers.count("content-length"), 0U);
    const auto refused = client.ask("DELETE /echo HTTP/1.1\r\nHost: here\r\n\r\n");
    EXPECT_EQ(refused->status, 405U);
    EXPECT_EQ(refused->headers.at("allow"), "GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(client.ask("OPTIONS * HTTP/1.1\r\nHost: here\r\n\r\n")->status, 204U);
}

TEST(Server, AsksTheFailureHookForA404AndKeepsTheConnection) {
    RunningServer server({quick(Method::Get, "/echo")});
    RawClient client(server.port());
    const auto response = client.ask("GET /nowhere HTTP/1.1\r\nHost: here\r\n\r\n");
    EXPECT_EQ(response->status, 404U);
    EXPECT_EQ(response->body, "failure: There is nothing at this path.");
    EXPECT_EQ(client.ask(kGet)->status, 200U);
}

TEST(Server, Answers404WhereOnlyAQuickHandlerCouldAnswerAndDeclines) {
    RunningServer server(
        {quick(Method::Get, "/echo", [](const Request&) { return std::optional<Response>(); })});
    RawClient client(server.port());
    EXPECT_EQ(client.ask(kGet)->status, 404U);
}

TEST(Server, AnswersAHandlerThatThrowsWith500AndGoesOn) {
    RunningServer server(
        {pooled(Method::Get, "/pooled", [](const Request&) -> Response { throw std::string("x"); }),
         quick(Method::Get, "/quick",
               [](const Request&) -> std::optional<Response> { throw std::runtime_error("x"); }),
         quick(Method::Get, "/echo")});
    RawClient client(server.port());
    EXPECT_EQ(client.ask("GET /pooled HTTP/1.1\r\nHost: here\r\n\r\n")->status, 500U);
    EXPECT_EQ(client.ask("GET /quick HTTP/1.1\r\nHost: here\r\n\r\n")->status, 500U);
    EXPECT_EQ(client.ask(kGet)->status, 200U);
}

TEST(Server, Answers500InsteadOfAFieldThatBreaksOutOfTheHeader) {
    RunningServer server({quick(Method::Get, "/echo", [](const Request&) {
        return std::optional(Response{.body = "x"}.with("X-Name", "a\r\nSet-Cookie: b"));
    })});
    RawClient client(server.port());
    const auto response = client.ask(kGet);
    EXPECT_EQ(response->status, 500U);
    EXPECT_EQ(response->headers.count("set-cookie"), 0U);
}

TEST(Server, TellsWhatEachRequestCameTo) {
    RunningServer server({quick(Method::Get, "/item/{id}")});
    RawClient client(server.port());
    (void)client.ask("GET /item/7 HTTP/1.1\r\nHost: here\r\n\r\n");
    (void)client.ask("GET /item HTTP/1.1\r\nHost: here\r\n\r\n");
    (void)client.ask("GET /item HTTP/2.7\r\nHost: here\r\n\r\n");
    const std::vector<std::string> expected{"GET /item/{id} 200", "GET  404", "GET  505"};
    EXPECT_EQ(server.completed(3), expected);
}

TEST(Server, SaysWhyItCannotListen) {
    RunningServer server({});
    const Router router;
    ServerOptions options;
    options.port = server.port();
    const auto second = Server::bind(options, router, {});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, base::ErrorKind::Unavailable);
    EXPECT_NE(second.error().message.find("Cannot listen on 127.0.0.1:"), std::string::npos);
    options.address = "no such address";
    EXPECT_FALSE(Server::bind(options, router, {}));
}

TEST(Server, SendsALargeSharedBodyToASlowReader) {
    const auto content = std::make_shared<const std::string>(std::string(20'000'000, 'x'));
    RunningServer server({quick(Method::Get, "/echo", [&](const Request&) {
        return std::optional(Response{.shared_body = content});
    })});
    RawClient client(server.port());
    EXPECT_EQ(client.ask(kGet)->body, *content);
    EXPECT_EQ(client.ask(kGet)->body.size(), content->size());
}

}  // namespace
}  // namespace cript::http::testing
