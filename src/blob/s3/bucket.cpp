#include "blob/s3/bucket.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "crypto/sigv4.hpp"

namespace cript::blob {

namespace {

using base::ErrorKind;
using base::fail;
using crypto::sigv4::kEmptyHash;
using outbound::Answer;
using outbound::NoAnswer;
using outbound::Request;

/// What a look at the bucket may take: nobody waits for it but those who start or end the server.
constexpr std::chrono::seconds kLooking{5};
/// A server may take minutes to put a large object together.
constexpr std::chrono::seconds kJoining{300};

base::Error no_answer(const NoAnswer& why, const std::string& origin) {
    if (why.reason == NoAnswer::Reason::Untrusted) {
        return {
            ErrorKind::InvalidInput,
            fmt::format("the certificate of {} is not trusted: {}. Set blob.ca_file to the PEM file of the "
                        "authority that signed it",
                        origin, why.message),
            {}};
    }
    return {ErrorKind::Unavailable, fmt::format("{} does not answer: {}", origin, why.message), {}};
}

/// What to do about a code of S3, for those that people meet while they set it up.
std::string_view advice_on(std::string_view code) {
    constexpr std::pair<std::string_view, std::string_view> kAdvice[] = {
        {"SignatureDoesNotMatch", "the secret key is not the one of the access key"},
        {"InvalidAccessKeyId", "the access key is unknown there"},
        {"InvalidToken", "the session token is not valid"},
        {"ExpiredToken", "the session token has expired"},
        {"AccessDenied", "the keys do not have the right to do this"},
        {"RequestTimeTooSkewed",
         "the clock of this machine and that of the server differ by too much: set them by NTP"},
        {"AuthorizationHeaderMalformed", "blob.region is probably not the region of the bucket"},
        {"PermanentRedirect", "the bucket is in another region: set blob.region and blob.endpoint"},
        {"TemporaryRedirect", "the bucket is in another region: set blob.region and blob.endpoint"},
        {"NoSuchBucket", "there is no bucket of that name: make it, or set blob.url"},
        {"InvalidBucketName", "no bucket can have that name: set blob.url"},
    };
    for (const auto& [known, advice] : kAdvice) {
        if (known == code) return advice;
    }
    return "";
}

ErrorKind kind_of(long status, std::string_view code) {
    if (code == "NoSuchBucket" || code == "InvalidBucketName" || (status >= 300 && status < 400))
        return ErrorKind::InvalidInput;
    if (status == 404) return ErrorKind::NotFound;
    if (status == 401 || status == 403 || code == "AuthorizationHeaderMalformed" || code.ends_with("Token"))
        return ErrorKind::Forbidden;
    return ErrorKind::Unavailable;
}

/// The body may hold anything, even what was signed: nothing of it but the code, which is one word, is told.
base::Error refusal(const Request& request, const Answer& answer) {
    const auto document = read_xml(answer.body);
    std::string code(document && document->name == "Error" ? document->text_of("Code") : "");
    const bool is_word = std::all_of(code.begin(), code.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
    if (!is_word || code.size() > 100) code.clear();
    const auto advice = advice_on(code);
    return {kind_of(answer.status, code),
            fmt::format("the bucket answers {} of {} with {}{}{}{}{}", request.method, request.path,
                        answer.status, code.empty() ? "" : " ", code, advice.empty() ? "" : ": ", advice),
            {}};
}

base::Error not_understood(const Request& request) {
    return {ErrorKind::Unavailable,
            fmt::format("the answer to {} of {} is not what S3 answers", request.method, request.path),
            {}};
}

outbound::HttpOptions http_options(const S3Place& place, const S3Settings& settings) {
    outbound::HttpOptions options;
    options.origin = place.origin;
    options.ca_file = settings.ca_file;
    options.stall_timeout = settings.timeout;
    options.connect_timeout = std::min<std::chrono::milliseconds>(options.connect_timeout, settings.timeout);
    return options;
}

}  // namespace

Bucket::Bucket(S3Place place, const S3Settings& settings, outbound::Signer signer, const base::Clock& clock,
               outbound::Retries retries)
    : place_(std::move(place)), client_(http_options(place_, settings), std::move(signer), clock, retries) {}

base::Result<Answer> Bucket::ask(const Request& request, std::string_view payload_hash) {
    auto answer = client_.send(request, payload_hash);
    if (!answer) return fail(no_answer(answer.error(), place_.origin));
    if (answer->status < 200 || answer->status >= 300) return fail(refusal(request, *answer));
    return std::move(*answer);
}

/// The answer of some requests is an error though its status is 200.
base::Result<XmlElement> Bucket::ask_for_xml(const Request& request, std::string_view root) {
    const auto* text = std::get_if<std::string>(&request.body);
    const auto hash = text == nullptr || text->empty() ? std::string(kEmptyHash)
                                                       : base::to_hex(crypto::sha256(base::as_bytes(*text)));
    auto answer = ask(request, hash);
    CRIPT_CHECK(answer);
    auto document = read_xml(answer->body);
    if (document && document->name == "Error") return fail(refusal(request, *answer));
    if (!document || document->name != root) return fail(not_understood(request));
    return std::move(*document);
}

base::Result<void> Bucket::look() {
    // As HEAD of the bucket, but with an answer that says what is wrong.
    const Request request{.method = "GET",
                          .path = place_.path_of(""),
                          .query = {{"list-type", "2"}, {"max-keys", "1"}, {"prefix", place_.prefix}},
                          .patience = kLooking,
                          .only_once = true};
    CRIPT_CHECK(ask_for_xml(request, "ListBucketResult"));
    return {};
}

base::Result<std::optional<std::uint64_t>> Bucket::length_of(const std::string& name) {
    const Request request{.method = "HEAD", .path = path_of(name)};
    auto answer = ask(request, kEmptyHash);
    if (!answer) {
        if (answer.error().kind == ErrorKind::NotFound) return std::nullopt;
        return fail(std::move(answer.error()));
    }
    const auto text = answer->header("content-length");
    std::uint64_t length = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (text.empty() || status != std::errc{} || end != text.data() + text.size())
        return fail(not_understood(request));
    return length;
}

base::Result<std::string> Bucket::read(const std::string& name, std::uint64_t offset, std::uint64_t count) {
    const Request request{.method = "GET",
                          .path = path_of(name),
                          .headers = {{"range", fmt::format("bytes={}-{}", offset, offset + count - 1)}}};
    auto answer = ask(request, kEmptyHash);
    CRIPT_CHECK(answer);
    // A server that takes no notice of the range answers 200 with the whole.
    if (answer->status != 206 || answer->body.size() != count) return fail(not_understood(request));
    return std::move(answer->body);
}

base::Result<void> Bucket::put(const std::string& name, outbound::FilePart part,
                               const crypto::Digest& sha256) {
    const Request request{.method = "PUT",
                          .path = path_of(name),
                          .headers = {{"content-type", "application/octet-stream"}},
                          .body = part};
    CRIPT_CHECK(ask(request, base::to_hex(sha256)));
    return {};
}

base::Result<void> Bucket::remove(const std::string& name) {
    const Request request{.method = "DELETE", .path = path_of(name), .only_once = true};
    auto answer = ask(request, kEmptyHash);
    if (!answer && answer.error().kind != ErrorKind::NotFound) return fail(std::move(answer.error()));
    return {};
}

base::Result<std::string> Bucket::begin_upload(const std::string& name) {
    const Request request{.method = "POST", .path = path_of(name), .query = {{"uploads", ""}}};
    auto document = ask_for_xml(request, "InitiateMultipartUploadResult");
    CRIPT_CHECK(document);
    const auto id = document->text_of("UploadId");
    if (id.empty()) return fail(not_understood(request));
    return std::string(id);
}

base::Result<std::string> Bucket::put_part(const std::string& name, const std::string& upload,
                                           unsigned number, outbound::FilePart part,
                                           const crypto::Digest& sha256) {
    const Request request{.method = "PUT",
                          .path = path_of(name),
                          .query = {{"partNumber", std::to_string(number)}, {"uploadId", upload}},
                          .body = part};
    auto answer = ask(request, base::to_hex(sha256));
    CRIPT_CHECK(answer);
    const auto tag = answer->header("etag");
    if (tag.empty()) return fail(not_understood(request));
    return std::string(tag);
}

base::Result<void> Bucket::complete(const std::string& name, const std::string& upload,
                                    std::span<const std::string> tags) {
    std::string body = "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">";
    for (std::size_t at = 0; at < tags.size(); ++at) {
        body.append(fmt::format("<Part><PartNumber>{}</PartNumber><ETag>{}</ETag></Part>", at + 1,
                                xml_text(tags[at])));
    }
    body.append("</CompleteMultipartUpload>");
    const Request request{.method = "POST",
                          .path = path_of(name),
                          .query = {{"uploadId", upload}},
                          .body = std::move(body),
                          .patience = kJoining};
    CRIPT_CHECK(ask_for_xml(request, "CompleteMultipartUploadResult"));
    return {};
}

base::Result<void> Bucket::abort(const std::string& name, const std::string& upload) {
    const Request request{
        .method = "DELETE", .path = path_of(name), .query = {{"uploadId", upload}}, .only_once = true};
    auto answer = ask(request, kEmptyHash);
    if (!answer && answer.error().kind != ErrorKind::NotFound) return fail(std::move(answer.error()));
    return {};
}

base::Result<std::vector<Bucket::Upload>> Bucket::uploads(std::string_view begin) {
    const auto prefix = place_.prefix + std::string(begin);
    const Request request{
        .method = "GET", .path = place_.path_of(""), .query = {{"uploads", ""}, {"prefix", prefix}}};
    auto document = ask_for_xml(request, "ListMultipartUploadsResult");
    CRIPT_CHECK(document);
    std::vector<Upload> uploads;
    for (const auto& element : document->children) {
        if (element.name != "Upload") continue;
        const auto key = element.text_of("Key");
        // What a server lists beyond the prefix is not ours.
        if (!key.starts_with(prefix)) continue;
        uploads.push_back({std::string(key.substr(place_.prefix.size())),
                           std::string(element.text_of("UploadId")),
                           std::string(element.text_of("Initiated"))});
    }
    return uploads;
}

}  // namespace cript::blob
