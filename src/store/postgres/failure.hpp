#pragma once

#include <algorithm>
#include <exception>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/result.hpp"

namespace cript::store::postgres {

/// Thrown and caught inside this folder only (see `guarded`).
struct Failure {
    base::Error error;
    std::string state{};       ///< SQLSTATE (PostgreSQL manual, appendix A); empty if the server did not say
    std::string constraint{};  ///< name of the constraint that was broken, or empty

    /// Two transactions could not have run one after the other: the same work may succeed when run again.
    [[nodiscard]] bool is_conflict_of_transactions() const { return state == "40001" || state == "40P01"; }
    [[nodiscard]] bool is_broken_constraint() const { return state.starts_with("23"); }
    [[nodiscard]] bool is_broken_uniqueness() const { return state == "23505"; }
    /// The server takes no changes: a standby, or a primary that has become one.
    [[nodiscard]] bool is_read_only() const { return state == "25006"; }
};

/// What libpq says, without the line breaks.
[[nodiscard]] inline std::string one_line(const char* message) {
    std::string text(message != nullptr ? message : "");
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

[[nodiscard]] inline Failure unavailable(std::string message) {
    return {{base::ErrorKind::Unavailable, std::move(message), {}}};
}

/// Runs a piece of work and turns exceptions into error values: the border of this folder.
/// `explain` may put an error into words of its own.
template <class Work, class Explain>
[[nodiscard]] auto guarded(Work work, Explain explain) -> base::Result<std::invoke_result_t<Work>> {
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const Failure& failure) {
        return base::fail(explain(failure));
    } catch (const std::exception& exception) {  // a defect, ours or of the work that we run
        return base::fail(base::ErrorKind::Internal, exception.what());
    }
}

template <class Work>
[[nodiscard]] auto guarded(Work work) -> base::Result<std::invoke_result_t<Work>> {
    return guarded(std::move(work), [](const Failure& failure) { return failure.error; });
}

}  // namespace cript::store::postgres
