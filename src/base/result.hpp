#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace cript::base {

/// Why an operation did not happen. Each kind has one HTTP status, chosen in src/api.
enum class ErrorKind : std::uint8_t {
    InvalidInput,     ///< the caller sent something that cannot be accepted
    Unauthenticated,  ///< no credential, or one that is not valid
    Forbidden,        ///< a valid credential that does not allow this
    NotFound,         ///< no such thing, or the caller may not know of it
    Conflict,         ///< clashes with what is stored
    TooLarge,         ///< a limit on size, depth or count
    RateLimited,      ///< too many attempts
    Unavailable,      ///< the environment failed (disk, database, overload): worth a retry
    Internal,         ///< a defect of this program
};

/// One thing that is wrong with an input.
struct Problem {
    std::string pointer;  ///< JSON Pointer (RFC 6901) into the caller's document; empty for the whole of it
    std::string message;  ///< what is wrong and what would be right, for a person
    std::string code;     ///< stable word for programs, such as "unknown_field"
    std::string suggestion;  ///< the likely intended word, or empty
};

struct Error {
    ErrorKind kind = ErrorKind::Internal;
    std::string message;
    std::vector<Problem> problems{};  ///< all problems of an invalid input, in document order
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, std::string message) {
    return tl::unexpected<Error>(Error{kind, std::move(message), {}});
}

[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace cript::base

/// Leaves the function with the error of `expression`, or goes on.
#define CRIPT_CHECK(expression)                                          \
    do {                                                                 \
        if (auto&& cript_check_ = (expression); !cript_check_) {         \
            return ::cript::base::fail(std::move(cript_check_.error())); \
        }                                                                \
    } while (false)
