#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/node_types.hpp"

namespace cript::cli {

namespace {

Json as_json(const Revision& revision) {
    Json fields = Json::array();
    for (const auto& field : revision.fields) fields.push_back(field);
    Json json = Json::object();
    json.set("revision", revision.number)
        .set("name", revision.name)
        .set("updated_at", revision.updated_at)
        .set("updated_by", revision.updated_by)
        .set("fields", std::move(fields));
    return json;
}

std::string line_of(const Revision& revision) {
    const auto what = revision.fields.empty() ? std::string(revision.number == 1 ? "created" : "")
                                              : fmt::format("{}", fmt::join(revision.fields, ", "));
    return fmt::format("{:>5}  {}  {}", revision.number, revision.updated_at, what);
}

ExitCode restore(Session& session, Api& api, const std::string& type, const HistoryOptions& options) {
    const auto restored = api.raw().restore(type, options.uuid, *options.restore);
    if (!restored) return session.fail(restored.error());
    Json result = Json::object();
    result.set("ok", true)
        .set("uuid", options.uuid)
        .set("restored", *options.restore)
        .set("warnings", cli::as_json(restored->warnings));
    session.emit(result);
    for (const auto& warning : restored->warnings) session.warn(warning.message);
    session.say(fmt::format("{} revision {} is the present one again", session.paint()(Style::Green, "✓"),
                            *options.restore));
    return ExitCode::Ok;
}

}  // namespace

ExitCode history(Session& session, const HistoryOptions& options) {
    const auto type = node_type_slug(options.type);
    if (!type) return session.fail(ExitCode::Usage, no_such_type(options.type));
    auto api = session.connect();
    if (!api) return session.fail(api.error());
    if (options.restore) return restore(session, *api, *type, options);

    const auto revisions = api->raw().history(*type, options.uuid);
    if (!revisions) return session.fail(revisions.error());
    Json list = Json::array();
    for (const auto& revision : *revisions) {
        list.push_back(as_json(revision));
        session.say(line_of(revision));
    }
    Json result = Json::object();
    result.set("ok", true).set("uuid", options.uuid).set("revisions", std::move(list));
    session.emit(result);
    return ExitCode::Ok;
}

}  // namespace cript::cli
