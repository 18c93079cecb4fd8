#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "crypto/hasher.hpp"
#include "crypto/sigv4.hpp"

namespace cript::blob {

/// What signs the chunks of a body, one after the other (Amazon S3 API reference, "Transferring Payload in
/// Multiple Chunks").
struct ChunkSigner {
    crypto::HmacKey key;
    std::string date;      ///< as in X-Amz-Date
    std::string scope;     ///< of the credential, as text
    std::string previous;  ///< signature of the request, then of each chunk, in hexadecimal
};

struct AwsChunkedOptions {
    std::uint64_t decoded_length = 0;     ///< of X-Amz-Decoded-Content-Length; more or less is an error
    bool has_trailer = false;             ///< of the payload kinds whose names end in TRAILER
    std::optional<ChunkSigner> signer{};  ///< of those whose chunks are signed
};

/// Takes a body in `Content-Encoding: aws-chunked` apart, whatever the pieces that it comes in.
///
///     HEX[;chunk-signature=64 HEX] CRLF data CRLF … 0[;chunk-signature=…] CRLF
///     [name:value CRLF …] [x-amz-trailer-signature:64 HEX CRLF] CRLF
///
/// Content is handed on before the signature of its chunk is known: it counts only once complete() is true.
class AwsChunkedReader {
  public:
    using Sink = std::function<base::Result<void>(std::string_view)>;

    explicit AwsChunkedReader(AwsChunkedOptions options) : options_(std::move(options)) {}

    /// Reads on. Errors: InvalidInput for what is malformed, too long or too short; Forbidden for a signature
    /// that does not match; those of `sink`. After an error the reader is spent.
    [[nodiscard]] base::Result<void> read(std::string_view bytes, const Sink& sink);
    /// The whole body was read, and every signature matched.
    [[nodiscard]] bool complete() const { return step_ == Step::Done; }
    /// The fields after the last chunk, names in lower case, without the signature.
    [[nodiscard]] const crypto::sigv4::Pairs& trailer() const { return trailer_; }

  private:
    enum class Step : std::uint8_t { Head, Data, AfterData, Trailer, Done };

    [[nodiscard]] base::Result<void> take_line(std::string_view& bytes);
    [[nodiscard]] base::Result<void> take_head(std::string_view line);
    [[nodiscard]] base::Result<void> take_data(std::string_view& bytes, const Sink& sink);
    [[nodiscard]] base::Result<void> end_chunk();
    [[nodiscard]] base::Result<void> take_trailer(std::string_view line);
    [[nodiscard]] base::Result<void> end_trailer();
    [[nodiscard]] base::Result<void> check_signature(std::string_view kind, std::string_view hashes,
                                                     std::string_view claimed);

    AwsChunkedOptions options_;
    Step step_ = Step::Head;
    std::string line_;  ///< as far as it came
    std::uint64_t chunk_left_ = 0;
    std::uint64_t received_ = 0;
    std::string chunk_signature_;
    crypto::Sha256Hasher chunk_hash_;
    crypto::sigv4::Pairs trailer_;
    std::string trailer_text_;
    std::string trailer_signature_;
};

}  // namespace cript::blob
