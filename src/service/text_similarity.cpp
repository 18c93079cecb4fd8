#include "service/text_similarity.hpp"

#include <algorithm>

namespace cript::service {

namespace {

bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// The pairs of neighbours, ascending. A text of one character has that with nothing before it.
std::vector<std::uint16_t> pairs_of(std::string_view text) {
    std::vector<std::uint16_t> pairs;
    pairs.reserve(text.size());
    std::uint16_t before = 0;
    std::size_t length = 0;
    for (const char c : text) {
        if (is_space(c)) continue;
        const auto now = static_cast<std::uint16_t>(static_cast<unsigned char>(c));
        if (length++ > 0) pairs.push_back(static_cast<std::uint16_t>(before << 8U | now));
        before = now;
    }
    if (length == 1) pairs.push_back(before);
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

}  // namespace

TextSimilarity::TextSimilarity(std::string_view text) : pairs_(pairs_of(text)) {}

double TextSimilarity::to(std::string_view other) const {
    const auto others = pairs_of(other);
    if (pairs_.empty() || others.empty()) return 0;
    std::size_t common = 0;
    auto left = pairs_.begin();
    auto right = others.begin();
    while (left != pairs_.end() && right != others.end()) {
        if (*left < *right) {
            ++left;
        } else if (*right < *left) {
            ++right;
        } else {
            ++common;
            ++left;
            ++right;
        }
    }
    return 2.0 * static_cast<double>(common) / static_cast<double>(pairs_.size() + others.size());
}

}  // namespace cript::service
