#pragma once

#include "cript/error.hpp"

namespace cript::cli {

/// What `cript` ends with. Scripts rely on these: docs/reference/cli.md.
enum class ExitCode : int {
    Ok = 0,
    Refused = 1,        ///< the server, or the check, says no
    Usage = 2,          ///< the command line is wrong
    NotSignedIn = 3,    ///< no token, no host, or a token that is not valid
    NotReached = 4,     ///< no answer from the server: a later attempt may succeed
    File = 5,           ///< a local file cannot be read or written
    Interrupted = 130,  ///< by Ctrl-C, as shells tell it
};

[[nodiscard]] constexpr ExitCode exit_code(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::Configuration:
        case ErrorKind::Unauthenticated:
            return ExitCode::NotSignedIn;
        case ErrorKind::Unavailable:
        case ErrorKind::Unreachable:
        case ErrorKind::TimedOut:
        case ErrorKind::NotCript:
        case ErrorKind::RateLimited:
        case ErrorKind::Server:
        case ErrorKind::Damaged:
            return ExitCode::NotReached;
        case ErrorKind::LocalFile:
            return ExitCode::File;
        case ErrorKind::Cancelled:
            return ExitCode::Interrupted;
        case ErrorKind::InvalidInput:
        case ErrorKind::Forbidden:
        case ErrorKind::NotFound:
        case ErrorKind::Conflict:
        case ErrorKind::Changed:
        case ErrorKind::TooLarge:
            return ExitCode::Refused;
    }
    return ExitCode::Refused;
}

}  // namespace cript::cli
