#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace cript::blob {

/// An element of an answer of S3. Names are without their name space; attributes say nothing there.
struct XmlElement {
    std::string name;
    std::string text;  ///< its own, not that of its children
    std::vector<XmlElement> children{};

    /// The text of the first child of that name, or nothing.
    [[nodiscard]] std::string_view text_of(std::string_view child) const;
};

/// Reads a whole document. Errors: InvalidInput for what is not well-formed, nested deeper than any answer
/// is, or has a document type declaration.
[[nodiscard]] base::Result<XmlElement> read_xml(std::string_view document);

/// A text as it stands in a document.
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace cript::blob
