#include "service/save_faults.hpp"

#include <algorithm>

namespace cript::service {

namespace {

int rank(base::ErrorKind kind) {
    if (kind == base::ErrorKind::InvalidInput) return 0;
    return kind == base::ErrorKind::Conflict ? 1 : 2;
}

}  // namespace

base::Error in_order(std::vector<Fault> faults) {
    std::stable_sort(faults.begin(), faults.end(), [](const Fault& left, const Fault& right) {
        return rank(left.kind) < rank(right.kind);
    });
    base::Error error{faults.front().kind, faults.front().problem.message, {}};
    for (auto& fault : faults) error.problems.push_back(std::move(fault.problem));
    return error;
}

}  // namespace cript::service
