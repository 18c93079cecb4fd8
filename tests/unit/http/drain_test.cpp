/// How a server, and a client, may leave in the middle of things.

#include <gtest/gtest.h>

#include "raw_client.hpp"
#include "running_server.hpp"

namespace cript::http::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kGate = "GET /gate HTTP/1.1\r\nHost: here\r\n\r\n";

Route gated(Gate& gate) {
    return pooled(Method::Get, "/gate", [&gate](const Request& request) {
        gate.pass();
        return echo(request);
    });
}

ServerOptions one_io_thread() {
    ServerOptions options;
    options.io_threads = 1;
    return options;
}

TEST(Drain, LetsARunningRequestEndAndThenCloses) {
    Gate gate;
    RunningServer server({gated(gate)}, one_io_thread());
    RawClient idle(server.port());
    RawClient client(server.port());
    client.send(kGate);
    gate.wait_for_arrivals(1);
    server.stop();
    EXPECT_TRUE(idle.is_closed_by_server());  // so the drain has begun
    EXPECT_TRUE(client.is_silent());
    gate.open();
    const auto response = client.receive();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "/gate||");
    EXPECT_EQ(response->headers.at("connection"), "close");
    EXPECT_TRUE(client.is_closed_by_server());
    server.join();
}

TEST(Drain, ClosesIdleConnectionsAndTheListenerAtOnce) {
    Gate gate;
    RunningServer server({gated(gate), quick(Method::Get, "/echo")});
    RawClient busy(server.port());
    busy.send(kGate);
    gate.wait_for_arrivals(1);
    RawClient idle(server.port());
    EXPECT_EQ(idle.ask("GET /echo HTTP/1.1\r\nHost: here\r\n\r\n")->status, 200U);
    server.stop();
    EXPECT_TRUE(idle.is_closed_by_server());
    EXPECT_THROW(RawClient(server.port()), std::runtime_error);
    gate.open();
    EXPECT_EQ(busy.receive()->status, 200U);
}

TEST(Drain, LetsARequestThatIsStillArrivingEnd) {
    RunningServer server({pooled(Method::Post, "/echo")}, one_io_thread());
    RawClient idle(server.port());
    RawClient client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: here\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    EXPECT_EQ(client.receive()->status, 100U);
    server.stop();
    EXPECT_TRUE(idle.is_closed_by_server());
    client.send("abc");
    const auto response = client.receive();
    EXPECT_EQ(response->body, "/echo||abc");
    EXPECT_EQ(response->headers.at("connection"), "close");
    server.join();
}

TEST(Drain, CutsOffWhatOutlastsItsTimeout) {
    Gate gate;
    ServerOptions options;
    options.drain_timeout = 50ms;
    RunningServer server({gated(gate)}, options);
    RawClient client(server.port());
    client.send(kGate);
    gate.wait_for_arrivals(1);
    server.stop();
    server.join();  // though the handler still runs
    EXPECT_TRUE(client.is_closed_by_server());
    gate.open();
}

TEST(Drain, MayBeAskedForTwiceAndBeforeTheServerRuns) {
    const Router router;
    ServerOptions options;
    options.port = 0;
    const auto server = Server::bind(options, router, {});
    (*server)->stop();
    (*server)->stop();
    (*server)->run();
}

TEST(Drain, EndsAServerThatNeverRan) {
    const Router router;
    ServerOptions options;
    options.port = 0;
    EXPECT_NE(Server::bind(options, router, {}).value()->port(), 0);
}

TEST(Client, MayVanishWhileItsHandlerRuns) {
    Gate gate;
    RunningServer server({gated(gate), quick(Method::Get, "/echo")});
    RawClient client(server.port());
    client.send(kGate);
    gate.wait_for_arrivals(1);
    client.vanish();
    gate.open();
    RawClient next(server.port());
    EXPECT_EQ(next.ask("GET /echo HTTP/1.1\r\nHost: here\r\n\r\n")->status, 200U);
}

TEST(Client, MayVanishInTheMiddleOfABody) {
    RunningServer server({pooled(Method::Post, "/echo"), quick(Method::Get, "/echo")});
    RawClient client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\nabc");
    client.vanish();
    RawClient next(server.port());
    EXPECT_EQ(next.ask("GET /echo HTTP/1.1\r\nHost: here\r\n\r\n")->status, 200U);
}

}  // namespace
}  // namespace cript::http::testing
