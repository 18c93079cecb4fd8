#include "store/postgres/parameters.hpp"

namespace cript::store::postgres {

std::vector<TypeNumber> Parameters::types() const {
    std::vector<TypeNumber> types;
    types.reserve(slots_.size());
    for (const auto& slot : slots_) types.push_back(slot.type);
    return types;
}

std::vector<const char*> Parameters::values() const {
    std::vector<const char*> values;
    values.reserve(slots_.size());
    for (const auto& slot : slots_) values.push_back(slot.is_null ? nullptr : bytes_.data() + slot.offset);
    return values;
}

std::vector<int> Parameters::lengths() const {
    std::vector<int> lengths;
    lengths.reserve(slots_.size());
    for (const auto& slot : slots_) lengths.push_back(static_cast<int>(slot.length));
    return lengths;
}

}  // namespace cript::store::postgres
