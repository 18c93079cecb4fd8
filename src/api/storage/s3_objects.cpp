#include "api/storage/s3_objects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

#include "api/authentication.hpp"
#include "api/file_transfer.hpp"
#include "api/storage/complete_body.hpp"
#include "api/storage/s3_error.hpp"
#include "api/storage/s3_request.hpp"

namespace cript::api::storage {

namespace {

namespace sigv4 = crypto::sigv4;
using service::FileAddress;

std::string entity_tag(std::string_view etag) {
    return fmt::format("\"{}\"", etag);
}

template <class Number>
std::optional<Number> read_number(std::optional<std::string_view> text) {
    Number number{};
    if (!text) return std::nullopt;
    const auto [end, status] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (text->empty() || status != std::errc{} || end != text->data() + text->size()) return std::nullopt;
    return number;
}

bool is_chunked(const S3Request& made) {
    return made.payload_hash.starts_with("STREAMING-");
}

/// Where one body goes.
struct Destination {
    std::string upload_id;  ///< empty: the body is the whole file
    unsigned part = 0;
};

/// Receives a file or a part of one. The caller is looked up again at the end: their right may have ended
/// while the body was coming in.
class ObjectReceiver final : public FileReceiver {
  public:
    ObjectReceiver(Application& application, const S3Request& made, Destination destination,
                   std::string session_token, std::string media_type, std::unique_ptr<blob::Spool> spool,
                   blob::ContentChecks checks, std::optional<blob::AwsChunkedReader> chunks)
        : FileReceiver(std::move(spool), std::move(checks), std::move(chunks)),
          application_(application),
          address_(made.address),
          access_key_(made.claim.access_key),
          session_token_(std::move(session_token)),
          destination_(std::move(destination)),
          media_type_(std::move(media_type)) {}

  protected:
    http::Response store(const http::Request& request, blob::Spool& spool) override {
        auto signer = application_.storage_credentials.check(access_key_, session_token_,
                                                             begin_of(application_, request));
        if (!signer) return s3_failure(signer.error());
        http::Response response;
        if (destination_.upload_id.empty()) {
            auto file = application_.files.put(signer->caller, address_, media_type_, spool);
            if (!file) return s3_failure(file.error());
            response.with("ETag", entity_tag(file->etag));
        } else {
            auto part =
                application_.files.put_part(signer->caller, destination_.upload_id, destination_.part, spool);
            if (!part) return s3_failure(part.error());
            response.with("ETag", entity_tag(base::to_hex(part->md5)));
        }
        return response;
    }
    http::Response refusal(const base::Error& error) const override {
        // A chunk whose signature does not match is what a request is whose signature does not match.
        if (error.kind == base::ErrorKind::Forbidden)
            return s3_failure(403, "SignatureDoesNotMatch", error.message);
        return s3_failure(error);
    }

  private:
    Application& application_;
    FileAddress address_;
    std::string access_key_;
    std::string session_token_;
    Destination destination_;
    std::string media_type_;
};

/// How the body of a request is taken apart; nothing for one that is the content itself.
base::Result<std::optional<blob::AwsChunkedReader>> chunks_of(const http::Request& request, S3Request& made) {
    if (!is_chunked(made)) return std::nullopt;
    const auto length = read_number<std::uint64_t>(request.headers.find("x-amz-decoded-content-length"));
    if (!length) {
        return base::fail(base::ErrorKind::InvalidInput,
                          "x-amz-decoded-content-length is missing or no number");
    }
    blob::AwsChunkedOptions options;
    options.decoded_length = *length;
    options.has_trailer = made.payload_hash.ends_with("-TRAILER");
    if (made.signing_key) {
        options.signer = blob::ChunkSigner{std::move(*made.signing_key), made.claim.date,
                                           made.claim.scope.text(), made.claim.signature};
    }
    return blob::AwsChunkedReader(std::move(options));
}

std::uint64_t announced_size(const http::Request& request, const S3Request& made) {
    const auto* field = is_chunked(made) ? "x-amz-decoded-content-length" : "Content-Length";
    return read_number<std::uint64_t>(request.headers.find(field)).value_or(0);
}

http::Response list_parts(Application& application, const S3Request& made, std::string_view upload_id) {
    auto parts = application.files.parts(made.caller, upload_id);
    if (!parts) return s3_failure(parts.error());
    std::string inside =
        fmt::format("<Bucket>{}</Bucket><Key>{}</Key><UploadId>{}</UploadId><IsTruncated>false</IsTruncated>",
                    xml_text(made.address.bucket), xml_text(made.address.key), xml_text(upload_id));
    for (const auto& part : *parts) {
        inside.append(
            fmt::format("<Part><PartNumber>{}</PartNumber><ETag>&quot;{}&quot;</ETag><Size>{}</Size></Part>",
                        part.number, base::to_hex(part.md5), part.size));
    }
    return xml_answer(200, "ListPartsResult", inside);
}

http::Response begin_upload(Application& application, const http::Request& request, const S3Request& made) {
    auto upload = application.files.begin_upload(made.caller, made.address, media_type_of(request.headers));
    if (!upload) return s3_failure(upload.error());
    return xml_answer(200, "InitiateMultipartUploadResult",
                      fmt::format("<Bucket>{}</Bucket><Key>{}</Key><UploadId>{}</UploadId>",
                                  xml_text(upload->bucket), xml_text(upload->key), upload->uuid.text()));
}

http::Response complete_upload(Application& application, const http::Request& request, const S3Request& made,
                               std::string_view upload_id) {
    auto parts = read_complete_body(request.body);
    if (!parts) return s3_failure(400, "MalformedXML", parts.error().message);
    auto completion = application.files.complete(made.caller, upload_id, *parts);
    if (!completion) return s3_failure(completion.error());
    return answer_later(std::move(*completion), [](const service::Completion::Outcome& file) {
        if (!file) return s3_failure(file.error());
        return xml_answer(200, "CompleteMultipartUploadResult",
                          fmt::format("<Bucket>{}</Bucket><Key>{}</Key><ETag>&quot;{}&quot;</ETag>",
                                      xml_text(file->bucket), xml_text(file->key), file->etag));
    });
}

http::Response not_here() {
    return s3_failure(501, "NotImplemented", "this server stores and gives out files, no more");
}

/// What S3 would do besides, and this server does not, must not pass for done: a copy would be an empty file,
/// a set of tags a file of XML. `known` are the parameters that say what is asked for.
std::optional<http::Response> refuse_what_is_more(const http::Request& request, const S3Request& made,
                                                  std::initializer_list<std::string_view> known) {
    for (const auto& [name, value] : made.query) {
        const bool says_how = name.starts_with("X-Amz-") || name == "x-id";
        if (!says_how && std::ranges::find(known, name) == known.end()) return not_here();
    }
    constexpr std::array<std::string_view, 6> kUnknown{"x-amz-copy-source",
                                                       "x-amz-meta-",
                                                       "x-amz-tagging",
                                                       "x-amz-object-lock-",
                                                       "x-amz-server-side-encryption",
                                                       "x-amz-website-redirect-location"};
    for (const auto& [field, value] : request.headers.fields()) {
        const auto name = base::ascii_lower(field);
        if (std::ranges::any_of(kUnknown, [&](std::string_view start) { return name.starts_with(start); }))
            return s3_failure(501, "NotImplemented", fmt::format("this server does not keep {}", name));
    }
    return std::nullopt;
}

/// A body that is held in memory, held against what was signed.
std::optional<http::Response> refuse_body(const http::Request& request, const S3Request& made) {
    if (made.payload_hash == sigv4::kUnsignedPayload) return std::nullopt;
    if (made.payload_hash == base::to_hex(crypto::sha256(base::as_bytes(request.body)))) return std::nullopt;
    return s3_failure(400, "XAmzContentSHA256Mismatch", "the body is not that of x-amz-content-sha256");
}

}  // namespace

http::Response get_object(Application& application, const http::Request& request, std::string_view bucket) {
    auto made = read_s3_request(application, request, bucket);
    if (!made) return std::move(made.error());
    if (auto refused = refuse_what_is_more(request, *made, {"uploadId"})) return std::move(*refused);
    if (const auto upload_id = made->parameter("uploadId")) return list_parts(application, *made, *upload_id);
    if (made->address.key.empty()) return not_here();
    auto file = application.files.find(made->caller, made->address);
    if (!file) return s3_failure(file.error());
    auto answer = file_answer(application, request, *file);
    if (!answer) return s3_failure(answer.error());
    const auto fill = [&answer](http::Response failure) {
        for (auto& header : answer->headers) {
            if (header.first == "Content-Range") failure.headers.push_back(std::move(header));
        }
        return failure;
    };
    if (answer->status == 412)
        return fill(s3_failure(412, "PreconditionFailed", "the file has another ETag"));
    if (answer->status == 416) return fill(s3_failure(416, "InvalidRange", "the file has no such bytes"));
    return std::move(*answer);
}

http::Reception put_object(Application& application, const http::Request& request, std::string_view bucket) {
    auto made = read_s3_request(application, request, bucket);
    if (!made) return std::move(made.error());
    if (auto refused = refuse_what_is_more(request, *made, {"uploadId", "partNumber"}))
        return std::move(*refused);
    if (made->address.key.empty()) return not_here();
    const auto size = announced_size(request, *made);
    Destination destination;
    if (const auto upload_id = made->parameter("uploadId")) {
        destination = {std::string(*upload_id),
                       read_number<unsigned>(made->parameter("partNumber")).value_or(0)};
    }
    auto checks = content_checks(request.headers);
    if (!checks) return s3_failure(checks.error());
    if (!is_chunked(*made) && made->payload_hash != sigv4::kUnsignedPayload)
        checks->expect_sha256(made->payload_hash);
    auto chunks = chunks_of(request, *made);
    if (!chunks) return s3_failure(411, "MissingContentLength", chunks.error().message);
    auto spool =
        destination.upload_id.empty()
            ? application.files.receive(made->caller, made->address, size)
            : application.files.receive_part(made->caller, destination.upload_id, destination.part, size);
    if (!spool) return s3_failure(spool.error());
    const auto session_token = made->claim.in_query
                                   ? made->parameter("X-Amz-Security-Token").value_or("")
                                   : request.headers.find("x-amz-security-token").value_or("");
    return std::make_unique<ObjectReceiver>(application, *made, std::move(destination),
                                            std::string(session_token), media_type_of(request.headers),
                                            std::move(*spool), std::move(*checks), std::move(*chunks));
}

http::Response post_object(Application& application, const http::Request& request, std::string_view bucket) {
    auto made = read_s3_request(application, request, bucket);
    if (!made) return std::move(made.error());
    if (auto refused = refuse_what_is_more(request, *made, {"uploads", "uploadId"}))
        return std::move(*refused);
    if (auto refused = refuse_body(request, *made)) return std::move(*refused);
    if (made->parameter("uploads")) return begin_upload(application, request, *made);
    if (const auto upload_id = made->parameter("uploadId"))
        return complete_upload(application, request, *made, *upload_id);
    return not_here();
}

http::Response delete_object(Application& application, const http::Request& request,
                             std::string_view bucket) {
    auto made = read_s3_request(application, request, bucket);
    if (!made) return std::move(made.error());
    if (auto refused = refuse_what_is_more(request, *made, {"uploadId"})) return std::move(*refused);
    const auto upload_id = made->parameter("uploadId");
    if (!upload_id) return not_here();
    if (auto done = application.files.abort(made->caller, *upload_id); !done) return s3_failure(done.error());
    return http::Response{.status = 204};
}

}  // namespace cript::api::storage
