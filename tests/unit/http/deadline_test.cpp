/// What ends a request, or a connection, that takes too long or is one too many.

#include <gtest/gtest.h>

#include "raw_client.hpp"
#include "running_server.hpp"

namespace cript::http::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kGet = "GET /echo HTTP/1.1\r\nHost: here\r\n\r\n";

TEST(Deadline, EndsARequestWhoseHeaderComesTooSlowly) {
    ServerOptions options;
    options.header_timeout = 1s;  // also for a first byte
    RunningServer server({quick(Method::Get, "/echo")}, options);
    RawClient client(server.port());
    client.send("GET /echo HTTP/1.1\r\nHo");
    const auto response = client.receive();
    EXPECT_EQ(response->status, 408U);
    EXPECT_EQ(response->headers.at("connection"), "close");
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST(Deadline, OfAHeaderIsNotMovedByBytesThatTrickleIn) {
    ServerOptions options;
    options.header_timeout = 1s;
    RunningServer server({quick(Method::Get, "/echo")}, options);
    RawClient client(server.port());
    client.send("GET /echo HTTP/1.1\r\nX: ");
    while (client.is_silent(5ms)) client.send("x");
    EXPECT_EQ(client.receive()->status, 408U);
}

TEST(Deadline, EndsARequestWhoseBodyStops) {
    ServerOptions options;
    options.read_timeout = 60ms;
    RunningServer server({pooled(Method::Post, "/echo")}, options);
    RawClient client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\n01234");
    EXPECT_EQ(client.receive()->status, 408U);
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST(Deadline, OfABodyIsNotMovedByBytesThatTrickleIn) {
    ServerOptions options;
    options.read_timeout = 100ms;
    RunningServer server({pooled(Method::Post, "/echo", echo, 1'000'000)}, options);
    RawClient client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 100000\r\n\r\n");
    while (client.is_silent(5ms)) client.send("x");
    EXPECT_EQ(client.receive()->status, 408U);
}

TEST(Deadline, EndsARequestWhoseInvitedBodyNeverComes) {
    ServerOptions options;
    options.read_timeout = 60ms;
    RunningServer server({pooled(Method::Post, "/echo")}, options);
    RawClient client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: here\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    EXPECT_EQ(client.receive()->status, 100U);
    EXPECT_EQ(client.receive()->status, 408U);
}

TEST(Deadline, ClosesAnIdleConnectionInSilence) {
    ServerOptions options;
    options.idle_timeout = 1s;
    RunningServer server({quick(Method::Get, "/echo")}, options);
    RawClient served(server.port());
    RawClient mute(server.port());
    EXPECT_EQ(served.ask(kGet)->status, 200U);
    EXPECT_TRUE(served.is_closed_by_server());
    EXPECT_TRUE(mute.is_closed_by_server());
}

TEST(Deadline, CutsOffAClientThatDoesNotReadItsAnswer) {
    ServerOptions options;
    options.write_timeout = 60ms;
    const auto content = std::make_shared<const std::string>(std::string(50'000'000, 'x'));
    RunningServer server(
        {quick(Method::Get, "/echo",
               [&](const Request&) { return std::optional(Response{.shared_body = content}); })},
        options);
    RawClient client(server.port());
    client.send(kGet);
    EXPECT_FALSE(client.is_silent(60s));
    server.stop();
    server.join();  // ends because the connection was cut off; nothing was read here
    EXPECT_FALSE(client.receive());
}

TEST(Overload, AnswersARequestThatWaitedForThePoolTooLong) {
    Gate gate;
    auto route = pooled(Method::Get, "/gate", [&](const Request& request) {
        gate.pass();
        return echo(request);
    });
    route.deadline = 1s;
    ServerOptions options;
    options.pool_threads = 1;
    RunningServer server({std::move(route)}, options);
    RawClient running(server.port());
    running.send("GET /gate HTTP/1.1\r\nHost: here\r\n\r\n");
    gate.wait_for_arrivals(1);
    RawClient waiting(server.port());
    const auto refused = waiting.ask("GET /gate HTTP/1.1\r\nHost: here\r\n\r\n");
    EXPECT_EQ(refused->status, 503U);
    EXPECT_EQ(refused->headers.at("retry-after"), "1");
    EXPECT_TRUE(running.is_silent());
    gate.open();
    EXPECT_EQ(running.receive()->status, 200U);
    EXPECT_EQ(waiting.ask("GET /gate HTTP/1.1\r\nHost: here\r\n\r\n")->status, 200U);
}

TEST(Overload, AnswersAtOnceWhenThePoolsQueueIsFull) {
    Gate seen;
    Gate gate;
    auto route = pooled(Method::Get, "/gate", [&](const Request& request) {
        gate.pass();
        return echo(request);
    });
    route.quick = [&](const Request&) -> std::optional<Response> {
        seen.arrive();
        return std::nullopt;
    };
    ServerOptions options;
    options.pool_threads = 1;
    options.pool_queue = 1;
    options.io_threads = 1;
    RunningServer server({std::move(route)}, options);
    RawClient running(server.port());
    running.send("GET /gate HTTP/1.1\r\nHost: here\r\n\r\n");
    gate.wait_for_arrivals(1);
    RawClient waiting(server.port());
    waiting.send("GET /gate HTTP/1.1\r\nHost: here\r\n\r\n");
    seen.wait_for_arrivals(2);  // the one I/O thread queues it before it turns to the next
    RawClient refused(server.port());
    const auto response = refused.ask("GET /gate HTTP/1.1\r\nHost: here\r\n\r\n");
    EXPECT_EQ(response->status, 503U);
    EXPECT_EQ(response->headers.at("retry-after"), "1");
    gate.open();
    EXPECT_EQ(running.receive()->status, 200U);
    EXPECT_EQ(waiting.receive()->status, 200U);
}

TEST(Overload, OfTransfersHoldsNothingElseUp) {
    Gate gate;
    auto transfer = pooled(Method::Get, "/gate", [&](const Request& request) {
        gate.pass();
        return echo(request);
    });
    transfer.moves_files = true;
    ServerOptions options;
    options.pool_threads = 1;
    options.transfer_threads = 1;
    RunningServer server({std::move(transfer), pooled(Method::Get, "/echo")}, options);
    RawClient running(server.port());
    running.send("GET /gate HTTP/1.1\r\nHost: here\r\n\r\n");
    gate.wait_for_arrivals(1);
    RawClient waiting(server.port());
    waiting.send("GET /gate HTTP/1.1\r\nHost: here\r\n\r\n");
    RawClient other(server.port());
    EXPECT_EQ(other.ask(kGet)->status, 200U);
    EXPECT_TRUE(running.is_silent());
    gate.open();
    EXPECT_EQ(running.receive()->status, 200U);
    EXPECT_EQ(waiting.receive()->status, 200U);
}

TEST(Overload, TurnsAwayAConnectionTooManyOfOneAddress) {
    ServerOptions options;
    options.connections_per_address = 1;
    RunningServer server({quick(Method::Get, "/echo")}, options);
    {
        RawClient first(server.port());
        EXPECT_EQ(first.ask(kGet)->status, 200U);
        RawClient second(server.port());
        EXPECT_EQ(second.receive()->status, 503U);
        EXPECT_TRUE(second.is_closed_by_server());
        EXPECT_EQ(first.ask("GET /echo HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")->status, 200U);
        EXPECT_TRUE(first.is_closed_by_server());
    }
    RawClient third(server.port());
    EXPECT_EQ(third.ask(kGet)->status, 200U);
}

TEST(Overload, TurnsAwayAConnectionTooManyInAll) {
    ServerOptions options;
    options.connections = 1;
    RunningServer server({quick(Method::Get, "/echo")}, options);
    RawClient first(server.port());
    EXPECT_EQ(first.ask(kGet)->status, 200U);
    RawClient second(server.port());
    const auto refused = second.receive();
    EXPECT_EQ(refused->status, 503U);
    EXPECT_EQ(refused->headers.at("retry-after"), "1");
}

}  // namespace
}  // namespace cript::http::testing
