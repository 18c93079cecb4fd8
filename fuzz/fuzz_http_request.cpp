/// Whole requests through our checks and Beast's parser: however the bytes are cut into pieces, the outcome
/// is the same.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "http/input_buffer.hpp"
#include "http/request_parser.hpp"

namespace {

using cript::http::InputBuffer;
using cript::http::Request;
using cript::http::RequestParser;

constexpr std::size_t kBufferLimit = 1024;
constexpr std::size_t kBodyLimit = 256;

void require(bool holds) {
    if (!holds) std::abort();
}

struct Outcome {
    unsigned status = 0;  ///< 0: incomplete, 200: complete
    std::string path;
    std::string body;
    std::size_t fields = 0;
    bool operator==(const Outcome&) const = default;
};

/// Plays a connection that is served `bytes` in pieces of at most `piece` bytes.
class Reader {
  public:
    Outcome read(std::string_view bytes, std::size_t piece) {
        while (!bytes.empty() && outcome_.status == 0) {
            const auto space = input_.prepare();
            const std::size_t count = std::min({piece, space.size(), bytes.size()});
            std::copy_n(bytes.begin(), count, space.begin());
            input_.commit(count);
            bytes.remove_prefix(count);
            if (!header_read_) take_header();
            if (header_read_) take_body();
            if (input_.full() && outcome_.status == 0) outcome_.status = 431;
        }
        if (header_read_) {
            outcome_.path = request_.path;
            outcome_.fields = request_.headers.fields().size();
        }
        if (outcome_.status == 200) outcome_.body = request_.body;
        return outcome_;
    }

  private:
    void take_header() {
        const auto end = cript::http::find_header_end(input_.view(), 0);
        if (!end) {
            outcome_.status = end.error().status;
            return;
        }
        if (*end == 0) return;
        if (const auto rejection = parser_.read_header(input_.view().substr(0, *end), request_)) {
            outcome_.status = rejection->status;
            return;
        }
        input_.consume(*end);
        header_read_ = true;
        require(request_.headers.count("host") <= 1);
        require(request_.headers.count("content-length") + request_.headers.count("transfer-encoding") <= 1);
        if (parser_.complete()) outcome_.status = 200;
    }

    void take_body() {
        if (outcome_.status != 0) return;
        const auto progress = parser_.read_body(input_.view(), kBodyLimit);
        require(progress.consumed <= input_.view().size());
        require(request_.body.size() <= kBodyLimit);
        input_.consume(progress.consumed);
        if (progress.state == RequestParser::BodyState::Complete) outcome_.status = 200;
        if (progress.state == RequestParser::BodyState::TooLong) outcome_.status = 413;
        if (progress.state == RequestParser::BodyState::Malformed) outcome_.status = 400;
    }

    InputBuffer input_{kBufferLimit};
    RequestParser parser_;
    Request request_;
    Outcome outcome_;
    bool header_read_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0 || size > kBufferLimit) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    const std::size_t piece = data[0] % 16U + 1U;
    require(Reader().read(bytes, kBufferLimit) == Reader().read(bytes, piece));
    return 0;
}
