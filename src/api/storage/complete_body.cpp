#include "api/storage/complete_body.hpp"

#include <expat.h>

#include <charconv>
#include <memory>
#include <string>

namespace cript::api::storage {

namespace {

struct CloseParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

/// Walks the document. Callbacks of expat may not throw: there is nothing here that does, but for memory that
/// runs out, which ends the program anyway. Some still come after the parser was stopped.
class Walk {
  public:
    explicit Walk(XML_Parser parser) : parser_(parser) {}

    std::vector<service::FileStorage::Part> parts;
    bool is_wrong = false;

    static void begin(void* self, const XML_Char* name, const XML_Char**) noexcept {
        auto& walk = *static_cast<Walk*>(self);
        if (!walk.is_wrong) walk.begin_element(local(name));
    }
    static void end(void* self, const XML_Char* name) noexcept {
        auto& walk = *static_cast<Walk*>(self);
        if (!walk.is_wrong) walk.end_element(local(name));
    }
    static void text(void* self, const XML_Char* text, int size) noexcept {
        auto& walk = *static_cast<Walk*>(self);
        if (walk.depth_ == 3) walk.text_.append(text, static_cast<std::size_t>(size));
    }
    static void refuse_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) noexcept {
        static_cast<Walk*>(self)->give_up();
    }

  private:
    /// The name without its name space, which expat puts before a blank.
    static std::string_view local(std::string_view name) { return name.substr(name.rfind(' ') + 1); }

    void give_up() {
        is_wrong = true;
        XML_StopParser(parser_, XML_FALSE);
    }
    void begin_element(std::string_view name) {
        ++depth_;
        text_.clear();
        if (depth_ == 1 && name != "CompleteMultipartUpload") return give_up();
        if (depth_ == 2 && name != "Part") return give_up();
        if (depth_ > 3) return give_up();
        if (depth_ == 2) parts.emplace_back();
    }
    void end_element(std::string_view name) {
        if (depth_ == 3 && name == "PartNumber") {
            auto& number = parts.back().number;
            const auto [end, status] = std::from_chars(text_.data(), text_.data() + text_.size(), number);
            if (text_.empty() || status != std::errc{} || end != text_.data() + text_.size())
                return give_up();
        } else if (depth_ == 3 && name == "ETag") {
            parts.back().etag = without_quotes(text_);
        } else if (depth_ == 2 && (parts.back().number == 0 || parts.back().etag.empty())) {
            return give_up();
        }
        --depth_;
    }
    static std::string without_quotes(std::string_view text) {
        if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
            text = text.substr(1, text.size() - 2);
        return std::string(text);
    }

    XML_Parser parser_;
    int depth_ = 0;
    std::string text_;
};

}  // namespace

base::Result<std::vector<service::FileStorage::Part>> read_complete_body(std::string_view body) {
    const std::unique_ptr<std::remove_pointer_t<XML_Parser>, CloseParser> parser(
        XML_ParserCreateNS(nullptr, ' '));
    if (!parser) return base::fail(base::ErrorKind::Unavailable, "there is no memory to read the body");
    Walk walk(parser.get());
    XML_SetUserData(parser.get(), &walk);
    XML_SetElementHandler(parser.get(), Walk::begin, Walk::end);
    XML_SetCharacterDataHandler(parser.get(), Walk::text);
    XML_SetStartDoctypeDeclHandler(parser.get(), Walk::refuse_doctype);
    const auto status = XML_Parse(parser.get(), body.data(), static_cast<int>(body.size()), XML_TRUE);
    if (status != XML_STATUS_OK || walk.is_wrong) {
        return base::fail(base::ErrorKind::InvalidInput,
                          "the body is not a CompleteMultipartUpload with a PartNumber and an ETag a part");
    }
    return std::move(walk.parts);
}

}  // namespace cript::api::storage
