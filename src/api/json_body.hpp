#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json_reader.hpp"
#include "base/secret.hpp"

namespace cript::api {

/// A small JSON object in a body: the named text members, all there, and no others.
/// Finds every problem before it gives up.
class JsonBody {
  public:
    [[nodiscard]] static base::Result<JsonBody> read(std::string_view body,
                                                     std::vector<std::string_view> members);

    [[nodiscard]] std::string text(std::string_view member) const;
    [[nodiscard]] base::SecretText secret(std::string_view member) const;

  private:
    explicit JsonBody(base::JsonDocument document) : document_(std::move(document)) {}
    [[nodiscard]] std::string_view view(std::string_view member) const;
    base::JsonDocument document_;
};

}  // namespace cript::api
