/// Everything that the server has to refuse, sent as bytes to a running one. Behind each malformed request
/// stands a second, good one: it must never be answered, since the client and the server may not agree on
/// where it begins.

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "raw_client.hpp"
#include "running_server.hpp"

namespace cript::http::testing {
namespace {

constexpr std::string_view kNext = "GET /smuggled HTTP/1.1\r\nHost: here\r\n\r\n";

struct Row {
    std::string_view name;
    std::string request;
    unsigned status;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
    return out << row.name;
}

std::string get(std::string_view fields) {
    return "GET /echo HTTP/1.1\r\n" + std::string(fields) + "\r\n";
}

std::string post(std::string_view fields) {
    return "POST /echo HTTP/1.1\r\nHost: here\r\n" + std::string(fields) + "\r\n";
}

std::string many_fields(std::size_t count) {
    std::string fields = "Host: here\r\n";
    for (std::size_t i = 0; i < count; ++i) fields += "X: 1\r\n";
    return fields;
}

class Refusal : public ::testing::TestWithParam<Row> {};

TEST_P(Refusal, IsAnsweredOnceAndTheConnectionCloses) {
    RunningServer server(
        {pooled(Method::Get, "/echo"), pooled(Method::Post, "/echo"), pooled(Method::Get, "/smuggled")});
    RawClient client(server.port());
    client.send(GetParam().request);
    client.send(kNext);
    const auto response = client.receive();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, GetParam().status);
    EXPECT_EQ(response->headers.at("connection"), "close");
    EXPECT_EQ(response->body.rfind("failure: ", 0), 0U) << response->body;
    EXPECT_TRUE(client.is_closed_by_server());
}

INSTANTIATE_TEST_SUITE_P(
    Framing, Refusal,
    ::testing::Values(
        Row{"LengthAndCoding", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n",
            400},
        Row{"CodingAndLength", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") + "0\r\n\r\n",
            400},
        Row{"DifferingLengths", post("Content-Length: 3\r\nContent-Length: 5\r\n") + "abcde", 400},
        Row{"EqualLengths", post("Content-Length: 3\r\nContent-Length: 3\r\n") + "abc", 400},
        Row{"LengthList", post("Content-Length: 3, 3\r\n") + "abc", 400},
        Row{"LengthWithSign", post("Content-Length: +3\r\n") + "abc", 400},
        Row{"LengthOverflow", post("Content-Length: 18446744073709551619\r\n") + "abc", 400},
        Row{"BlankBeforeColon", post("Content-Length : 3\r\n") + "abc", 400},
        Row{"CodingWithVerticalTab", post("Transfer-Encoding: chunked\x0b\r\n") + "0\r\n\r\n", 400},
        Row{"ForeignCodingThenLength", post("Transfer-Encoding: gzip\r\nContent-Length: 3\r\n") + "abc", 400},
        Row{"ForeignCoding", post("Transfer-Encoding: gzip\r\n") + "abc", 501},
        Row{"CodingList", post("Transfer-Encoding: gzip, chunked\r\n") + "0\r\n\r\n", 501},
        Row{"CodingTwice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n",
            400},
        Row{"CodingInHttp10", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400}),
    [](const auto& info) { return std::string(info.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Lines, Refusal,
    ::testing::Values(Row{"NulInField", get(std::string("Host: here\r\nX-Name: a\0b\r\n", 26)), 400},
                      Row{"BareReturnInField", get("Host: here\r\nX-Name: a\rb\r\n"), 400},
                      Row{"BareLineFeeds", "GET /echo HTTP/1.1\nHost: here\n\n", 400},
                      Row{"OneBareLineFeed", "GET /echo HTTP/1.1\r\nHost: here\nX: 1\r\n\r\n", 400},
                      Row{"FoldedField", get("Host: here\r\nX-Name: a\r\n b\r\n"), 400},
                      Row{"FieldWithoutColon", get("Host: here\r\nnonsense\r\n"), 400},
                      Row{"LargeHeader", get("Host: here\r\nX: " + std::string(32768, 'x') + "\r\n"), 431},
                      Row{"ManyFields", get(many_fields(2000)), 431},
                      Row{"SomeFieldsTooMany", get(many_fields(100)), 431}),
    [](const auto& info) { return std::string(info.param.name); });

INSTANTIATE_TEST_SUITE_P(
    RequestLines, Refusal,
    ::testing::Values(Row{"NoHost", get(""), 400}, Row{"TwoHosts", get("Host: here\r\nHost: there\r\n"), 400},
                      Row{"MalformedHost", get("Host: here/there\r\n"), 400},
                      Row{"FutureVersion", "GET /echo HTTP/9.9\r\nHost: here\r\n\r\n", 505},
                      Row{"NoVersion", "GET /echo\r\nHost: here\r\n\r\n", 400},
                      Row{"UnknownMethod", "BREW /echo HTTP/1.1\r\nHost: here\r\n\r\n", 501},
                      Row{"LongTarget", "GET /" + std::string(10000, 'a') + " HTTP/1.1\r\nHost: here\r\n\r\n",
                          414},
                      Row{"EndlessTarget", "GET /" + std::string(32768, 'a'), 414},
                      Row{"AbsoluteTarget", "GET http://here/echo HTTP/1.1\r\nHost: here\r\n\r\n", 400},
                      Row{"AuthorityTarget", "GET here:80 HTTP/1.1\r\nHost: here\r\n\r\n", 400},
                      Row{"StarTarget", "GET * HTTP/1.1\r\nHost: here\r\n\r\n", 400},
                      Row{"DotSegments", "GET /a/%2e%2e/echo HTTP/1.1\r\nHost: here\r\n\r\n", 400},
                      Row{"NulInPath", "GET /%00 HTTP/1.1\r\nHost: here\r\n\r\n", 400},
                      Row{"PathNotUtf8", "GET /%ff HTTP/1.1\r\nHost: here\r\n\r\n", 400},
                      Row{"HandshakeOfTls", std::string("\x16\x03\x01\x02\x00\x01\r\n\r\n", 10), 400}),
    [](const auto& info) { return std::string(info.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Bodies, Refusal,
    ::testing::Values(
        Row{"TooLong", post("Content-Length: 1001\r\n"), 413},
        Row{"NotAccepted", get("Host: here\r\nContent-Length: 1001\r\n"), 413},
        Row{"UnmetExpectation", post("Expect: more\r\nContent-Length: 3\r\n"), 417},
        Row{"ChunksTooLong",
            post("Transfer-Encoding: chunked\r\n") + "3e8\r\n" + std::string(1000, 'x') +
                "\r\n1\r\nx\r\n0\r\n\r\n",
            413},
        Row{"ChunkTooLong", post("Transfer-Encoding: chunked\r\n") + "ffffffffffffffff\r\n", 413},
        Row{"ChunkSizeOverflow",
            post("Transfer-Encoding: chunked\r\n") + "10000000000000003\r\nabc\r\n0\r\n\r\n", 400},
        Row{"ChunkSizeWithSign", post("Transfer-Encoding: chunked\r\n") + "+3\r\nabc\r\n0\r\n\r\n", 400},
        Row{"ChunkSizeInHexNotation", post("Transfer-Encoding: chunked\r\n") + "0x3\r\nabc\r\n0\r\n\r\n",
            400},
        Row{"ChunkWithoutLineEnd", post("Transfer-Encoding: chunked\r\n") + "3\r\nabcd0\r\n\r\n", 400},
        Row{"ChunkLineWithBareLineFeed", post("Transfer-Encoding: chunked\r\n") + "3\nabc\n0\n\n", 400},
        Row{"EndlessChunkExtension",
            post("Transfer-Encoding: chunked\r\n") + "3;x=" + std::string(32768, 'x'), 400}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace cript::http::testing
