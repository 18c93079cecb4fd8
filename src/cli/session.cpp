#include "cli/session.hpp"

#include <fmt/format.h>

#include <ostream>

#include "cli/interruption.hpp"
#include "client/host.hpp"
#include "client/transfer_state.hpp"

namespace cript::cli {

namespace {

bool wants_colour(const Surroundings& around, const GeneralOptions& options, bool is_terminal) {
    if (options.no_color || options.json || !is_terminal) return false;
    const char* no_color = around.variables("NO_COLOR");  // https://no-color.org
    if (no_color != nullptr && *no_color != '\0') return false;
    const char* terminal = around.variables("TERM");
    return terminal == nullptr || std::string_view(terminal) != "dumb";
}

Json error_report(std::string_view kind, std::string_view message, const std::vector<Problem>& problems) {
    Json error = Json::object();
    error.set("kind", kind).set("message", message).set("problems", as_json(problems));
    Json report = Json::object();
    report.set("ok", false).set("error", std::move(error));
    return report;
}

}  // namespace

Session::Session(Surroundings& surroundings, GeneralOptions options)
    : surroundings_(surroundings),
      options_(std::move(options)),
      paint_out_(wants_colour(surroundings, options_, surroundings.out_is_terminal)),
      paint_err_(wants_colour(surroundings, options_, surroundings.err_is_terminal)) {}

bool Session::shows_progress() const {
    return surroundings_.err_is_terminal && !options_.quiet && !options_.json;
}

void Session::say(std::string_view line) {
    if (!options_.quiet && !options_.json) surroundings_.out << paint_out_.shown(line) << '\n';
}

void Session::warn(std::string_view line) {
    if (!options_.json)
        surroundings_.err << paint_err_(Style::Yellow, "warning: ") << paint_err_.shown(line) << '\n';
}

void Session::emit(const Json& result) {
    if (options_.json) surroundings_.out << result.dump(1) << '\n';
}

ExitCode Session::fail(const Error& error) {
    emit(error_report(text(error.kind), error.message, error.problems));
    if (!options_.json)
        surroundings_.err << paint_err_(Style::Red, "error: ") << paint_err_.shown(error.text()) << '\n';
    return exit_code(error.kind);
}

ExitCode Session::fail(ExitCode code, std::string_view message) {
    emit(error_report(code == ExitCode::File ? "file" : "usage", message, {}));
    if (!options_.json)
        surroundings_.err << paint_err_(Style::Red, "error: ") << paint_err_.shown(message) << '\n';
    return code;
}

Result<std::string> Session::host() const {
    if (!options_.host.empty()) return client::normalise_host(options_.host);
    return client::host_from(surroundings_.variables);
}

Result<Api> Session::connect(ProgressCallback progress) {
    const auto address = host();
    if (!address) return address.error();
    auto token = client::token_from(surroundings_.variables);
    if (!token) return std::move(token).error();
    if (client::is_plain_http_to_elsewhere(*address)) {
        warn(fmt::format("{} is not encrypted: everybody on the way can read your token; use https",
                         *address));
    }
    Options options;
    options.user_agent = "cript/0.1.0";
    options.progress = std::move(progress);
    if (const char* file = surroundings_.variables("SSL_CERT_FILE")) options.ca_file = file;
    return Api::connect(*address, std::move(*token), std::move(options));
}

TransferOptions Session::transfer_options(ProgressCallback progress) const {
    TransferOptions options;
    options.progress = std::move(progress);
    options.is_cancelled = &Interruption::happened;
    options.state_folder = client::state_folder(surroundings_.variables).string();
    return options;
}

ExitCode Session::fail_transfer(Error error) {
    if (error.kind == ErrorKind::Cancelled) {
        error.message = "interrupted; the same command again goes on where it stopped";
    } else if (exit_code(error.kind) == ExitCode::NotReached && error.kind != ErrorKind::Damaged) {
        error.message += "; the same command again goes on where it stopped";
    }
    return fail(error);
}

Json as_json(const Problem& problem) {
    Json json = Json::object();
    json.set("pointer", problem.pointer).set("code", problem.code).set("message", problem.message);
    if (!problem.suggestion.empty()) json.set("suggestion", problem.suggestion);
    return json;
}

Json as_json(const std::vector<Problem>& problems) {
    Json list = Json::array();
    for (const auto& problem : problems) list.push_back(as_json(problem));
    return list;
}

}  // namespace cript::cli
