#include "blob/aws_chunked.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace cript::blob {

namespace {

using base::ErrorKind;
using base::fail;

constexpr std::size_t kLongestLine = 1'024;
constexpr std::size_t kMostTrailerFields = 8;
constexpr std::string_view kSignatureMark = ";chunk-signature=";
constexpr std::string_view kTrailerSignature = "x-amz-trailer-signature";

base::Result<void> malformed(std::string_view what) {
    return fail(ErrorKind::InvalidInput, fmt::format("the aws-chunked body is malformed: {}", what));
}

}  // namespace

base::Result<void> AwsChunkedReader::read(std::string_view bytes, const Sink& sink) {
    while (!bytes.empty()) {
        if (step_ == Step::Done) return malformed("there is more after its end");
        if (step_ == Step::Data) {
            CRIPT_CHECK(take_data(bytes, sink));
        } else {
            CRIPT_CHECK(take_line(bytes));
        }
    }
    return {};
}

base::Result<void> AwsChunkedReader::take_line(std::string_view& bytes) {
    const auto end = bytes.find('\n');
    const auto piece = bytes.substr(0, end);
    if (line_.size() + piece.size() > kLongestLine) return malformed("a line is too long");
    line_.append(piece);
    if (end == std::string_view::npos) {
        bytes = {};
        return {};
    }
    bytes.remove_prefix(end + 1);
    if (!line_.ends_with('\r')) return malformed("a line does not end in CRLF");
    line_.pop_back();
    const auto line = std::exchange(line_, {});
    switch (step_) {
        case Step::Head:
            return take_head(line);
        case Step::AfterData:
            if (!line.empty()) return malformed("a chunk is longer than it says");
            step_ = Step::Head;
            return {};
        case Step::Trailer:
            return take_trailer(line);
        case Step::Data:
        case Step::Done:
            break;
    }
    return {};
}

base::Result<void> AwsChunkedReader::take_head(std::string_view line) {
    const auto mark = line.find(';');
    const auto digits = line.substr(0, mark);
    const auto extension = mark == std::string_view::npos ? std::string_view{} : line.substr(mark);
    std::uint64_t size = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
    if (digits.empty() || status != std::errc{} || end != digits.data() + digits.size()) {
        return malformed("the size of a chunk is not a hexadecimal number");
    }
    if (options_.signer) {
        if (!extension.starts_with(kSignatureMark)) return malformed("a chunk is not signed");
        chunk_signature_ = extension.substr(kSignatureMark.size());
    }
    if (size > options_.decoded_length - received_) {
        return malformed("there is more of it than X-Amz-Decoded-Content-Length says");
    }
    chunk_left_ = size;
    if (size > 0) {
        step_ = Step::Data;
        return {};
    }
    if (received_ != options_.decoded_length) {
        return malformed("there is less of it than X-Amz-Decoded-Content-Length says");
    }
    CRIPT_CHECK(end_chunk());
    step_ = Step::Trailer;
    return {};
}

base::Result<void> AwsChunkedReader::take_data(std::string_view& bytes, const Sink& sink) {
    const auto piece = bytes.substr(0, std::min<std::uint64_t>(chunk_left_, bytes.size()));
    bytes.remove_prefix(piece.size());
    chunk_left_ -= piece.size();
    received_ += piece.size();
    if (options_.signer) chunk_hash_.add(base::as_bytes(piece));
    CRIPT_CHECK(sink(piece));
    if (chunk_left_ > 0) return {};
    step_ = Step::AfterData;
    return end_chunk();
}

base::Result<void> AwsChunkedReader::end_chunk() {
    if (!options_.signer) return {};
    const auto hash = base::to_hex(chunk_hash_.finish());
    return check_signature("PAYLOAD", fmt::format("{}\n{}", crypto::sigv4::kEmptyHash, hash),
                           chunk_signature_);
}

base::Result<void> AwsChunkedReader::take_trailer(std::string_view line) {
    if (line.empty()) return end_trailer();
    if (!options_.has_trailer) return malformed("there are fields after the last chunk");
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return malformed("a trailing field has no name");
    auto name = base::ascii_lower(line.substr(0, colon));
    auto value = line.substr(colon + 1);
    while (value.starts_with(' ')) value.remove_prefix(1);
    while (value.ends_with(' ')) value.remove_suffix(1);
    if (!trailer_signature_.empty()) return malformed("a field follows the signature of the trailer");
    if (name == kTrailerSignature) {
        trailer_signature_ = value;
        return {};
    }
    if (trailer_.size() == kMostTrailerFields) return malformed("there are too many trailing fields");
    trailer_text_.append(name).append(":").append(value).append("\n");
    trailer_.emplace_back(std::move(name), value);
    return {};
}

base::Result<void> AwsChunkedReader::end_trailer() {
    if (options_.signer && options_.has_trailer) {
        const auto hash = base::to_hex(crypto::sha256(base::as_bytes(trailer_text_)));
        CRIPT_CHECK(check_signature("TRAILER", hash, trailer_signature_));
    }
    step_ = Step::Done;
    return {};
}

base::Result<void> AwsChunkedReader::check_signature(std::string_view kind, std::string_view hashes,
                                                     std::string_view claimed) {
    auto& signer = *options_.signer;
    const auto text = fmt::format("{}-{}\n{}\n{}\n{}\n{}", crypto::sigv4::kAlgorithm, kind, signer.date,
                                  signer.scope, signer.previous, hashes);
    signer.previous = crypto::sigv4::signature(signer.key, text);
    if (crypto::equal_in_constant_time(base::as_bytes(signer.previous), base::as_bytes(claimed))) return {};
    return fail(ErrorKind::Forbidden, "the signature of a chunk does not match");
}

}  // namespace cript::blob
