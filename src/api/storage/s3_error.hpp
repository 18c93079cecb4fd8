#pragma once

#include <string_view>

#include "base/result.hpp"
#include "http/message.hpp"

namespace cript::api::storage {

/// A failure as S3 says it (Amazon S3 API reference, "Error responses").
[[nodiscard]] http::Response s3_failure(unsigned status, std::string_view code, std::string_view message);

/// What an error of the use cases is called in S3.
[[nodiscard]] http::Response s3_failure(const base::Error& error);

/// An answer in XML: one element of S3's name space with this inside it.
[[nodiscard]] http::Response xml_answer(unsigned status, std::string_view element, std::string_view inside);
/// Text as it stands between two tags.
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace cript::api::storage
