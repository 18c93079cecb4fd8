#include "blob/aws_chunked.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "crypto/key.hpp"

namespace cript::blob {
namespace {

using base::ErrorKind;

// The worked examples of the Amazon S3 API reference: 65 KiB of the letter a, in chunks of 64 KiB.
constexpr std::uint64_t kLength = 66'560;
constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const crypto::sigv4::Scope kScope{"20130524", "us-east-1", "s3"};
constexpr std::string_view kDate = "20130524T000000Z";

std::string chunk(std::size_t size, const std::string& signature) {
    char head[16];
    std::snprintf(head, sizeof(head), "%zx", size);
    std::string out = head;
    if (!signature.empty()) out += ";chunk-signature=" + signature;
    out += "\r\n" + std::string(size, 'a');
    return size > 0 ? out + "\r\n" : out;
}

std::string signed_body() {
    return chunk(65'536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648") +
           chunk(1'024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497") +
           chunk(0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9") + "\r\n";
}

std::string signed_body_with_trailer() {
    return chunk(65'536, "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2") +
           chunk(1'024, "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7") +
           chunk(0, "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992") +
           "x-amz-checksum-crc32c:sOO8/Q==\r\n"
           "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n";
}

AwsChunkedOptions options(std::string_view seed, bool has_trailer) {
    crypto::initialise();
    return {kLength, has_trailer,
            ChunkSigner{crypto::sigv4::signing_key(kSecret, kScope), std::string(kDate), kScope.text(),
                        std::string(seed)}};
}

AwsChunkedOptions signed_options() {
    return options("4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9", false);
}

AwsChunkedOptions trailer_options() {
    return options("106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e", true);
}

struct Read {
    std::string content;
    base::Result<void> result;
    bool complete = false;
    crypto::sigv4::Pairs trailer;
};

/// Reads `body` in pieces of `size`.
Read read(AwsChunkedOptions options, std::string_view body, std::size_t size) {
    AwsChunkedReader reader(std::move(options));
    Read read;
    while (!body.empty() && read.result) {
        read.result = reader.read(body.substr(0, size), [&](std::string_view piece) -> base::Result<void> {
            read.content.append(piece);
            return {};
        });
        body.remove_prefix(std::min(size, body.size()));
    }
    read.complete = reader.complete();
    read.trailer = reader.trailer();
    return read;
}

TEST(AwsChunked, TakesSignedChunksApart) {
    const auto all = read(signed_options(), signed_body(), 100'000);
    ASSERT_TRUE(all.result) << all.result.error().message;
    EXPECT_TRUE(all.complete);
    EXPECT_EQ(all.content, std::string(kLength, 'a'));
}

TEST(AwsChunked, TakesSignedChunksWithASignedTrailerApart) {
    const auto all = read(trailer_options(), signed_body_with_trailer(), 100'000);
    ASSERT_TRUE(all.result) << all.result.error().message;
    EXPECT_TRUE(all.complete);
    EXPECT_EQ(all.content, std::string(kLength, 'a'));
    EXPECT_EQ(all.trailer, (crypto::sigv4::Pairs{{"x-amz-checksum-crc32c", "sOO8/Q=="}}));
}

TEST(AwsChunked, TakesUnsignedChunksWithATrailerApart) {
    const auto all = read({.decoded_length = 5, .has_trailer = true},
                          "3\r\nabc\r\n2\r\nde\r\n0\r\nX-Amz-Checksum-CRC32: hYfWpQ==\r\n\r\n", 100);
    ASSERT_TRUE(all.result) << all.result.error().message;
    EXPECT_TRUE(all.complete);
    EXPECT_EQ(all.content, "abcde");
    EXPECT_EQ(all.trailer, (crypto::sigv4::Pairs{{"x-amz-checksum-crc32", "hYfWpQ=="}}));
}

RC_GTEST_PROP(AwsChunked, DoesNotCareAboutThePiecesThatABodyComesIn, ()) {
    const auto size = *rc::gen::inRange<std::size_t>(1, 3'000);
    const auto all = read(trailer_options(), signed_body_with_trailer(), size);
    RC_ASSERT(all.complete);
    RC_ASSERT(all.content.size() == kLength);
}

TEST(AwsChunked, RefusesOneChangedByteOfTheContent) {
    auto body = signed_body();
    body[40'000] = 'b';
    const auto all = read(signed_options(), body, 5'000);
    ASSERT_FALSE(all.result);
    EXPECT_EQ(all.result.error().kind, ErrorKind::Forbidden);
}

TEST(AwsChunked, RefusesOneChangedBitOfAnySignature) {
    const std::string body = signed_body_with_trailer();
    for (std::string_view mark : {"b474d88", "1c1344b", "2ca2aba", "d81f82f", "sOO8/Q"}) {
        auto changed = body;
        auto& c = changed[changed.find(mark)];
        c = static_cast<char>(c ^ 1);
        const auto all = read(trailer_options(), changed, 5'000);
        ASSERT_FALSE(all.result) << mark;
        EXPECT_EQ(all.result.error().kind, ErrorKind::Forbidden) << mark;
    }
}

TEST(AwsChunked, IsNotCompleteWhileAnythingIsMissing) {
    const std::string body = signed_body_with_trailer();
    for (const std::size_t missing : {1U, 2U, 3U, 60U, 200U, 2'000U}) {
        const auto all =
            read(trailer_options(), std::string_view(body).substr(0, body.size() - missing), 5'000);
        EXPECT_FALSE(all.complete) << missing;
    }
}

TEST(AwsChunked, RefusesWhatIsMalformed) {
    const auto refused = [](std::string_view body, bool has_trailer = true) {
        const auto all = read({.decoded_length = 3, .has_trailer = has_trailer}, body, 1'000);
        return !all.result && all.result.error().kind == ErrorKind::InvalidInput;
    };
    EXPECT_FALSE(refused("3\r\nabc\r\n0\r\n\r\n"));
    EXPECT_TRUE(refused("4\r\nabcd\r\n0\r\n\r\n")) << "longer than it says";
    EXPECT_TRUE(refused("2\r\nab\r\n0\r\n\r\n")) << "shorter than it says";
    EXPECT_TRUE(refused("3\nabc\r\n0\r\n\r\n")) << "a bare line feed";
    EXPECT_TRUE(refused("-3\r\nabc\r\n0\r\n\r\n"));
    EXPECT_TRUE(refused("3x\r\nabc\r\n0\r\n\r\n"));
    EXPECT_TRUE(refused("\r\n"));
    EXPECT_TRUE(refused("ffffffffffffffffff\r\n"));
    EXPECT_TRUE(refused("3\r\nabcd\r\n0\r\n\r\n")) << "a chunk that is longer than its size";
    EXPECT_TRUE(refused("3\r\nabc\r\n0\r\n\r\nmore"));
    EXPECT_TRUE(refused("3\r\nabc\r\n0\r\nname:value\r\n\r\n", false)) << "a trailer that was not announced";
    EXPECT_TRUE(refused("3\r\nabc\r\n0\r\n:value\r\n\r\n"));
    EXPECT_TRUE(refused(std::string(2'000, '1')));
}

TEST(AwsChunked, HandsOnWhatTheSinkFailsWith) {
    AwsChunkedReader reader({.decoded_length = 3});
    const auto read = reader.read("3\r\nabc", [](std::string_view) -> base::Result<void> {
        return base::fail(ErrorKind::Unavailable, "no space");
    });
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().message, "no space");
}

}  // namespace
}  // namespace cript::blob
