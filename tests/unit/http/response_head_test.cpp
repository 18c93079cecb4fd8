#include "http/response_head.hpp"

#include <gtest/gtest.h>

#include "http/http_date.hpp"
#include "http/input_buffer.hpp"

namespace cript::http {
namespace {

std::string head_of(const Response& response, const ResponseFraming& framing) {
    std::string text;
    EXPECT_TRUE(append_head(text, response, framing));
    return text;
}

TEST(ResponseHead, FramesAResponse) {
    Response response;
    response.with("Content-Type", "text/plain");
    EXPECT_EQ(head_of(response, {12, "now", true, false}),
              "HTTP/1.1 200 OK\r\nServer: OpenCRIPT\r\nDate: now\r\nContent-Length: 12\r\n"
              "Content-Type: text/plain\r\n\r\n");
}

TEST(ResponseHead, SaysWhatBecomesOfTheConnectionWhereItIsNotTheDefault) {
    EXPECT_NE(head_of({}, {0, "", false, false}).find("Connection: close\r\n"), std::string::npos);
    EXPECT_NE(head_of({}, {0, "", true, true}).find("Connection: keep-alive\r\n"), std::string::npos);
    EXPECT_EQ(head_of({}, {0, "", true, false}).find("Connection"), std::string::npos);
}

TEST(ResponseHead, GivesNoLengthWhereThereCanBeNoContent) {
    for (const unsigned status : {204U, 304U}) {
        EXPECT_EQ(head_of(Response{.status = status}, {0, "", true, false}).find("Content-Length"),
                  std::string::npos);
    }
}

TEST(ResponseHead, LeavesOutTheFieldsThatAreTheConnections) {
    Response response;
    response.with("content-length", "7")
        .with("Transfer-Encoding", "chunked")
        .with("DATE", "x")
        .with("Connection", "x");
    EXPECT_EQ(head_of(response, {1, "now", true, false}), head_of({}, {1, "now", true, false}));
}

TEST(ResponseHead, RefusesFieldsThatBreakOut) {
    for (const std::string_view value : {"a\rb", "a\nb", "\r\n"}) {
        std::string text;
        EXPECT_FALSE(append_head(text, Response{}.with("X", std::string(value)), {}));
        EXPECT_FALSE(append_head(text, Response{}.with(std::string(value), "x"), {}));
        EXPECT_EQ(text, "");
    }
}

TEST(HttpDate, IsWrittenAsTheStandardWantsIt) {
    using namespace std::chrono;
    EXPECT_EQ(http_date(sys_days(1994y / November / 6) + 8h + 49min + 37s), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(http_date(sys_days(2024y / February / 29)), "Thu, 29 Feb 2024 00:00:00 GMT");
}

TEST(InputBuffer, GrowsToItsLimitAndKeepsWhatIsNotConsumed) {
    InputBuffer buffer(10'000);
    std::size_t sent = 0;
    while (!buffer.full()) {
        const auto space = buffer.prepare();
        ASSERT_FALSE(space.empty());
        for (char& c : space) c = static_cast<char>('a' + sent++ % 26);
        buffer.commit(space.size());
    }
    EXPECT_EQ(buffer.view().size(), 10'000U);
    EXPECT_TRUE(buffer.prepare().empty());
    buffer.consume(9'997);
    EXPECT_EQ(buffer.view(),
              std::string({static_cast<char>('a' + 9997 % 26), static_cast<char>('a' + 9998 % 26),
                           static_cast<char>('a' + 9999 % 26)}));
}

TEST(InputBuffer, OverwritesWhatIsConsumed) {
    InputBuffer buffer(100);
    const std::string_view text = "secret and rest";
    const auto space = buffer.prepare();
    std::copy(text.begin(), text.end(), space.begin());
    buffer.commit(text.size());
    buffer.consume(11);
    EXPECT_EQ(std::string(space.data(), text.size()), "rest" + std::string(11, '\0'));
}

}  // namespace
}  // namespace cript::http
