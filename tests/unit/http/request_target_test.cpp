#include "http/request_target.hpp"

#include <gtest/gtest.h>

namespace cript::http {
namespace {

TEST(RequestTarget, DecodesThePathOnceAndLeavesTheQueryAlone) {
    const auto target = parse_target("/a%20b/%25C3/%C3%A9;v=1?q=%20[$]{|}&next=/x?y");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/a b/%C3/\xc3\xa9;v=1");
    EXPECT_EQ(target->raw_query, "q=%20[$]{|}&next=/x?y");
}

TEST(RequestTarget, MayEndInAnEmptyQuery) {
    EXPECT_EQ(parse_target("/?")->raw_query, "");
    EXPECT_EQ(parse_target("/")->path, "/");
}

TEST(RequestTarget, HasToBeInOriginForm) {
    for (const auto* target : {"", "*", "a", "?a", "http://here/", "here:80"})
        EXPECT_FALSE(parse_target(target)) << target;
}

TEST(RequestTarget, RefusesWhatHasToBeEscaped) {
    for (const auto* target : {"/a b", "/a\"", "/a[b]", "/a|b", "/a#b", "/a?b#c", "/a\\b", "/\xc3\xa9",
                               "/a?\xc3\xa9", "/a?\x7f"}) {
        EXPECT_FALSE(parse_target(target)) << target;
    }
}

TEST(RequestTarget, RefusesBrokenEscapes) {
    for (const auto* target : {"/%", "/%2", "/%zz", "/a%2/"}) EXPECT_FALSE(parse_target(target)) << target;
}

TEST(RequestTarget, RefusesADecodedPathThatIsNotPlainText) {
    for (const auto* target : {"/%00", "/a%0d%0a", "/%7f", "/%ff", "/%c0%af"})
        EXPECT_FALSE(parse_target(target)) << target;
}

TEST(RequestTarget, RefusesDotSegmentsHoweverTheyAreWritten) {
    for (const auto* target :
         {"/..", "/../a", "/a/..", "/a/../b", "/a/%2e%2e/b", "/a/.%2E", "/a%2f..%2fb", "/.", "/a/./b"}) {
        EXPECT_FALSE(parse_target(target)) << target;
    }
    EXPECT_TRUE(parse_target("/..a/b../.c/..."));
    EXPECT_EQ(parse_target("/%252e%252e/")->path, "/%2e%2e/");
}

}  // namespace
}  // namespace cript::http
