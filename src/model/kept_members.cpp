#include "model/kept_members.hpp"

#include <algorithm>

namespace cript::model {

namespace {

/// Where `"legacy":{` begins; npos without it. No text can hold these characters, since its quotation marks
/// are escaped, and no field of the model holds an object.
std::size_t place_of_kept(std::string_view attributes) {
    const auto found = attributes.find(R"("legacy":{)");
    return found == 0 ? std::string_view::npos : found;
}

}  // namespace

std::string_view kept_of(std::string_view attributes) {
    const auto at = place_of_kept(attributes);
    if (at == std::string_view::npos) return {};
    const auto begin = at + kKeptMember.size() + 3;
    return attributes.substr(begin, attributes.size() - begin - 1);
}

std::string_view own_members(std::string_view attributes) {
    const auto at = place_of_kept(attributes);
    // The character before it is the comma of the member before, or the brace.
    const auto end = at == std::string_view::npos ? attributes.size() - 1 : std::max<std::size_t>(at - 1, 1);
    return attributes.substr(1, end - 1);
}

std::string without_kept(std::string_view attributes) {
    return std::string("{").append(own_members(attributes)).append("}");
}

std::string with_kept(std::string_view attributes, std::string_view kept) {
    auto out = without_kept(attributes);
    if (kept.size() <= 2) return out;
    out.pop_back();
    if (out.size() > 1) out.push_back(',');
    return out.append("\"").append(kKeptMember).append("\":").append(kept).append("}");
}

std::string with_nothing_kept(std::string_view attributes) {
    auto out = without_kept(attributes);
    out.pop_back();
    if (out.size() > 1) out.push_back(',');
    return out.append("\"").append(kKeptMember).append("\":{}}");
}

}  // namespace cript::model
