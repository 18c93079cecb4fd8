#include "server/progress_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace cript::server {

namespace {

constexpr std::uint64_t kWidth = 30;

std::string bar(std::uint64_t done, std::uint64_t total) {
    const auto filled = done * kWidth / total;
    std::string text;
    for (std::uint64_t cell = 0; cell < kWidth; ++cell) text.append(cell < filled ? "█" : "░");
    return text;
}

}  // namespace

ProgressLine::ProgressLine() : is_terminal_(::isatty(STDERR_FILENO) == 1) {}

void ProgressLine::show(std::string_view phase, std::uint64_t done, std::uint64_t total) {
    if (total == 0) {
        draw(is_terminal_ ? fmt::format("{:<9} {} rows", phase, done) : fmt::format("{} …", phase));
        return;
    }
    done = std::min(done, total);
    if (is_terminal_) {
        draw(fmt::format("{:<9} {} {:3} % of {} rows", phase, bar(done, total), done * 100 / total, total));
    } else {
        draw(fmt::format("{} {} % of {} rows", phase, done * 20 / total * 5, total));
    }
}

void ProgressLine::draw(const std::string& line) {
    if (line == shown_) return;
    shown_ = line;
    // ECMA-48 §8.3.41, erase in line
    fmt::print(stderr, "{}{}{}", is_terminal_ ? "\r\033[K" : "", line, is_terminal_ ? "" : "\n");
    std::fflush(stderr);
}

void ProgressLine::clear() {
    if (shown_.empty()) return;
    shown_.clear();
    if (is_terminal_) fmt::print(stderr, "\r\033[K");
}

}  // namespace cript::server
