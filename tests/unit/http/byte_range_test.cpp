#include "http/byte_range.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cript::http {
namespace {

/// "offset+length", "whole" or "none".
std::string read(std::optional<std::string_view> header, std::uint64_t size = 100) {
    const auto range = read_range(header, size);
    if (std::holds_alternative<WholeContent>(range)) return "whole";
    if (std::holds_alternative<RangeNotSatisfiable>(range)) return "none";
    const auto& found = std::get<ByteRange>(range);
    return std::to_string(found.offset) + "+" + std::to_string(found.length);
}

TEST(ByteRange, IsReadInItsThreeForms) {
    EXPECT_EQ(read("bytes=0-9"), "0+10");
    EXPECT_EQ(read("bytes=90-"), "90+10");
    EXPECT_EQ(read("bytes=-5"), "95+5");
    EXPECT_EQ(read("Bytes=7-7"), "7+1");
}

TEST(ByteRange, EndsWithTheContent) {
    EXPECT_EQ(read("bytes=90-1000"), "90+10");
    EXPECT_EQ(read("bytes=-1000"), "0+100");
    EXPECT_EQ(read("bytes=0-18446744073709551615"), "0+100");
    EXPECT_EQ(read("bytes=0-99999999999999999999999"), "0+100");
}

TEST(ByteRange, IsNotSatisfiableBeyondTheContent) {
    EXPECT_EQ(read("bytes=100-"), "none");
    EXPECT_EQ(read("bytes=100-200"), "none");
    EXPECT_EQ(read("bytes=99999999999999999999999-"), "none");
    EXPECT_EQ(read("bytes=-0"), "none");
    EXPECT_EQ(read("bytes=0-", 0), "none");
    EXPECT_EQ(read("bytes=-1", 0), "none");
}

TEST(ByteRange, IsEverythingWhereItIsNotUnderstood) {
    EXPECT_EQ(read(std::nullopt), "whole");
    for (const auto* header : {"", "bytes", "bytes=", "bytes=-", "items=0-1", "bytes=a-b", "bytes=5-4",
                               "bytes=0-1,3-4", "bytes=0 - 1", "bytes=+1-2"}) {
        EXPECT_EQ(read(header), "whole") << header;
    }
}

}  // namespace
}  // namespace cript::http
