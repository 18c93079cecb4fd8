#include <fmt/format.h>

#include <optional>
#include <ostream>

#include "base/uuid.hpp"
#include "cli/commands.hpp"
#include "cli/identities.hpp"
#include "cli/node_walk.hpp"
#include "cli/progress_bar.hpp"
#include "cli/pushable_form.hpp"
#include "cli/text_file.hpp"

namespace cript::cli {

namespace {

/// Keeps beside the file which state of the project it holds, so that a push of it overwrites nobody's
/// change.
Result<void> remember_revision(const std::string& file, const std::string& host,
                               const std::string& revision) {
    if (revision.empty()) return {};
    const auto path = Identities::path_for(file);
    auto identities = Identities::load(path);
    if (!identities) return identities.error();
    identities->set_revision(host, revision);
    return write_text(path, identities->text());
}

}  // namespace

ExitCode pull(Session& session, const PullOptions& options) {
    std::optional<ProgressBar> bar;
    if (session.shows_progress()) bar.emplace(session.around().err);
    auto api = session.connect(bar ? ProgressCallback([&bar](const Progress& now) { bar->show(now); })
                                   : ProgressCallback());
    if (!api) return session.fail(api.error());
    const bool by_uuid = base::Uuid::parse(options.project).has_value();
    const auto answer = by_uuid ? api->raw().get("project", options.project)
                                : api->raw().find_exact("project", options.project);
    if (bar) bar->clear();
    if (!answer) return session.fail(answer.error());

    auto project = pushable_form(answer->data);
    const auto text = project.dump(1) + "\n";
    if (options.output.empty() || options.output == "-") {
        session.around().out << text;
        return ExitCode::Ok;
    }
    const auto written = write_text(options.output, text);
    if (!written) return session.fail(ExitCode::File, written.error().message);
    const auto remembered = remember_revision(options.output, api->host(), answer->revision);
    if (!remembered) return session.fail(ExitCode::File, remembered.error().message);

    const auto nodes = node_count(project);
    Json result = Json::object();
    result.set("ok", true)
        .set("file", options.output)
        .set("uuid", project.text_of("uuid"))
        .set("name", project.text_of("name"))
        .set("nodes", static_cast<std::int64_t>(nodes))
        .set("host", api->host());
    session.emit(result);
    session.say(fmt::format("{} {}: '{}' with {} nodes", session.paint()(Style::Green, "✓"), options.output,
                            project.text_of("name"), nodes));
    return ExitCode::Ok;
}

}  // namespace cript::cli
