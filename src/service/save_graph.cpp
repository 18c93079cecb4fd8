#include "service/save_graph.hpp"

#include "service/apply_plan.hpp"

namespace cript::service {

base::Result<SaveOutcome> save_graph(Context& context, const account::Caller& caller,
                                     const model::Graph& graph, const SaveOptions& options) {
    if (options.dry_run) {
        return read<SaveOutcome>(context.store, [&](store::Reader& reader) -> base::Result<SaveOutcome> {
            auto plan = plan_save(reader, caller, graph, options, context.clock.now());
            CRIPT_CHECK(plan);
            return outcome_of(*plan, true);
        });
    }
    return write<SaveOutcome>(context.store, [&](store::Writer& writer) -> base::Result<SaveOutcome> {
        auto plan = plan_save(writer, caller, graph, options, context.clock.now());
        CRIPT_CHECK(plan);
        CRIPT_CHECK(apply_plan(writer, caller, *plan));
        return outcome_of(*plan, false);
    });
}

}  // namespace cript::service
