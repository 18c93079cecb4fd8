/// A body in aws-chunked on any bytes, whole and one byte at a time: both ways give the same content and the
/// same verdict, and never more content than was announced.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "blob/aws_chunked.hpp"
#include "crypto/key.hpp"

namespace {

using cript::blob::AwsChunkedOptions;
using cript::blob::AwsChunkedReader;
using cript::blob::ChunkSigner;

void require(bool holds) {
    if (!holds) std::abort();
}

struct Outcome {
    std::string content;
    bool accepted = true;
    bool complete = false;
};

AwsChunkedOptions options(std::uint8_t choice) {
    AwsChunkedOptions made{.decoded_length = std::uint64_t{choice} >> 2U, .has_trailer = (choice & 1U) != 0};
    if ((choice & 2U) != 0) {
        made.signer = ChunkSigner{cript::crypto::HmacKey(cript::base::as_bytes("key")), "20130524T000000Z",
                                  "scope", "seed"};
    }
    return made;
}

Outcome read(std::uint8_t choice, std::string_view body, std::size_t piece) {
    AwsChunkedReader reader(options(choice));
    Outcome outcome;
    while (!body.empty() && outcome.accepted) {
        outcome.accepted = reader
                               .read(body.substr(0, piece),
                                     [&](std::string_view content) -> cript::base::Result<void> {
                                         outcome.content.append(content);
                                         return {};
                                     })
                               .has_value();
        body.remove_prefix(std::min(piece, body.size()));
    }
    outcome.complete = reader.complete();
    return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    cript::crypto::initialise();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto whole = read(data[0], body, body.size());
    const auto bytewise = read(data[0], body, 1);
    require(whole.accepted == bytewise.accepted);
    require(whole.content.size() <= (data[0] >> 2U));
    if (!whole.accepted) return 0;
    require(whole.content == bytewise.content);
    require(whole.complete == bytewise.complete);
    require(!whole.complete || whole.content.size() == (data[0] >> 2U));
    return 0;
}
