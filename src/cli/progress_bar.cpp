#include "cli/progress_bar.hpp"

#include <fmt/format.h>

#include <ostream>

namespace cript::cli {

namespace {

constexpr int kWidth = 30;

std::string bar(std::uint64_t done, std::uint64_t total) {
    const auto filled = static_cast<int>(done * kWidth / total);
    std::string text;
    for (int cell = 0; cell < kWidth; ++cell) text.append(cell < filled ? "█" : "░");
    return text;
}

std::string line_of(const Progress& progress, std::chrono::seconds since) {
    switch (progress.phase) {
        case Progress::Phase::Reading:
            if (progress.total == 0) return "reading";
            return fmt::format("reading   {} {:3} % of {}", bar(progress.bytes, progress.total),
                               progress.bytes * 100 / progress.total, size_text(progress.total));
        case Progress::Phase::Sending:
            if (progress.total == 0) return "sending";
            return fmt::format("sending   {} {:3} % of {}", bar(progress.bytes, progress.total),
                               progress.bytes * 100 / progress.total, size_text(progress.total));
        case Progress::Phase::Waiting:
            return fmt::format("the server checks and saves … {} s", since.count());
        case Progress::Phase::Receiving:
            if (progress.total == 0) return fmt::format("receiving {}", size_text(progress.bytes));
            return fmt::format("receiving {} {:3} % of {}", bar(progress.bytes, progress.total),
                               progress.bytes * 100 / progress.total, size_text(progress.total));
    }
    return {};
}

}  // namespace

std::string size_text(std::uint64_t bytes) {
    constexpr double kKilo = 1000.0;
    const auto size = static_cast<double>(bytes);
    if (size < kKilo) return fmt::format("{} B", bytes);
    if (size < kKilo * kKilo) return fmt::format("{:.1f} kB", size / kKilo);
    if (size < kKilo * kKilo * kKilo) return fmt::format("{:.1f} MB", size / (kKilo * kKilo));
    return fmt::format("{:.1f} GB", size / (kKilo * kKilo * kKilo));
}

void ProgressBar::show(const Progress& progress) {
    const auto since = std::chrono::steady_clock::now() - began_;
    auto line = line_of(progress, std::chrono::duration_cast<std::chrono::seconds>(since));
    if (line == shown_) return;
    shown_ = std::move(line);
    out_ << "\r\033[K" << shown_ << std::flush;  // ECMA-48 §8.3.41, erase in line
}

void ProgressBar::clear() {
    if (shown_.empty()) return;
    shown_.clear();
    out_ << "\r\033[K" << std::flush;
}

}  // namespace cript::cli
