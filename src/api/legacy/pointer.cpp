#include "api/legacy/pointer.hpp"

#include <algorithm>
#include <vector>

namespace cript::api::legacy {

namespace {

std::vector<std::string_view> segments_of(std::string_view pointer) {
    std::vector<std::string_view> segments;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const auto slash = pointer.find('/');
        segments.push_back(pointer.substr(0, slash));
        pointer = slash == std::string_view::npos ? std::string_view{} : pointer.substr(slash);
    }
    return segments;
}

/// The member that stands for a field of the model; nothing if none does.
const Field* member_for(const Type& type, std::string_view name) {
    const auto found = std::ranges::find_if(type.fields, [&](const Field& field) {
        return !is_kept(field.shape) && field.shape != Shape::Identifiers && model::text(field.field) == name;
    });
    return found == type.fields.end() ? nullptr : &*found;
}

}  // namespace

std::string pointer_in_body(const Type& type, std::string_view pointer) {
    std::string out;
    const auto* here = &type;
    const auto segments = segments_of(pointer);
    for (std::size_t at = 0; at < segments.size(); ++at) {
        const auto* field = member_for(*here, segments[at]);
        if (field == nullptr) {
            // An identifier, or something that has no place of its own in the body.
            const bool is_identifier = here->type == model::NodeType::Material && identifier_field(segments[at]);
            return is_identifier ? out + "/identifiers" : out;
        }
        out.append("/").append(field->key);
        const bool has_position = at + 1 < segments.size() && !segments[at + 1].empty() &&
                                  std::ranges::all_of(segments[at + 1], [](char c) { return c >= '0' && c <= '9'; });
        if (has_position) {
            ++at;
            const bool is_single = field->shape == Shape::FirstText || field->shape == Shape::FirstLink;
            if (!is_single) out.append("/").append(segments[at]);
        }
        const auto* stored = model::find_field(here->type, field->field);
        if (stored == nullptr || !model::is_link(stored->kind)) return out;
        here = &type_of(stored->target);
    }
    return out;
}

}  // namespace cript::api::legacy
