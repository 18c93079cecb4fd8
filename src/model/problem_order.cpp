#include "model/problem_order.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <string>
#include <string_view>

namespace cript::model {

namespace dom = simdjson::dom;

namespace {

std::string unescaped(std::string_view token) {
    std::string out;
    for (std::size_t at = 0; at < token.size(); ++at) {
        if (token[at] == '~' && at + 1 < token.size()) {
            out.push_back(token[++at] == '1' ? '/' : '~');
        } else {
            out.push_back(token[at]);
        }
    }
    return out;
}

/// The number of the member or item that a reference token names; `here` moves to it.
std::size_t step_into(dom::element& here, std::string_view token) {
    if (here.is_object()) {
        const auto key = unescaped(token);
        std::size_t number = 0;
        for (const auto [name, value] : dom::object(here)) {
            if (name == key) {
                here = value;
                return number;
            }
            ++number;
        }
        return number;
    }
    std::size_t number = 0;
    std::from_chars(token.data(), token.data() + token.size(), number);
    dom::element item;
    if (here.is_array() && dom::array(here).at(number).get(item) == simdjson::SUCCESS) here = item;
    return number;
}

/// The way to a value as numbers of members and items: these compare as the document reads.
std::vector<std::size_t> way_to(std::string_view pointer, dom::element document) {
    std::vector<std::size_t> way;
    auto here = document;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);  // the slash
        const auto end = std::min(pointer.find('/'), pointer.size());
        way.push_back(step_into(here, pointer.substr(0, end)));
        pointer.remove_prefix(end);
    }
    return way;
}

}  // namespace

void order_problems(std::vector<base::Problem>& problems, dom::element document) {
    if (problems.size() < 2) return;
    std::vector<std::vector<std::size_t>> ways;
    ways.reserve(problems.size());
    for (const auto& problem : problems) ways.push_back(way_to(problem.pointer, document));
    std::vector<std::size_t> order(problems.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return ways[a] < ways[b]; });
    std::vector<base::Problem> sorted;
    sorted.reserve(problems.size());
    for (const auto at : order) sorted.push_back(std::move(problems[at]));
    problems = std::move(sorted);
}

}  // namespace cript::model
