#include "http/message.hpp"

#include <gtest/gtest.h>

namespace cript::http {
namespace {

TEST(Headers, CompareNamesWithoutCase) {
    Headers headers;
    headers.add("X-One", "1");
    headers.add("x-one", "2");
    EXPECT_EQ(headers.find("X-ONE"), "1");
    EXPECT_EQ(headers.count("x-One"), 2U);
    EXPECT_FALSE(headers.find("x-two"));
}

TEST(Headers, OverwriteTheMemoryOfWipedValues) {
    Headers headers;
    headers.add("Authorization", "Token 0123456789012345678901234567890123456789");
    headers.add("Accept", "everything that there is, and more");
    const std::string_view secret = *headers.find("authorization");
    headers.wipe("authorization");
    EXPECT_EQ(std::string(secret), std::string(secret.size(), '\0'));
    EXPECT_EQ(headers.find("authorization"), "");
    EXPECT_EQ(headers.find("accept"), "everything that there is, and more");
}

TEST(Request, FindsACookieAmongOthers) {
    Request request;
    request.headers.add("Cookie", "a=1; session=x=y; b=");
    request.headers.add("cookie", "c=3");
    EXPECT_EQ(request.cookie("a"), "1");
    EXPECT_EQ(request.cookie("session"), "x=y");
    EXPECT_EQ(request.cookie("b"), "");
    EXPECT_EQ(request.cookie("c"), "3");
    EXPECT_FALSE(request.cookie("sess"));
    EXPECT_FALSE(request.cookie("A"));
}

}  // namespace
}  // namespace cript::http
