#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace cript {

/// Why a call did not do what it was asked.
enum class ErrorKind : std::uint8_t {
    Configuration,    ///< no token or no host to work with, or one that cannot be read
    InvalidInput,     ///< the node or document is wrong: Error::problems lists everything that is (HTTP 400)
    Unauthenticated,  ///< the server does not know the token, or not any more (401)
    Forbidden,        ///< the account may not do this (403)
    NotFound,         ///< no such thing, or not for this account's eyes (404)
    Conflict,         ///< clashes with what is stored, such as a name that is taken (409)
    Changed,          ///< somebody changed the node after it was read (412)
    TooLarge,         ///< beyond a limit of the server (413)
    RateLimited,      ///< too many attempts (429)
    Unavailable,      ///< the server cannot just now (502, 503, 504)
    Unreachable,      ///< no connection: wrong host, no network, refused, not trusted
    TimedOut,         ///< the deadline passed; a change may or may not have happened
    NotCript,         ///< what answered does not speak the CRIPT interface
    Server,           ///< a failure of the server (500)
    LocalFile,        ///< a local file cannot be read or written, or is there already
    Damaged,          ///< a content arrived that is not the one it should be
    Cancelled,        ///< as TransferOptions::is_cancelled asked for
};

/// The kind as words: "not found".
[[nodiscard]] std::string_view text(ErrorKind kind) noexcept;

/// One thing that is wrong with what was sent, or worth knowing about it.
struct Problem {
    std::string
        pointer;       ///< JSON Pointer (RFC 6901) into the document that was sent; empty for the whole of it
    std::string code;  ///< stable word for programs: "unknown_field"
    std::string message;     ///< for people
    std::string suggestion;  ///< the likely intended word, or empty
};

/// Why a call failed, as the server or the library tells it. It never contains the token.
struct Error {
    ErrorKind kind = ErrorKind::Server;
    int http_status = 0;              ///< 0 when no answer came
    std::string message;              ///< one sentence
    std::vector<Problem> problems{};  ///< in document order

    /// The message and, below it, one line per problem.
    [[nodiscard]] std::string text() const;
};

std::ostream& operator<<(std::ostream& out, const Error& error);

}  // namespace cript
