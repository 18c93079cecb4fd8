// What it costs to turn a document into a graph that is known to be valid.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <iterator>
#include <string>

#include "model/graph.hpp"

namespace {

/// A project of `materials` materials, each with one property under one condition: three nodes each.
std::string project_of(std::int64_t materials) {
    std::string json = R"({"node": ["Project"], "name": "Bench", "material": [)";
    for (std::int64_t number = 0; number < materials; ++number) {
        fmt::format_to(
            std::back_inserter(json),
            R"({}{{"node": ["Material"], "name": "polystyrene {}", "names": ["PS"], "property": [{{"node": ["Property"],)"
            R"( "key": "density", "type": "value", "value": {}.5, "unit": "g/cm**3", "condition": [{{"node":)"
            R"( ["Condition"], "key": "temperature", "type": "value", "value": 20, "unit": "degC"}}]}}]}})",
            number == 0 ? "" : ", ", number, number);
    }
    return json.append("]}");
}

void read_a_document(benchmark::State& state) {
    const auto json = project_of(state.range(0));
    const cript::model::ReadOptions options{.root = cript::model::NodeType::Project,
                                            .root_uuid = std::nullopt};
    std::size_t nodes = 0;
    for (auto _ : state) {
        auto graph = cript::model::read_graph(json, options);
        if (!graph) {
            state.SkipWithError(graph.error().message.c_str());
            return;
        }
        nodes += graph->nodes.size();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(nodes));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(json.size()));
}
BENCHMARK(read_a_document)->Arg(3)->Arg(333)->Arg(3'333)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
