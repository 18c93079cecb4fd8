#include "cli/file_name.hpp"

#include <algorithm>

#include "base/uuid.hpp"
#include "cli/terminal.hpp"

namespace cript::cli {

namespace {

/// `uploads/data_UUID.csv` → `data.csv`
std::string name_in(std::string_view source) {
    constexpr std::size_t kUuid = 36;
    std::string name(source.substr(source.rfind('/') + 1));  // npos + 1 is 0
    const auto dot = std::min(name.rfind('.'), name.size());
    if (dot > kUuid && name[dot - kUuid - 1] == '_' &&
        base::Uuid::parse(std::string_view(name).substr(dot - kUuid, kUuid)))
        name.erase(dot - kUuid - 1, kUuid + 1);
    return name;
}

}  // namespace

std::string file_name_of(const Json& file) {
    constexpr std::size_t kLongest = 200;  // of 255, as .part is to be put behind it
    std::string name(file.text_of("name"));
    if (name.empty()) {
        name = name_in(file.text_of("source"));
    } else if (const auto extension = file.text_of("extension");
               !extension.empty() && name.find('.') == std::string::npos) {
        name += extension;
    }
    name = without_controls(name, "_");
    for (auto& c : name) {
        if (c == '/' || c == '\\' || c == '\n' || c == '\t') c = '_';
    }
    if (name.size() > kLongest) {
        auto first = name.size() - kLongest;
        while ((static_cast<unsigned char>(name[first]) & 0xC0U) == 0x80U) ++first;  // within a character
        name.erase(0, first);
    }
    // A hidden file could change how programs behave here.
    if (name.empty() || name.front() == '.') name.insert(0, "file");
    if (name.front() == '-') name.insert(0, "_");
    return name;
}

}  // namespace cript::cli
