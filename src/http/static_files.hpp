#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/message.hpp"

namespace cript::http {

/// The files of a folder, held in memory and ready to send. What is not in the folder when it is loaded does
/// not exist: a look-up never touches the file system, so no path can lead out of the folder.
///
/// `NAME.gz` and `NAME.br` beside `NAME` are its precompressed forms, chosen by Accept-Encoding (RFC 9110
/// §12.5.3). Names under `/assets/` that carry a hash of their content (`app-B3xK9_aZ.js`) may be cached for
/// ever, all others are revalidated by their ETag.
class StaticFiles {
  public:
    /// Reads the folder. Links are followed only to files inside it. Errors: Unavailable, with the reason, if
    /// it cannot be read.
    [[nodiscard]] static base::Result<StaticFiles> load(const std::filesystem::path& folder);

    /// The answer to GET or HEAD of a file (`/` is `/index.html`): 200, or 304 if the client has it (RFC 9110
    /// §13.1.2). Nothing if there is no such file or the method is another.
    [[nodiscard]] std::optional<Response> find(const Request& request) const;
    /// The same for the file of that name, whatever path was asked for: the page of an application that
    /// routes in the browser.
    [[nodiscard]] std::optional<Response> serve(const Request& request, std::string_view name) const;

    [[nodiscard]] std::size_t size() const { return files_.size(); }

  private:
    struct Content {
        std::shared_ptr<const std::string> bytes{};
        std::string etag{};
    };
    struct File {
        Content plain{};
        std::optional<Content> gzip{};
        std::optional<Content> brotli{};
        std::string type{};
        bool immutable = false;
    };
    struct Choice {
        const Content& content;
        std::string_view coding;  ///< empty for the plain form
    };

    [[nodiscard]] static Content content_of(std::string bytes);
    [[nodiscard]] static Choice choose(const File& file, const Headers& headers);
    void adopt_compressed_forms();

    std::map<std::string, File, std::less<>> files_;  ///< by path, which begins with '/'
};

}  // namespace cript::http
