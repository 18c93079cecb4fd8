#include "server/quota_command.hpp"

#include <gtest/gtest.h>

namespace cript::server {
namespace {

TEST(Size, IsReadAsPeopleWriteIt) {
    for (const auto& [text, bytes] :
         std::initializer_list<std::pair<const char*, std::uint64_t>>{{"0", 0},
                                                                      {"4096", 4096},
                                                                      {"4096B", 4096},
                                                                      {"500MB", 500'000'000},
                                                                      {"500 mb", 500'000'000},
                                                                      {"2GiB", std::uint64_t{2} << 30U},
                                                                      {"1.5TiB", std::uint64_t{3} << 39U},
                                                                      {"3kb", 3000}}) {
        const auto size = parse_size(text);
        ASSERT_TRUE(size) << text;
        EXPECT_EQ(*size, bytes) << text;
    }
}

TEST(Size, ThatCannotBeIsRefused) {
    for (const auto* text :
         {"", "GB", "-1", "5 apples", "1e3", "nan", "inf", "2GiB2", "99999999 TB", "some", "0x10"})
        EXPECT_FALSE(parse_size(text)) << text;
}

TEST(Size, IsWrittenSoThatItCanBeReadAgain) {
    EXPECT_EQ(size_text(0), "0 B");
    EXPECT_EQ(size_text(std::uint64_t{50} << 30U), "50 GiB");
    EXPECT_EQ(size_text(500'000'000), "500 MB");
    EXPECT_EQ(size_text(1'234'567), "1.2 MB");
    EXPECT_EQ(size_text(999), "999 B");
}

}  // namespace
}  // namespace cript::server
