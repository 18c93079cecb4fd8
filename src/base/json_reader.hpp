#pragma once

#include <simdjson.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace cript::base {

struct JsonLimits {
    std::size_t bytes = std::size_t{64} << 20U;  ///< longest document
    std::size_t depth = 512;                     ///< deepest nesting of objects and arrays
};

/// A parsed JSON document and the memory it lives in. Elements are views: they end with the document.
/// Numbers keep their kind (integer or float) and their exact value; text is checked UTF-8.
class JsonDocument {
  public:
    /// Errors: TooLarge beyond a limit, InvalidInput for anything that is not JSON (NaN and Infinity
    /// included).
    [[nodiscard]] static Result<JsonDocument> parse(std::string_view text, JsonLimits limits = {});

    [[nodiscard]] simdjson::dom::element root() const { return root_; }

  private:
    JsonDocument() = default;
    std::unique_ptr<simdjson::dom::parser> parser_;
    simdjson::dom::element root_;
};

/// Appends one element as compact JSON: strings unescaped as far as JSON allows, numbers in their kind.
void append_json(std::string& out, simdjson::dom::element element);

/// Appends one reference token of a JSON Pointer, escaped (RFC 6901 §3).
void append_pointer(std::string& pointer, std::string_view token);

}  // namespace cript::base
