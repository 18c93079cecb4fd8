#include "api/file_transfer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/log.hpp"
#include "http/byte_range.hpp"
#include "http/http_date.hpp"

namespace cript::api {

namespace {

constexpr std::string_view kAnyType = "application/octet-stream";

/// A range of a stored content, on its way out.
class StoredContent final : public http::ContentSource {
  public:
    StoredContent(std::unique_ptr<blob::BlobReader> reader, http::ByteRange range)
        : reader_(std::move(reader)), range_(range) {}

    [[nodiscard]] std::uint64_t size() const override { return range_.length; }
    [[nodiscard]] bool is_remote() const override { return reader_->is_remote(); }
    std::size_t read(std::span<char> out) override {
        auto count = reader_->read(range_.offset + given_, out);
        if (!count) {
            base::log(base::LogLevel::Error, "blob.not_readable", {{"reason", count.error().message}});
            return 0;
        }
        given_ += *count;
        return *count;
    }

  private:
    std::unique_ptr<blob::BlobReader> reader_;
    http::ByteRange range_;
    std::uint64_t given_ = 0;
};

/// The answer to whoever waits for a completion.
class CompletionAnswer final : public http::LateAnswer {
  public:
    using Answer = std::function<http::Response(const service::Completion::Outcome&)>;

    CompletionAnswer(std::shared_ptr<service::Completion> completion, Answer answer)
        : completion_(std::move(completion)), answer_(std::move(answer)) {}

    void await(std::function<void()> ready) override { number_ = completion_->await(std::move(ready)); }
    void forget() override { completion_->forget(number_); }
    http::Response make(const http::Request&) override { return answer_(completion_->outcome()); }

  private:
    std::shared_ptr<service::Completion> completion_;
    Answer answer_;
    std::uint64_t number_ = 0;
};

/// Does a list of entity tags (RFC 9110 §13.1.1) hold this one?
bool names_etag(std::string_view list, std::string_view etag) {
    return list == "*" || list.find(fmt::format("\"{}\"", etag)) != std::string_view::npos || list == etag;
}

std::chrono::sys_seconds seconds_of(base::Timestamp time) {
    return std::chrono::sys_seconds(std::chrono::seconds(time.microseconds / 1'000'000));
}

/// The name under which a browser saves the file: the last part of its key.
std::string disposition_of(std::string_view key) {
    return fmt::format("attachment; filename*=UTF-8''{}",
                       base::percent_encode(key.substr(key.rfind('/') + 1)));
}

}  // namespace

base::Result<http::Response> file_answer(Application& application, const http::Request& request,
                                         const store::StoredFileRow& file) {
    http::Response response;
    response.with("ETag", fmt::format("\"{}\"", file.etag))
        .with("Last-Modified", http::http_date(seconds_of(file.created_at)))
        .with("Accept-Ranges", "bytes")
        .with("Repr-Digest", fmt::format("sha-256=:{}:", base::to_base64(file.digest)))  // RFC 9530
        .with("Cache-Control", "private, no-cache")
        .with("X-Content-Type-Options", "nosniff")
        .with("Content-Security-Policy", "sandbox; default-src 'none'")
        .with("Content-Disposition", disposition_of(file.key));
    const auto& headers = request.headers;
    if (const auto wanted = headers.find("If-Match"); wanted && !names_etag(*wanted, file.etag)) {
        response.status = 412;
        return response;
    }
    if (const auto known = headers.find("If-None-Match"); known && names_etag(*known, file.etag)) {
        response.status = 304;
        return response;
    }
    auto asked = headers.find("Range");
    if (const auto part_of = headers.find("If-Range"); part_of && !names_etag(*part_of, file.etag))
        asked.reset();
    const auto range = http::read_range(asked, file.size);
    if (std::holds_alternative<http::RangeNotSatisfiable>(range)) {
        response.status = 416;
        response.with("Content-Range", fmt::format("bytes */{}", file.size));
        return response;
    }
    http::ByteRange part{0, file.size};
    if (const auto* found = std::get_if<http::ByteRange>(&range)) {
        part = *found;
        response.status = 206;
        response.with("Content-Range",
                      fmt::format("bytes {}-{}/{}", part.offset, part.offset + part.length - 1, file.size));
    }
    response.with("Content-Type", file.media_type);
    auto reader = application.files.open(file);
    if (!reader) {
        // The rows say that it is there: that it is not is no answer to the client's question.
        base::log(base::LogLevel::Error, "blob.missing",
                  {{"sha256", base::to_hex(file.digest)}, {"reason", reader.error().message}});
        return base::fail(base::ErrorKind::Unavailable, "the content of this file cannot be read just now");
    }
    response.content = std::make_shared<StoredContent>(std::move(*reader), part);
    return response;
}

base::Result<blob::ContentChecks> content_checks(const http::Headers& headers) {
    blob::ContentChecks checks;
    for (const auto& [field, value] : headers.fields()) {
        if (blob::ContentChecks::is_checksum_field(base::ascii_lower(field)))
            CRIPT_CHECK(checks.expect(field, value));
    }
    if (const auto trailer = headers.find("x-amz-trailer")) CRIPT_CHECK(checks.announce(*trailer));
    return checks;
}

std::string media_type_of(const http::Headers& headers) {
    const auto type = headers.find("Content-Type").value_or("");
    const bool is_plain = std::all_of(type.begin(), type.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    if (type.empty() || type.size() > 200 || !is_plain) return std::string(kAnyType);
    return std::string(type);
}

http::Response answer_later(std::shared_ptr<service::Completion> completion,
                            std::function<http::Response(const service::Completion::Outcome&)> answer) {
    http::Response response;
    response.later = std::make_shared<CompletionAnswer>(std::move(completion), std::move(answer));
    return response;
}

FileReceiver::FileReceiver(std::unique_ptr<blob::Spool> spool, blob::ContentChecks checks,
                           std::optional<blob::AwsChunkedReader> chunks)
    : spool_(std::move(spool)), checks_(std::move(checks)), chunks_(std::move(chunks)) {}

base::Result<void> FileReceiver::spool_piece(std::string_view piece) {
    checks_.add(piece);
    return spool_->write(piece);
}

std::optional<http::Response> FileReceiver::take(std::string_view piece) {
    const auto sink = [this](std::string_view content) { return spool_piece(content); };
    const auto taken = chunks_ ? chunks_->read(piece, sink) : spool_piece(piece);
    if (taken) return std::nullopt;
    spool_.reset();
    return refusal(taken.error());
}

base::Result<void> FileReceiver::check() {
    if (chunks_) {
        if (!chunks_->complete())
            return base::fail(base::ErrorKind::InvalidInput, "the aws-chunked body ends before its end");
        for (const auto& [field, value] : chunks_->trailer()) CRIPT_CHECK(checks_.expect(field, value));
    }
    return checks_.verify(spool_->finish());
}

http::Response FileReceiver::finish(const http::Request& request) {
    auto checked = check();
    auto response = checked ? store(request, *spool_) : refusal(checked.error());
    spool_.reset();  // what was not kept is gone before the client hears of it
    return response;
}

}  // namespace cript::api
