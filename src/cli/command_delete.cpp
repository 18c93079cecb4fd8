#include <fmt/format.h>

#include <istream>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/node_types.hpp"

namespace cript::cli {

namespace {

bool is_confirmed(Session& session, std::string_view question) {
    session.around().err << session.paint_err().shown(question) << " [y/N] " << std::flush;
    std::string answer;
    std::getline(session.around().in, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace

ExitCode delete_node(Session& session, const DeleteOptions& options) {
    const auto type = node_type_slug(options.type);
    if (!type) return session.fail(ExitCode::Usage, no_such_type(options.type));
    auto api = session.connect();
    if (!api) return session.fail(api.error());
    // Read first: to name it in the question, and to delete what was seen and nothing newer.
    const auto found = api->raw().get(*type, options.uuid);
    if (!found) return session.fail(found.error());
    const std::string name(found->data.text_of("name"));
    const auto what = name.empty() ? fmt::format("this {}", *type) : fmt::format("the {} '{}'", *type, name);
    if (!options.yes && !is_confirmed(session, fmt::format("Delete {} and everything it contains?", what)))
        return session.fail(ExitCode::Refused, "nothing was deleted; --yes deletes without asking");

    const auto removed = api->raw().remove(*type, options.uuid, found->revision);
    if (!removed) return session.fail(removed.error());
    Json result = Json::object();
    result.set("ok", true).set("uuid", options.uuid).set("node", *type).set("name", name);
    session.emit(result);
    session.say(fmt::format("{} deleted {}", session.paint()(Style::Green, "✓"), what));
    return ExitCode::Ok;
}

}  // namespace cript::cli
