#include "http/strictness.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cript::http {
namespace {

std::string with_field(std::string_view field) {
    return "POST /x HTTP/1.1\r\nHost: here\r\n" + std::string(field) + "\r\n\r\n";
}

/// The status that a header is refused with, 0 if it is not.
unsigned verdict(std::string_view header) {
    const auto rejection = check_header(header);
    return rejection ? rejection->status : 0;
}

TEST(Strictness, LetsOrdinaryRequestsPass) {
    EXPECT_EQ(verdict("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n"), 0U);
    EXPECT_EQ(verdict("GET / HTTP/1.0\r\n\r\n"), 0U);
    EXPECT_EQ(verdict(with_field("Content-Length: 12")), 0U);
    EXPECT_EQ(verdict(with_field("content-length:\t12 ")), 0U);
    EXPECT_EQ(verdict(with_field("Transfer-Encoding: Chunked")), 0U);
    EXPECT_EQ(verdict(with_field("Expect: 100-Continue\r\nContent-Length: 1")), 0U);
    EXPECT_EQ(verdict(with_field("X-Name: caf\xc3\xa9\tau lait")), 0U);
    EXPECT_EQ(verdict(with_field("X-Empty:")), 0U);
}

TEST(Strictness, RefusesEveryLengthThatIsNotOnePlainNumber) {
    for (const std::string_view length : {"+3", "-3", "3 3", "3,3", "3, 4", "0x3", "", "3a",
                                          "18446744073709551616", "99999999999999999999999999"}) {
        EXPECT_EQ(verdict(with_field("Content-Length: " + std::string(length))), 400U) << length;
    }
    EXPECT_EQ(verdict(with_field("Content-Length: 3\r\nContent-Length: 4")), 400U);
    EXPECT_EQ(verdict(with_field("Content-Length: 3\r\nContent-Length: 3")), 400U);
}

TEST(Strictness, RefusesATransferCodingThatIsNotExactlyChunked) {
    for (const std::string_view coding : {"gzip", "gzip, chunked", "chunked, chunked", "chunked;q=1",
                                          "identity", "", "\"chunked\"", "xchunked"}) {
        EXPECT_EQ(verdict(with_field("Transfer-Encoding: " + std::string(coding))), 501U) << coding;
    }
    EXPECT_EQ(verdict(with_field("Transfer-Encoding: chunked\x0b")), 400U);
    EXPECT_EQ(verdict(with_field("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")), 400U);
    EXPECT_EQ(verdict("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400U);
}

TEST(Strictness, RefusesACodingBesideALengthInEitherOrder) {
    EXPECT_EQ(verdict(with_field("Content-Length: 3\r\nTransfer-Encoding: chunked")), 400U);
    EXPECT_EQ(verdict(with_field("Transfer-Encoding: chunked\r\nContent-Length: 3")), 400U);
    EXPECT_EQ(verdict(with_field("Transfer-Encoding: gzip\r\nContent-Length: 3")), 400U);
}

TEST(Strictness, WantsExactlyOneHost) {
    EXPECT_EQ(verdict("GET / HTTP/1.1\r\n\r\n"), 400U);
    EXPECT_EQ(verdict("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n"), 400U);
    EXPECT_EQ(verdict("GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"), 400U);
    EXPECT_EQ(verdict("GET / HTTP/1.1\r\nHost:\r\n\r\n"), 400U);
    EXPECT_EQ(verdict("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"), 400U);
    EXPECT_EQ(verdict("GET / HTTP/1.1\r\nHost: a b\r\n\r\n"), 400U);
}

TEST(Strictness, RefusesMalformedLines) {
    EXPECT_EQ(verdict(with_field("Content-Length : 3")), 400U);
    EXPECT_EQ(verdict(with_field(" folded: 1")), 400U);
    EXPECT_EQ(verdict(with_field("X-Name: a\r\n b")), 400U);
    EXPECT_EQ(verdict(with_field("X-Name: a\r\n\tb")), 400U);
    EXPECT_EQ(verdict(with_field("no colon")), 400U);
    EXPECT_EQ(verdict(with_field(": no name")), 400U);
    EXPECT_EQ(verdict(with_field("X(Name): 1")), 400U);
    EXPECT_EQ(verdict(with_field(std::string_view("X-Name: a\0b", 11))), 400U);
    EXPECT_EQ(verdict(with_field("X-Name: a\rb")), 400U);
    EXPECT_EQ(verdict(with_field("X-Name: a\x7f")), 400U);
}

TEST(Strictness, RefusesMalformedRequestLines) {
    const auto line = [](std::string_view text) {
        return verdict(std::string(text) + "\r\nHost: here\r\n\r\n");
    };
    EXPECT_EQ(line(""), 400U);
    EXPECT_EQ(line("GET"), 400U);
    EXPECT_EQ(line("GET /"), 400U);
    EXPECT_EQ(line(" GET / HTTP/1.1"), 400U);
    EXPECT_EQ(line("GET  / HTTP/1.1"), 400U);
    EXPECT_EQ(line("GET /  HTTP/1.1"), 400U);
    EXPECT_EQ(line("GET / HTTP/1.1 "), 400U);
    EXPECT_EQ(line("GET\t/ HTTP/1.1"), 400U);
    EXPECT_EQ(line("GET / http/1.1"), 400U);
    EXPECT_EQ(line("GET / HTTP/11"), 400U);
    EXPECT_EQ(line("GET /\xc3\xa9 HTTP/1.1"), 400U);
    EXPECT_EQ(line("G(T / HTTP/1.1"), 400U);
}

TEST(Strictness, TellsVersionMethodAndLengthApart) {
    EXPECT_EQ(verdict("GET / HTTP/9.9\r\nHost: here\r\n\r\n"), 505U);
    EXPECT_EQ(verdict("GET / HTTP/2.0\r\nHost: here\r\n\r\n"), 505U);
    EXPECT_EQ(verdict("TRACE / HTTP/1.1\r\nHost: here\r\n\r\n"), 501U);
    EXPECT_EQ(verdict("get / HTTP/1.1\r\nHost: here\r\n\r\n"), 501U);
    EXPECT_EQ(verdict("GET /" + std::string(kTargetLimit, 'a') + " HTTP/1.1\r\nHost: here\r\n\r\n"), 414U);
    EXPECT_EQ(verdict(with_field("Expect: a miracle")), 417U);
}

TEST(Strictness, LimitsTheNumberOfFields) {
    const auto fields = [](std::size_t count) {
        std::string header = "GET / HTTP/1.1\r\nHost: here\r\n";
        for (std::size_t i = 1; i < count; ++i) header += "X: 1\r\n";
        return header + "\r\n";
    };
    EXPECT_EQ(verdict(fields(kFieldLimit)), 0U);
    EXPECT_EQ(verdict(fields(kFieldLimit + 1)), 431U);
}

TEST(HeaderEnd, IsFoundOnceTheBlankLineIsThere) {
    const std::string_view header = "GET / HTTP/1.1\r\nHost: here\r\n\r\nGET";
    const std::size_t end = header.size() - 3;
    for (std::size_t size = 0; size <= header.size(); ++size) {
        for (std::size_t scanned = 0; scanned <= std::min(size, end - 1); ++scanned) {
            EXPECT_EQ(find_header_end(header.substr(0, size), scanned).value(), size < end ? 0 : end);
        }
    }
}

TEST(HeaderEnd, RefusesALineFeedWithoutCarriageReturnAtOnce) {
    EXPECT_EQ(find_header_end("GET / HTTP/1.1\n", 0).error().status, 400U);
    EXPECT_EQ(find_header_end("GET / HTTP/1.1\r\nHost: here\n", 16).error().status, 400U);
    EXPECT_EQ(find_header_end("\n", 0).error().status, 400U);
}

}  // namespace
}  // namespace cript::http
