#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "api/application.hpp"
#include "blob/aws_chunked.hpp"
#include "blob/content_checks.hpp"
#include "http/message.hpp"

namespace cript::api {

/// The bytes of a file, in full or the range that a request asks for: 200, 206, 304, 412 or 416 (the last two
/// without a body, for the dialect to fill). What is sent can do nothing in a browser but be saved.
[[nodiscard]] base::Result<http::Response> file_answer(Application& application, const http::Request& request,
                                                       const store::StoredFileRow& file);

/// The checksums in the headers of a request.
[[nodiscard]] base::Result<blob::ContentChecks> content_checks(const http::Headers& headers);

/// The media type that a request gives its body, or a general one if there is none, or none worth keeping.
[[nodiscard]] std::string media_type_of(const http::Headers& headers);

/// What `answer` makes of a completion, once it has ended.
[[nodiscard]] http::Response answer_later(
    std::shared_ptr<service::Completion> completion,
    std::function<http::Response(const service::Completion::Outcome&)> answer);

/// Takes a body into a spool and checks it; what becomes of it is said by those who derive from it.
class FileReceiver : public http::BodyReceiver {
  public:
    FileReceiver(std::unique_ptr<blob::Spool> spool, blob::ContentChecks checks,
                 std::optional<blob::AwsChunkedReader> chunks);

    std::optional<http::Response> take(std::string_view piece) final;
    http::Response finish(const http::Request& request) override;

  protected:
    /// Stores the whole, checked content, and answers.
    [[nodiscard]] virtual http::Response store(const http::Request& request, blob::Spool& spool) = 0;
    [[nodiscard]] virtual http::Response refusal(const base::Error& error) const = 0;

  private:
    [[nodiscard]] base::Result<void> spool_piece(std::string_view piece);
    [[nodiscard]] base::Result<void> check();

    std::unique_ptr<blob::Spool> spool_;
    blob::ContentChecks checks_;
    std::optional<blob::AwsChunkedReader> chunks_;
};

}  // namespace cript::api
