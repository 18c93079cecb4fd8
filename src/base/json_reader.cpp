#include "base/json_reader.hpp"

#include <fmt/format.h>

#include "base/json_writer.hpp"

namespace cript::base {

namespace dom = simdjson::dom;

Result<JsonDocument> JsonDocument::parse(std::string_view text, JsonLimits limits) {
    if (text.size() > limits.bytes) {
        return fail(ErrorKind::TooLarge,
                    fmt::format("the document has {} bytes, the limit is {}", text.size(), limits.bytes));
    }
    JsonDocument document;
    document.parser_ = std::make_unique<dom::parser>();
    // allocate() sets the depth that later calls keep; the document is copied once, with the padding simdjson
    // needs.
    if (document.parser_->allocate(std::max<std::size_t>(text.size(), 64), limits.depth) !=
        simdjson::SUCCESS) {
        return fail(ErrorKind::Unavailable, "out of memory while reading a document");
    }
    const auto status = document.parser_->parse(text.data(), text.size(), true).get(document.root_);
    if (status == simdjson::DEPTH_ERROR) {
        return fail(ErrorKind::TooLarge,
                    fmt::format("the document is nested deeper than {} levels", limits.depth));
    }
    if (status != simdjson::SUCCESS) {
        Error error{
            ErrorKind::InvalidInput, fmt::format("not JSON: {}", simdjson::error_message(status)), {}};
        error.problems.push_back({"", error.message, "invalid_json", ""});
        return fail(std::move(error));
    }
    return document;
}

void append_json(std::string& out, dom::element element) {
    switch (element.type()) {
        case dom::element_type::OBJECT: {
            out.push_back('{');
            bool first = true;
            for (const auto [key, value] : dom::object(element)) {
                if (!first) out.push_back(',');
                first = false;
                JsonWriter::append_string(out, key);
                out.push_back(':');
                append_json(out, value);
            }
            out.push_back('}');
            break;
        }
        case dom::element_type::ARRAY: {
            out.push_back('[');
            bool first = true;
            for (const auto value : dom::array(element)) {
                if (!first) out.push_back(',');
                first = false;
                append_json(out, value);
            }
            out.push_back(']');
            break;
        }
        case dom::element_type::STRING:
            JsonWriter::append_string(out, std::string_view(element));
            break;
        case dom::element_type::INT64:
            fmt::format_to(std::back_inserter(out), "{}", std::int64_t(element));
            break;
        case dom::element_type::UINT64:
            fmt::format_to(std::back_inserter(out), "{}", std::uint64_t(element));
            break;
        case dom::element_type::DOUBLE:
            JsonWriter::append_double(out, double(element));
            break;
        case dom::element_type::BOOL:
            out.append(bool(element) ? "true" : "false");
            break;
        case dom::element_type::NULL_VALUE:
            out.append("null");
            break;
    }
}

void append_pointer(std::string& pointer, std::string_view token) {
    pointer.push_back('/');
    for (const char c : token) {
        if (c == '~') {
            pointer.append("~0");
        } else if (c == '/') {
            pointer.append("~1");
        } else {
            pointer.push_back(c);
        }
    }
}

}  // namespace cript::base
