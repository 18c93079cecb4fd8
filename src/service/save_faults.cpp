#include "service/save_faults.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cript::service {

namespace {

int rank(base::ErrorKind kind) {
    if (kind == base::ErrorKind::InvalidInput) return 0;
    return kind == base::ErrorKind::Conflict ? 1 : 2;
}

base::Problem not_all_listed(std::size_t unlisted, std::string_view what) {
    return {"", fmt::format("{} more {} are not listed", unlisted, what), std::string(kNotAllListed), ""};
}

}  // namespace

void leave_out_beyond(std::size_t most, std::vector<base::Problem>& warnings) {
    if (warnings.size() <= most) return;
    const auto unlisted = warnings.size() - most;
    warnings.resize(most);
    warnings.push_back(not_all_listed(unlisted, "warnings"));
}

base::Error in_order(std::vector<Fault> faults, std::size_t unlisted) {
    std::stable_sort(faults.begin(), faults.end(), [](const Fault& left, const Fault& right) {
        return rank(left.kind) < rank(right.kind);
    });
    if (faults.size() > kMostFaults) {
        unlisted += faults.size() - kMostFaults;
        faults.erase(faults.begin() + kMostFaults, faults.end());
    }
    base::Error error{faults.front().kind, faults.front().problem.message, {}};
    for (auto& fault : faults) error.problems.push_back(std::move(fault.problem));
    if (unlisted > 0) error.problems.push_back(not_all_listed(unlisted, "problems"));
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
