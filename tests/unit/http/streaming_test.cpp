#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "raw_client.hpp"
#include "running_server.hpp"

namespace cript::http::testing {
namespace {

/// What a receiver saw, for the test to look at.
struct Seen {
    std::string body;
    std::size_t largest_piece = 0;
    std::thread::id taken_on;
    std::thread::id finished_on;
    std::promise<void> given_up;
};

class Recorder final : public BodyReceiver {
  public:
    explicit Recorder(Seen& seen) : seen_(seen) {}
    ~Recorder() override {
        if (!finished_) seen_.given_up.set_value();
    }

    std::optional<Response> take(std::string_view piece) override {
        count_ += piece.size();
        seen_.body.append(piece);
        seen_.largest_piece = std::max(seen_.largest_piece, piece.size());
        seen_.taken_on = std::this_thread::get_id();
        if (piece.find('!') == std::string_view::npos) return std::nullopt;
        return Response{.status = 422, .body = "no exclamations"};
    }
    Response finish(const Request& request) override {
        finished_ = true;
        seen_.finished_on = std::this_thread::get_id();
        return Response{.body = request.path + " took " + std::to_string(count_) +
                                (request.body.empty() ? "" : " and held some")};
    }

  private:
    Seen& seen_;
    std::size_t count_ = 0;
    bool finished_ = false;
};

Route receiving(Seen& seen) {
    Route route;
    route.method = Method::Put;
    route.pattern = "/file";
    route.body_limit = 10'000'000;
    route.receive = [&seen](const Request& request) -> Reception {
        if (request.headers.find("x-refuse")) return Response{.status = 403, .body = "not you"};
        return std::make_unique<Recorder>(seen);
    };
    return route;
}

std::string put(std::size_t length, std::string_view more = "") {
    return "PUT /file HTTP/1.1\r\nHost: here\r\nContent-Length: " + std::to_string(length) + "\r\n" +
           std::string(more) + "\r\n";
}

std::string pattern(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t at = 0; at < size; ++at) bytes[at] = static_cast<char>('a' + (at * 7 + at / 1'000) % 26);
    return bytes;
}

TEST(Streaming, DeliversABodyInPiecesAndFinishesOnThePool) {
    Seen seen;
    RunningServer server({receiving(seen)});
    RawClient client(server.port());
    const auto body = pattern(3'000'000);
    client.send(put(body.size()));
    client.send(body);
    EXPECT_EQ(client.receive()->body, "/file took 3000000");
    EXPECT_EQ(seen.body, body);
    EXPECT_LE(seen.largest_piece, 128U << 10U);
    EXPECT_NE(seen.taken_on, seen.finished_on);
}

TEST(Streaming, DeliversAChunkedBody) {
    Seen seen;
    RunningServer server({receiving(seen)});
    RawClient client(server.port());
    client.send("PUT /file HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n");
    client.send("3\r\n567\r\n0\r\n\r\n");
    EXPECT_EQ(client.receive()->body, "/file took 8");
    EXPECT_EQ(seen.body, "01234567");
}

TEST(Streaming, FinishesABodyOfNothing) {
    Seen seen;
    RunningServer server({receiving(seen)});
    RawClient client(server.port());
    EXPECT_EQ(client.ask(put(0))->body, "/file took 0");
}

TEST(Streaming, AsksForTheBodyOnlyWhenItIsWanted) {
    Seen seen;
    RunningServer server({receiving(seen)});
    RawClient client(server.port());
    client.send(put(2, "Expect: 100-continue\r\n"));
    EXPECT_EQ(client.receive()->status, 100U);
    client.send("hi");
    EXPECT_EQ(client.receive()->body, "/file took 2");
    client.send(put(0, "Expect: 100-continue\r\n"));
    EXPECT_EQ(client.receive()->status, 100U) << "asked, though nothing follows";
    EXPECT_EQ(client.receive()->body, "/file took 0");

    const auto refused = client.ask(put(2, "Expect: 100-continue\r\nX-Refuse: 1\r\n"));
    EXPECT_EQ(refused->status, 403U);
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST(Streaming, EndsABodyThatTheReceiverRefuses) {
    Seen seen;
    RunningServer server({receiving(seen)});
    RawClient client(server.port());
    client.send(put(1'000) + "so far so good!");
    EXPECT_EQ(client.receive()->status, 422U);
    seen.given_up.get_future().get();
}

TEST(Streaming, RefusesABodyBeyondTheLimit) {
    Seen seen;
    RunningServer server({receiving(seen)});
    RawClient client(server.port());
    EXPECT_EQ(client.ask(put(10'000'001))->status, 413U);
    seen.given_up.get_future().get();
}

TEST(Streaming, GivesUpWhenTheClientGoesAway) {
    Seen seen;
    RunningServer server({receiving(seen)});
    {
        RawClient client(server.port());
        client.send(put(1'000) + "half of it");
    }
    seen.given_up.get_future().get();
}

TEST(Streaming, ServesTheNextRequestOfTheConnection) {
    Seen seen;
    RunningServer server({receiving(seen), quick(Method::Get, "/echo")});
    RawClient client(server.port());
    const auto body = pattern(500'000);
    client.send(put(body.size()) + body + "GET /echo HTTP/1.1\r\nHost: here\r\n\r\n");
    EXPECT_EQ(client.receive()->body, "/file took 500000");
    EXPECT_EQ(client.receive()->body, "/echo||");
}

/// Gives the pattern, a few bytes at a time if asked.
class PatternSource final : public ContentSource {
  public:
    PatternSource(std::size_t size, std::size_t most, bool is_remote = false)
        : bytes_(pattern(size)), most_(most), is_remote_(is_remote) {}

    std::uint64_t size() const override { return bytes_.size(); }
    std::size_t read(std::span<char> out) override {
        if (fails_at_ && given_ >= *fails_at_) return 0;
        const auto count = std::min({out.size(), most_, bytes_.size() - given_});
        std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(given_), count, out.begin());
        given_ += count;
        return count;
    }
    bool is_remote() const override { return is_remote_; }
    void fail_at(std::size_t at) { fails_at_ = at; }

  private:
    std::string bytes_;
    std::size_t most_;
    bool is_remote_;
    std::size_t given_ = 0;
    std::optional<std::size_t> fails_at_;
};

Route giving(std::function<std::shared_ptr<ContentSource>()> make) {
    return pooled(Method::Get, "/content", [make = std::move(make)](const Request&) {
        Response response;
        response.content = make();
        return response;
    });
}

constexpr std::string_view kGet = "GET /content HTTP/1.1\r\nHost: here\r\n\r\n";

TEST(Streaming, SendsAContentThatIsReadInPieces) {
    for (const bool is_remote : {false, true}) {
        RunningServer server(
            {giving([&] { return std::make_shared<PatternSource>(2'000'000, 70'000, is_remote); })});
        RawClient client(server.port());
        for (int round = 0; round < 2; ++round) {
            const auto response = client.ask(kGet);
            ASSERT_TRUE(response);
            EXPECT_EQ(response->headers.at("content-length"), "2000000");
            EXPECT_EQ(response->body, pattern(2'000'000)) << "remote: " << is_remote;
        }
    }
}

TEST(Streaming, LetsNoClientPayForASourceThatTakesLong) {
    using namespace std::chrono_literals;
    /// Remote, and busy until the test says otherwise.
    class BusySource final : public ContentSource {
      public:
        explicit BusySource(Gate& gate) : gate_(gate) {}
        std::uint64_t size() const override { return 1'000; }
        std::size_t read(std::span<char> out) override {
            gate_.pass();
            std::fill_n(out.begin(), 1'000, 'x');
            return 1'000;
        }
        bool is_remote() const override { return true; }

      private:
        Gate& gate_;
    };
    Gate gate;
    ServerOptions options;
    options.io_threads = 1;  // deadlines of all are looked at together
    options.write_timeout = 60ms;
    options.read_timeout = 120ms;
    RunningServer server(
        {giving([&] { return std::make_shared<BusySource>(gate); }), pooled(Method::Post, "/echo")}, options);
    RawClient client(server.port());
    client.send(kGet);
    gate.wait_for_arrivals(1);
    RawClient later(server.port());
    later.send("POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\n01234");
    EXPECT_EQ(later.receive()->status, 408U)
        << "who came later, and was given more time, is told that it is over";
    gate.open();
    const auto response = client.receive();
    ASSERT_TRUE(response) << "it was cut off";
    EXPECT_EQ(response->body, std::string(1'000, 'x'));
}

TEST(Streaming, SendsNoContentToHead) {
    RunningServer server({giving([] { return std::make_shared<PatternSource>(1'000, 1'000); })});
    RawClient client(server.port());
    client.send("HEAD /content HTTP/1.1\r\nHost: here\r\n\r\n");
    const auto response = client.receive(true);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->headers.at("content-length"), "1000");
    EXPECT_EQ(client.ask(kGet)->body, pattern(1'000));
}

TEST(Streaming, BreaksOffWhenTheSourceFails) {
    RunningServer server({giving([] {
        auto source = std::make_shared<PatternSource>(1'000'000, 1'000);
        source->fail_at(300'000);
        return source;
    })});
    RawClient client(server.port());
    client.send(kGet);
    EXPECT_FALSE(client.receive()) << "a whole response, though its source failed";
}

/// An answer that the test lets come.
class Awaited final : public LateAnswer {
  public:
    void await(std::function<void()> ready) override {
        const std::lock_guard lock(mutex_);
        ready_ = std::move(ready);
        awaited_.set_value();
    }
    void forget() override {
        const std::lock_guard lock(mutex_);
        ready_ = nullptr;
        forgotten_.set_value();
    }
    Response make(const Request& request) override { return Response{.body = request.path + " at last"}; }

    void come() {
        wait_until_awaited();
        const std::lock_guard lock(mutex_);
        if (ready_) ready_();
    }
    void wait_until_awaited() { is_awaited_.wait(); }
    void wait_until_forgotten() { forgotten_.get_future().wait(); }

  private:
    std::mutex mutex_;
    std::function<void()> ready_;
    std::promise<void> awaited_;
    std::shared_future<void> is_awaited_ = awaited_.get_future().share();
    std::promise<void> forgotten_;
};

Route late(const std::shared_ptr<Awaited>& answer) {
    return pooled(Method::Get, "/late", [answer](const Request&) {
        Response response;
        response.later = answer;
        return response;
    });
}

constexpr std::string_view kGetLate = "GET /late HTTP/1.1\r\nHost: here\r\n\r\n";

TEST(LateAnswers, HoldNoThreadWhileTheyAreAwaited) {
    const auto answer = std::make_shared<Awaited>();
    ServerOptions options;
    options.pool_threads = 1;
    RunningServer server({late(answer), pooled(Method::Get, "/other")}, options);
    RawClient waiting(server.port());
    waiting.send(kGetLate);
    answer->wait_until_awaited();
    RawClient other(server.port());
    EXPECT_EQ(other.ask("GET /other HTTP/1.1\r\nHost: here\r\n\r\n")->body, "/other||");
    answer->come();
    EXPECT_EQ(waiting.receive()->body, "/late at last");
    EXPECT_EQ(waiting.ask("GET /other HTTP/1.1\r\nHost: here\r\n\r\n")->status, 200U);
}

TEST(LateAnswers, AreForgottenWhenTheServerEnds) {
    const auto answer = std::make_shared<Awaited>();
    ServerOptions options;
    options.drain_timeout = std::chrono::milliseconds(1);
    RunningServer server({late(answer)}, options);
    RawClient waiting(server.port());
    waiting.send(kGetLate);
    answer->wait_until_awaited();
    server.stop();
    server.join();
    answer->wait_until_forgotten();
    answer->come();
}

}  // namespace
}  // namespace cript::http::testing
