#include "base/json_writer.hpp"

namespace cript::base {

void JsonWriter::append_string(std::string& out, std::string_view text) {
    out.push_back('"');
    std::size_t clean = 0;  // start of the run that needs no escape
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text, clean, at - clean);
        clean = at + 1;
        switch (c) {
            case '"':
                out.append("\\\"");
                break;
            case '\\':
                out.append("\\\\");
                break;
            case '\n':
                out.append("\\n");
                break;
            case '\r':
                out.append("\\r");
                break;
            case '\t':
                out.append("\\t");
                break;
            default: {
                static constexpr char kDigits[] = "0123456789abcdef";
                const std::array<char, 6> escape{'\\', 'u', '0', '0', kDigits[c >> 4U], kDigits[c & 0x0fU]};
                out.append(escape.data(), escape.size());
            }
        }
    }
    out.append(text, clean, text.size() - clean);
    out.push_back('"');
}

void JsonWriter::append_double(std::string& out, double number) {
    if (!std::isfinite(number)) {  // JSON has no word for these, and no reader lets one in
        out.append("null");
        return;
    }
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    const std::string_view text{digits.data(), static_cast<std::size_t>(end - digits.data())};
    out.append(text);
    if (text.find_first_of(".e") == std::string_view::npos) out.append(".0");
}

}  // namespace cript::base
