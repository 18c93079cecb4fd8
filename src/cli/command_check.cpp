#include <fmt/format.h>

#include <ostream>

#include "cli/commands.hpp"
#include "cli/problem_report.hpp"
#include "cli/project_file.hpp"
#include "cli/text_file.hpp"
#include "client/base_error.hpp"
#include "model/graph.hpp"

namespace cript::cli {

namespace {

std::vector<Problem> converted(std::vector<base::Problem> problems) {
    std::vector<Problem> out;
    out.reserve(problems.size());
    for (auto& problem : problems) out.push_back(client::from_base(std::move(problem)));
    return out;
}

}  // namespace

ExitCode check(Session& session, const std::string& path) {
    auto text = read_text(path, session.around().in);
    if (!text) return session.fail(ExitCode::File, text.error().message);
    const auto file = read_project(path, std::move(*text));
    if (!file) return session.fail(file.error());

    model::ReadOptions options{};
    options.root = model::NodeType::Project;
    auto graph = model::read_graph(file->project.dump(), options);
    auto& err = session.around().err;
    if (!graph) {
        const auto error = client::from_base(std::move(graph).error());
        if (session.json() || error.problems.empty()) return session.fail(error);
        err << problem_report(*file, error.problems, "error", Style::Red, session.paint_err());
        err << fmt::format("{} problem{}.\n", error.problems.size(), error.problems.size() == 1 ? "" : "s");
        return exit_code(error.kind);
    }
    const auto warnings = converted(std::move(graph->warnings));
    Json result = Json::object();
    result.set("ok", true)
        .set("nodes", static_cast<std::int64_t>(graph->nodes.size()))
        .set("warnings", as_json(warnings));
    session.emit(result);
    if (!session.json() && !session.quiet()) {
        err << problem_report(*file, warnings, "warning", Style::Yellow, session.paint_err());
    }
    session.say(fmt::format("{} {}: {} nodes, nothing wrong that can be seen without the server",
                            session.paint()(Style::Green, "✓"), path, graph->nodes.size()));
    return ExitCode::Ok;
}

}  // namespace cript::cli
