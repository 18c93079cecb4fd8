#include "service/save_graph.hpp"

#include "service/apply_plan.hpp"

namespace cript::service {

namespace {

base::Result<void> judge_names(const model::Graph& graph, const SavePlan& plan, const SaveOptions& options) {
    if (options.name_problems.empty()) return {};
    base::Error error{base::ErrorKind::InvalidInput, {}, {}};
    for (std::uint32_t at = 0; at < graph.nodes.size(); ++at) {
        const auto& former = plan.nodes[at].former;
        if (former && former->name == graph.nodes[at].name) continue;
        const auto pointer = graph.pointer(at) + "/name";
        for (const auto& problem : options.name_problems) {
            if (problem.pointer == pointer) error.problems.push_back(problem);
        }
    }
    if (error.problems.empty()) return {};
    error.message = error.problems.front().message;
    return base::fail(std::move(error));
}

}  // namespace

base::Result<SaveOutcome> save_graph(Context& context, const account::Caller& caller,
                                     const model::Graph& graph, const SaveOptions& options) {
    if (options.dry_run) {
        return read<SaveOutcome>(context.store, [&](store::Reader& reader) -> base::Result<SaveOutcome> {
            auto plan = plan_save(reader, caller, graph, options, context.clock.now());
            CRIPT_CHECK(plan);
            CRIPT_CHECK(judge_names(graph, *plan, options));
            return outcome_of(*plan, true);
        });
    }
    return write<SaveOutcome>(context.store, [&](store::Writer& writer) -> base::Result<SaveOutcome> {
        auto plan = plan_save(writer, caller, graph, options, context.clock.now());
        CRIPT_CHECK(plan);
        CRIPT_CHECK(judge_names(graph, *plan, options));
        CRIPT_CHECK(apply_plan(writer, caller, *plan));
        return outcome_of(*plan, false);
    });
}

}  // namespace cript::service
