#pragma once

#include <string>
#include <string_view>

#include "client/connection.hpp"
#include "cript/json_api.hpp"
#include "cript/transfer.hpp"

namespace cript::client {

/// See Api::upload, Api::download and Api::stored_file, which these are.
[[nodiscard]] Result<Uploaded> upload(Connection& connection, const std::string& path,
                                      const UploadOptions& options);
[[nodiscard]] Result<Downloaded> download(Connection& connection, std::string_view uuid,
                                          const std::string& path, const DownloadOptions& options);
[[nodiscard]] Result<Downloaded> download(Connection& connection, std::string_view uuid,
                                          const ContentSink& sink, const TransferOptions& options);
[[nodiscard]] Result<StoredFile> stored_file(Connection& connection, std::string_view source);

/// A short request of a transfer: it can be cancelled, and is tried again as often as the others.
[[nodiscard]] Result<JsonAnswer> ask(Connection& connection, const TransferOptions& options,
                                     std::string_view method, std::string_view target, const Json& body = {});

}  // namespace cript::client
