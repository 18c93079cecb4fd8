#include <fmt/format.h>

#include <bit>
#include <set>
#include <unordered_map>

#include "model/units/measured_value.hpp"
#include "service/check_instance.hpp"
#include "service/row_columns.hpp"

namespace cript::service {

namespace {

using base::Result;
using store::Cells;

/// One measure, as a number that is the same for equal ones.
std::uint64_t hash_of(std::string_view key, std::string_view unit, double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);  // there are two zeros
    const std::hash<std::string_view> text;
    return (text(key) * 31 + text(unit)) * 31 + std::hash<std::uint64_t>{}(bits * 0x9E3779B97F4A7C15U);
}

}  // namespace

Result<void> check_measures(store::TableReader& reader, DamageList& damage) {
    // Of each node, the measures that it should have, less those that the side table has.
    std::unordered_map<store::NodeId, std::set<std::uint64_t>> wanted;
    std::set<store::NodeId> wrong;
    const RowColumns<3> nodes("node", {"id", "type", "attributes"});
    CRIPT_CHECK(store::for_each_row(reader, nodes.table(), [&](const Cells& row) -> Result<void> {
        const auto type = model::node_type_named(nodes.text(row, 1));
        if (!type || !model::can_be_measured(*type)) return {};
        const auto measured = model::measured_value(*type, nodes.text(row, 2));
        if (!measured) return {};
        auto& hashes = wanted[nodes.number(row, 0)];
        for (const auto value : measured->values)
            hashes.insert(hash_of(measured->key, measured->unit, value));
        return {};
    }));
    std::pair<store::NodeId, std::uint64_t> last{};
    const RowColumns<4> columns("measured_value", {"node", "key", "unit", "value"});
    CRIPT_CHECK(store::for_each_row(reader, columns.table(), [&](const Cells& row) -> Result<void> {
        const auto node = columns.number(row, 0);
        const auto hash = hash_of(columns.text(row, 1), columns.text(row, 2),
                                  std::bit_cast<double>(columns.number(row, 3)));
        if (node == last.first && hash == last.second) return {};  // of a list that holds a value twice
        last = {node, hash};
        const auto found = wanted.find(node);
        if (found == wanted.end() || found->second.erase(hash) == 0) wrong.insert(node);
        return {};
    }));
    for (const auto& [node, missing] : wanted) {
        if (!missing.empty()) wrong.insert(node);
    }
    for (const auto node : wrong)
        damage.add(
            "wrong_measures", fmt::format("node {}", node),
            "the side table of values in SI units does not have those of its attributes: criptd reindex");
    return {};
}

}  // namespace cript::service
