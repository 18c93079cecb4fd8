#include "service/save_faults.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cript::service {

namespace {

int rank(base::ErrorKind kind) {
    if (kind == base::ErrorKind::InvalidInput) return 0;
    return kind == base::ErrorKind::Conflict ? 1 : 2;
}

}  // namespace

base::Error in_order(std::vector<Fault> faults, std::size_t unlisted) {
    std::stable_sort(faults.begin(), faults.end(), [](const Fault& left, const Fault& right) {
        return rank(left.kind) < rank(right.kind);
    });
    base::Error error{faults.front().kind, faults.front().problem.message, {}};
    for (auto& fault : faults) error.problems.push_back(std::move(fault.problem));
    if (unlisted > 0) {
        error.problems.push_back(
            {"", fmt::format("{} more problems are not listed", unlisted), std::string(kNotAllListed), ""});
    }
    return error;
}

base::Result<void> check_revision(const store::NodeRow* node, std::int64_t seen) {
    if (node != nullptr && node->revision == seen) return {};
    auto message = node == nullptr ? std::string("the node is not there any more")
                                   : fmt::format("the node is at revision {} by now, you have seen {}",
                                                 node->revision, seen);
    return base::fail(
        in_order({{base::ErrorKind::Conflict, {"", std::move(message), std::string(kRevisionDiffers), ""}}}));
}

}  // namespace cript::service
