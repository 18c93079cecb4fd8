#include "client/base_error.hpp"

namespace cript::client {

namespace {

ErrorKind kind_of(base::ErrorKind kind) {
    switch (kind) {
        case base::ErrorKind::InvalidInput:
            return ErrorKind::InvalidInput;
        case base::ErrorKind::Unauthenticated:
            return ErrorKind::Unauthenticated;
        case base::ErrorKind::Forbidden:
            return ErrorKind::Forbidden;
        case base::ErrorKind::NotFound:
            return ErrorKind::NotFound;
        case base::ErrorKind::Conflict:
            return ErrorKind::Conflict;
        case base::ErrorKind::TooLarge:
            return ErrorKind::TooLarge;
        case base::ErrorKind::RateLimited:
            return ErrorKind::RateLimited;
        case base::ErrorKind::Unavailable:
            return ErrorKind::Unavailable;
        case base::ErrorKind::Internal:
            return ErrorKind::Server;
    }
    return ErrorKind::Server;
}

}  // namespace

Problem from_base(base::Problem problem) {
    return {std::move(problem.pointer), std::move(problem.code), std::move(problem.message),
            std::move(problem.suggestion)};
}

Error from_base(base::Error error) {
    Error out{kind_of(error.kind), 0, std::move(error.message), {}};
    out.problems.reserve(error.problems.size());
    for (auto& problem : error.problems) out.problems.push_back(from_base(std::move(problem)));
    return out;
}

}  // namespace cript::client
