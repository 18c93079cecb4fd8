#include "cli/problem_report.hpp"

#include <fmt/format.h>

#include <map>

#include "cli/json_position.hpp"

namespace cript::cli {

namespace {

constexpr std::size_t kLongestLine = 100;
constexpr std::size_t kMostTold = 50;
constexpr std::size_t kMostAlike = 3;  // with the same words

std::string sentence(const Problem& problem) {
    const bool says_so = problem.message.find(problem.suggestion) != std::string::npos;
    if (problem.suggestion.empty() || says_so) return problem.message;
    return fmt::format("{} (did you mean '{}'?)", problem.message, problem.suggestion);
}

/// The line of the file and what in it is meant. Only where both fit: a file may be one single line.
std::string excerpt(const Position& position, const Paint& paint) {
    const auto last = position.column - 1 + position.width;
    if (last > kLongestLine) return {};
    const auto first = position.line_text[position.column - 1];
    if (first == '{' || first == '[') return {};  // the whole of something: its bracket tells nothing
    const auto line = position.line_text.substr(0, kLongestLine);
    std::string blanks;  // tabs stay tabs, so that the mark stands right below
    for (const char c : line.substr(0, position.column - 1)) blanks.push_back(c == '\t' ? '\t' : ' ');
    return fmt::format("{:6} | {}\n       | {}{}\n", position.line, line, blanks,
                       paint(Style::Green, "^" + std::string(position.width - 1, '~')));
}

}  // namespace

std::string problem_report(const ProjectFile& file, const std::vector<Problem>& problems,
                           std::string_view word, Style style, const Paint& paint) {
    std::string report;
    std::map<std::string, std::size_t> alike;
    std::size_t told = 0;
    for (const auto& problem : problems) {
        if (++alike[problem.message] > kMostAlike || told == kMostTold) continue;
        ++told;
        const auto position = position_of(file.text, file.prefix + problem.pointer);
        report += fmt::format(
            "{}: {} {}\n",
            paint(Style::Bold, fmt::format("{}:{}:{}", file.path, position.line, position.column)),
            paint(style, fmt::format("{}:", word)), sentence(problem));
        report += excerpt(position, paint);
        if (!problem.pointer.empty())
            report += fmt::format("       {}\n", paint(Style::Dim, "at " + problem.pointer));
    }
    if (told < problems.size()) {
        report += fmt::format("and {} more {}s; --json lists all\n", problems.size() - told, word);
    }
    return paint.shown(report);
}

}  // namespace cript::cli
