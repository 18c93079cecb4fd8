#include "blob/s3/xml_element.hpp"

#include <expat.h>

#include <memory>

namespace cript::blob {

namespace {

constexpr std::size_t kDeepest = 16;

struct CloseParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

/// Builds the elements. Callbacks of expat may not throw: there is nothing here that does, but for memory
/// that runs out, which ends the program anyway.
class Builder {
  public:
    explicit Builder(XML_Parser parser) : parser_(parser) {}

    XmlElement root;
    bool is_wrong = false;

    static void begin(void* self, const XML_Char* name, const XML_Char**) noexcept {
        auto& builder = *static_cast<Builder*>(self);
        const std::string_view whole(name);
        if (builder.open_.size() >= kDeepest) return builder.give_up();
        auto* place = builder.open_.empty() ? &builder.root : &builder.open_.back()->children.emplace_back();
        place->name = whole.substr(whole.rfind(' ') + 1);  // expat puts the name space before a blank
        builder.open_.push_back(place);
    }
    static void end(void* self, const XML_Char*) noexcept { static_cast<Builder*>(self)->open_.pop_back(); }
    static void text(void* self, const XML_Char* text, int size) noexcept {
        static_cast<Builder*>(self)->open_.back()->text.append(text, static_cast<std::size_t>(size));
    }
    static void refuse_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) noexcept {
        static_cast<Builder*>(self)->give_up();
    }

  private:
    void give_up() {
        is_wrong = true;
        XML_StopParser(parser_, XML_FALSE);
        XML_SetElementHandler(parser_, nullptr, nullptr);  // some still come after it was stopped
        XML_SetCharacterDataHandler(parser_, nullptr);
    }

    XML_Parser parser_;
    /// From the root to the element that is being read. A parent has no child added while one is open, so
    /// that the pointers hold.
    std::vector<XmlElement*> open_;
};

}  // namespace

std::string_view XmlElement::text_of(std::string_view child) const {
    for (const auto& element : children) {
        if (element.name == child) return element.text;
    }
    return {};
}

base::Result<XmlElement> read_xml(std::string_view document) {
    const std::unique_ptr<std::remove_pointer_t<XML_Parser>, CloseParser> parser(
        XML_ParserCreateNS(nullptr, ' '));
    if (!parser) return base::fail(base::ErrorKind::Unavailable, "there is no memory to read an answer");
    Builder builder(parser.get());
    XML_SetUserData(parser.get(), &builder);
    XML_SetElementHandler(parser.get(), Builder::begin, Builder::end);
    XML_SetCharacterDataHandler(parser.get(), Builder::text);
    XML_SetStartDoctypeDeclHandler(parser.get(), Builder::refuse_doctype);
    const auto status = XML_Parse(parser.get(), document.data(), static_cast<int>(document.size()), XML_TRUE);
    if (status != XML_STATUS_OK || builder.is_wrong)
        return base::fail(base::ErrorKind::InvalidInput, "the answer is not the XML that S3 speaks");
    return std::move(builder.root);
}

std::string xml_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out.append("&amp;");
                break;
            case '<':
                out.append("&lt;");
                break;
            case '>':
                out.append("&gt;");
                break;
            default:
                out.push_back(c);
        }
    }
    return out;
}

}  // namespace cript::blob
