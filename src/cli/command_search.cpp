#include <fmt/format.h>

#include <ostream>

#include "cli/commands.hpp"
#include "cli/node_types.hpp"

namespace cript::cli {

namespace {

Json as_json(const Hit& hit) {
    Json json = Json::object();
    json.set("uuid", hit.uuid).set("node", hit.node_type).set("name", hit.name);
    if (hit.score) json.set("score", *hit.score);
    return json;
}

std::string line_of(const Hit& hit, const Paint& paint) {
    const auto name = hit.name.empty() ? std::string("(no name)") : hit.name;
    if (!hit.score) return fmt::format("{}  {}", paint(Style::Dim, hit.uuid), name);
    return fmt::format("{}  {:.3f}  {}", paint(Style::Dim, hit.uuid), *hit.score, name);
}

}  // namespace

ExitCode search(Session& session, const SearchCommandOptions& options) {
    const auto type = node_type_slug(options.type);
    if (!type) return session.fail(ExitCode::Usage, no_such_type(options.type));
    auto api = session.connect();
    if (!api) return session.fail(api.error());

    SearchOptions how{options.field, options.exact, options.case_sensitive, 50};
    if (options.limit < 50) how.page_size = static_cast<int>(options.limit);
    auto hits =
        options.similar ? api->raw().similar(options.text, how) : api->raw().search(*type, options.text, how);
    const auto taken = hits.take(options.limit);
    if (!taken) return session.fail(taken.error());
    const auto count = hits.count();
    if (!count) return session.fail(count.error());

    Json list = Json::array();
    for (const auto& hit : *taken) {
        list.push_back(as_json(hit));
        session.say(line_of(hit, session.paint()));
    }
    Json result = Json::object();
    result.set("ok", true).set("count", *count).set("result", std::move(list));
    session.emit(result);
    const auto shown = static_cast<std::int64_t>(taken->size());
    if (shown == 0) session.say("nothing found");
    if (shown < *count) session.say(fmt::format("… {} of {}; --limit shows more", shown, *count));
    return ExitCode::Ok;
}

}  // namespace cript::cli
