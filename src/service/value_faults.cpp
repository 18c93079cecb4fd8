#include "service/value_faults.hpp"

#include "model/units/measured_value.hpp"

namespace cript::service {

void judge_value(model::NodeType type, std::string_view attributes, std::string_view pointer, bool must_fit,
                 std::vector<Fault>& faults, std::vector<base::Problem>& warnings) {
    for (auto& problem : model::problems_of_value(type, attributes)) {
        problem.pointer.insert(0, pointer);
        if (must_fit) {
            faults.push_back({base::ErrorKind::InvalidInput, std::move(problem)});
        } else {
            warnings.push_back(std::move(problem));
        }
    }
}

}  // namespace cript::service
