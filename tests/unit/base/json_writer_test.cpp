#include "base/json_writer.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <bit>
#include <cstdlib>
#include <limits>

#include "base/json_reader.hpp"

namespace cript::base {
namespace {

std::string text_of(double number) {
    std::string out;
    JsonWriter::append_double(out, number);
    return out;
}

std::string written(std::string_view text) {
    std::string out;
    JsonWriter::append_string(out, text);
    return out;
}

TEST(JsonWriter, PutsCommasBetweenMembersAndElements) {
    std::string out;
    JsonWriter json(out);
    json.begin_object()
        .member("a", 1)
        .key("b")
        .begin_array()
        .value(2)
        .value("c")
        .null()
        .begin_object()
        .end_object();
    json.end_array().member("d", true).end_object();
    EXPECT_EQ(out, R"({"a":1,"b":[2,"c",null,{}],"d":true})");
}

TEST(JsonWriter, AppendsToWhatIsThere) {
    std::string out = "data: ";
    JsonWriter(out).begin_array().value(1).raw("[2]").end_array();
    EXPECT_EQ(out, "data: [1,[2]]");
}

TEST(JsonWriter, WritesTheWholeRangeOfIntegers) {
    std::string out;
    JsonWriter json(out);
    json.begin_array()
        .value(std::numeric_limits<std::int64_t>::min())
        .value(std::numeric_limits<std::int64_t>::max())
        .value(std::numeric_limits<std::uint64_t>::max())
        .value(0U)
        .end_array();
    EXPECT_EQ(out, "[-9223372036854775808,9223372036854775807,18446744073709551615,0]");
}

TEST(JsonWriter, EscapesQuotesBackslashesAndControlCharacters) {
    EXPECT_EQ(written("a\"b\\c/d"), R"("a\"b\\c/d")");
    EXPECT_EQ(written(std::string_view("\0\x01\t\n\r\x1f\x7f", 7)), "\"\\u0000\\u0001\\t\\n\\r\\u001f\x7f\"");
}

TEST(JsonWriter, LeavesOtherTextAsItIs) {
    EXPECT_EQ(written("é€𝄞\xe2\x80\xa8"), "\"é€𝄞\xe2\x80\xa8\"");
    EXPECT_EQ(written(""), "\"\"");
}

TEST(JsonWriter, MarksADoubleAsOne) {
    EXPECT_EQ(text_of(0.0), "0.0");
    EXPECT_EQ(text_of(-0.0), "-0.0");
    EXPECT_EQ(text_of(5), "5.0");
    EXPECT_EQ(text_of(1e22), "1e+22");
    EXPECT_EQ(text_of(123456789012345680.0), "123456789012345680.0");
}

TEST(JsonWriter, WritesTheShortestFormThatIsExact) {
    EXPECT_EQ(text_of(0.1), "0.1");
    EXPECT_EQ(text_of(5e-324), "5e-324");
    EXPECT_EQ(text_of(std::numeric_limits<double>::max()), "1.7976931348623157e+308");
}

TEST(JsonWriter, HasNoWordForWhatIsNoNumber) {
    EXPECT_EQ(text_of(std::numeric_limits<double>::quiet_NaN()), "null");
    EXPECT_EQ(text_of(-std::numeric_limits<double>::infinity()), "null");
}

RC_GTEST_PROP(JsonWriter, WritesEveryDoubleSoThatItReadsBackExactlyAndAsADouble, (std::uint64_t bits)) {
    const auto number = std::bit_cast<double>(bits);
    RC_PRE(std::isfinite(number));
    const auto text = text_of(number);
    RC_ASSERT(std::bit_cast<std::uint64_t>(std::strtod(text.c_str(), nullptr)) == bits);
    const auto document = JsonDocument::parse(text);
    RC_ASSERT(document.has_value());
    RC_ASSERT(document->root().is_double());
    RC_ASSERT(std::bit_cast<std::uint64_t>(double(document->root())) == bits);
}

RC_GTEST_PROP(JsonWriter, WritesEveryTextSoThatItReadsBack, (const std::vector<std::uint16_t>& units)) {
    std::string text;
    for (const auto unit :
         units) {  // code points of the basic plane, without surrogates, many of them in ASCII
        const std::uint32_t point = unit % 3 == 0 ? unit % 128U : unit % 0xd800U;
        if (point < 0x80) {
            text.push_back(static_cast<char>(point));
        } else if (point < 0x800) {
            text.push_back(static_cast<char>(0xc0U | point >> 6U));
            text.push_back(static_cast<char>(0x80U | (point & 0x3fU)));
        } else {
            text.push_back(static_cast<char>(0xe0U | point >> 12U));
            text.push_back(static_cast<char>(0x80U | (point >> 6U & 0x3fU)));
            text.push_back(static_cast<char>(0x80U | (point & 0x3fU)));
        }
    }
    const auto document = JsonDocument::parse(written(text));
    RC_ASSERT(document.has_value());
    RC_ASSERT(std::string_view(document->root()) == text);
}

}  // namespace
}  // namespace cript::base
