#include <toml++/toml.h>
#include <algorithm>
#include <set>
#include <stdexcept>

#include "model.hpp"

namespace model_generator {

namespace {

[[noreturn]] void refuse(const toml::node& at, const std::string& what) {
    throw std::runtime_error("units.toml, line " + std::to_string(at.source().begin.line) + ": " + what);
}

const toml::array& list(const toml::table& in, const char* key) {
    const auto* found = in[key].as_array();
    if (found == nullptr) refuse(in, std::string("there is no list '") + key + "'");
    return *found;
}

std::vector<std::string> texts(const toml::array& items) {
    std::vector<std::string> out;
    for (const auto& item : items) {
        const auto text = item.value<std::string>();
        if (!text || text->empty()) refuse(item, "expected a text");
        out.push_back(*text);
    }
    return out;
}

/// The table of an entry, whose keys are all among these.
const toml::table& entry(const toml::node& node, const std::set<std::string_view>& known) {
    const auto* table = node.as_table();
    if (table == nullptr) refuse(node, "expected {name = …}");
    for (const auto& [key, value] : *table) {
        if (!known.contains(key.str())) refuse(value, "unknown key '" + std::string(key.str()) + "'");
    }
    return *table;
}

std::string text(const toml::table& in, const char* key) {
    const auto found = in[key].value<std::string>();
    if (!found || found->empty()) refuse(in, std::string("lacks '") + key + "'");
    return *found;
}

std::vector<std::string> optional_texts(const toml::table& in, const char* key) {
    return in.contains(key) ? texts(list(in, key)) : std::vector<std::string>{};
}

Prefix read_prefix(const toml::node& node) {
    const auto& table = entry(node, {"name", "also", "factor"});
    const auto factor = table["factor"].value<double>();
    if (!factor || *factor <= 0) refuse(table, "a prefix has a positive factor");
    return {text(table, "name"), optional_texts(table, "also"), *factor};
}

Unit read_unit(const toml::node& node, const std::vector<std::string>& dimensions) {
    const auto& table = entry(node, {"name", "also", "dimension", "factor", "number", "is", "offset"});
    Unit unit;
    unit.name = text(table, "name");
    unit.also = optional_texts(table, "also");
    unit.definition = table["is"].value_or(std::string());
    unit.offset = table["offset"].value_or(0.0);
    const int kinds =
        int{table.contains("dimension")} + int{table.contains("number")} + int{table.contains("is")};
    if (kinds != 1) refuse(table, unit.name + " has one of 'dimension', 'number' and 'is'");
    if (table.contains("dimension")) {
        const auto found = std::ranges::find(dimensions, text(table, "dimension"));
        if (found == dimensions.end()) refuse(table, unit.name + " is of an unknown dimension");
        unit.dimension = static_cast<std::size_t>(found - dimensions.begin());
        unit.factor = table["factor"].value_or(1.0);
    } else if (table.contains("number")) {
        unit.factor = table["number"].value_or(0.0);
    }
    if (unit.factor <= 0) refuse(table, unit.name + " must be positive");
    return unit;
}

void refuse_repeats(const Units& units, const toml::table& file) {
    std::set<std::string> seen;
    const auto add = [&](const std::string& word) {
        if (!seen.insert(word).second) refuse(file, "'" + word + "' stands there twice");
    };
    for (const auto& unit : units.units) {
        add(unit.name);
        for (const auto& word : unit.also) add(word);
    }
    for (const auto& word : units.indefinite) add(word);
}

Term& find_term(Model& model, const toml::table& correction) {
    const auto vocabulary =
        std::ranges::find(model.vocabularies, text(correction, "vocabulary"), &Vocabulary::name);
    if (vocabulary == model.vocabularies.end()) refuse(correction, "there is no such vocabulary");
    const auto term = std::ranges::find(vocabulary->terms, text(correction, "key"), &Term::name);
    if (term == vocabulary->terms.end()) refuse(correction, "the vocabulary has no such term");
    return *term;
}

void correct(Model& model, const toml::node& node) {
    const auto& table = entry(node, {"vocabulary", "key", "units", "range", "because"});
    (void)text(table, "because");
    auto& term = find_term(model, table);
    for (auto& unit : optional_texts(table, "units")) term.other_units.push_back(std::move(unit));
    if (!table.contains("range")) return;
    const auto& range = list(table, "range");
    term.minimum = range.size() > 0 ? range[0].value<double>() : std::nullopt;
    term.maximum = range.size() > 1 ? range[1].value<double>() : std::nullopt;
}

}  // namespace

Units read_units(const std::filesystem::path& path, Model& model) {
    toml::table file;
    try {
        file = toml::parse_file(path.string());
    } catch (const toml::parse_error& error) {
        throw std::runtime_error(path.string() + ", line " + std::to_string(error.source().begin.line) +
                                 ": " + std::string(error.description()));
    }
    Units units;
    units.dimensions = texts(list(file, "dimensions"));
    units.si_units = texts(list(file, "si_units"));
    if (units.si_units.size() != units.dimensions.size()) refuse(file, "each dimension has one SI unit");
    for (const auto& node : list(file, "prefixes")) units.prefixes.push_back(read_prefix(node));
    for (const auto& node : list(file, "units")) units.units.push_back(read_unit(node, units.dimensions));
    units.indefinite = texts(list(file, "indefinite"));
    refuse_repeats(units, file);
    for (const auto& node : list(file, "corrections")) correct(model, node);
    return units;
}

}  // namespace model_generator
