#include "cript/error.hpp"

#include <cstdlib>
#include <iostream>
#include <ostream>

#include "cript/result.hpp"

namespace cript {

std::string_view text(ErrorKind kind) noexcept {
    switch (kind) {
        case ErrorKind::Configuration:
            return "not configured";
        case ErrorKind::InvalidInput:
            return "invalid input";
        case ErrorKind::Unauthenticated:
            return "not signed in";
        case ErrorKind::Forbidden:
            return "not allowed";
        case ErrorKind::NotFound:
            return "not found";
        case ErrorKind::Conflict:
            return "conflict";
        case ErrorKind::Changed:
            return "changed meanwhile";
        case ErrorKind::TooLarge:
            return "too large";
        case ErrorKind::RateLimited:
            return "too many requests";
        case ErrorKind::Unavailable:
            return "server busy";
        case ErrorKind::Unreachable:
            return "server not reached";
        case ErrorKind::TimedOut:
            return "timed out";
        case ErrorKind::NotCript:
            return "not a CRIPT server";
        case ErrorKind::Server:
            return "server failure";
        case ErrorKind::LocalFile:
            return "file";
        case ErrorKind::Damaged:
            return "damaged";
        case ErrorKind::Cancelled:
            return "cancelled";
    }
    return "failure";
}

std::string Error::text() const {
    std::string out = message;
    for (const auto& problem : problems) {
        // A single problem is often the message itself, with its path appended.
        if (problems.size() == 1 && message.find(problem.message) != std::string::npos) continue;
        out.append("\n  ").append(problem.pointer.empty() ? "(document)" : problem.pointer);
        out.append(": ").append(problem.message);
        if (!problem.suggestion.empty() && problem.message.find(problem.suggestion) == std::string::npos) {
            out.append(" (did you mean '").append(problem.suggestion).append("'?)");
        }
    }
    return out;
}

std::ostream& operator<<(std::ostream& out, const Error& error) {
    return out << error.text();
}

namespace detail {

void no_value(const Error& error) {
    std::cerr << "libcript: the value of a failed result was used: " << error << '\n';
    std::abort();
}

void no_error() {
    std::cerr << "libcript: the error of a successful result was used\n";
    std::abort();
}

}  // namespace detail

}  // namespace cript
