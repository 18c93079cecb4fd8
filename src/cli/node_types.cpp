#include "cli/node_types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "model/model.hpp"

namespace cript::cli {

namespace {

/// Without case, blanks, dashes and underscores.
std::string bare(std::string_view text) {
    std::string letters;
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z') {
            letters.push_back(static_cast<char>(c - 'A' + 'a'));
        } else if (c != '_' && c != '-' && c != ' ') {
            letters.push_back(c);
        }
    }
    return letters;
}

std::vector<std::string> slugs() {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < model::kNodeTypeCount; ++at)
        all.emplace_back(model::info(static_cast<model::NodeType>(at)).slug);
    return all;
}

}  // namespace

std::optional<std::string> node_type_slug(std::string_view written) {
    for (auto& slug : slugs()) {
        if (bare(slug) == bare(written)) return std::move(slug);
    }
    return std::nullopt;
}

std::string no_such_type(std::string_view written) {
    return fmt::format("there is no node type '{}'; there are {}", written, fmt::join(slugs(), ", "));
}

}  // namespace cript::cli
