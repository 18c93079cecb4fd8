#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/identities.hpp"
#include "cli/interruption.hpp"
#include "cli/json_position.hpp"
#include "cli/local_sources.hpp"
#include "cli/node_walk.hpp"
#include "cli/problem_report.hpp"
#include "cli/progress_bar.hpp"
#include "cli/project_file.hpp"
#include "cli/text_file.hpp"

namespace cript::cli {

namespace {

std::string counted(std::size_t count, std::string_view one) {
    return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

/// One push, from the file to what became of it.
class Push {
  public:
    Push(Session& session, const PushOptions& options) : session_(session), options_(options) {}

    ExitCode run() {
        if (const auto failed = read()) return *failed;
        std::optional<ProgressBar> bar;
        if (session_.shows_progress()) bar.emplace(session_.around().err);
        auto api = session_.connect(bar ? ProgressCallback([&bar](const Progress& now) { bar->show(now); })
                                        : ProgressCallback());
        if (!api) return session_.fail(api.error());
        host_ = api->host();
        const auto progress =
            bar ? ProgressCallback([&bar](const Progress& now) { bar->show(now); }) : ProgressCallback();
        const auto transfer = session_.transfer_options(progress);
        std::optional<Interruption> interruption(std::in_place);
        if (const auto compared = sources_.compare(*api, transfer); !compared) {
            if (bar) bar->clear();
            return session_.fail_transfer(compared.error());
        }
        interruption.reset();
        if (options_.dry_run || sources_.may_be_wrong()) {
            auto difference = sources_.judged(*api, api->raw().dry_run(file_.project, save_options()));
            if (bar) bar->clear();
            if (!difference) return refuse(difference.error());
            if (options_.dry_run) return tell(*difference);
        }
        // Before sending: whatever becomes of the answer, the next push names the same nodes.
        if (const auto failed = keep_identities()) return *failed;
        if (bar) bar->clear();
        name_files();
        interruption.emplace();
        if (const auto sent = sources_.upload(*api, transfer); !sent) {
            if (bar) bar->clear();
            return session_.fail_transfer(sent.error());
        }
        interruption.reset();
        auto saved = api->raw().save(file_.project, save_options());
        if (bar) bar->clear();
        return saved ? tell(*saved) : refuse(saved.error());
    }

  private:
    [[nodiscard]] bool keeps_identities() const { return options_.new_name.empty() && options_.file != "-"; }

    std::optional<ExitCode> read() {
        if (Identities::is_identity_file(options_.file)) {
            return session_.fail(
                ExitCode::Usage,
                fmt::format("{} only holds the identifiers made by an earlier push; push the file "
                            "beside it",
                            options_.file));
        }
        auto text = read_text(options_.file, session_.around().in);
        if (!text) return session_.fail(ExitCode::File, text.error().message);
        auto file = read_project(options_.file, std::move(*text));
        if (!file) return session_.fail(file.error());
        file_ = std::move(*file);

        if (options_.file != "-") {
            auto identities = Identities::load(Identities::path_for(options_.file));
            if (!identities) return session_.fail(ExitCode::File, identities.error().message);
            identities_ = std::move(*identities);
        }
        if (!options_.new_name.empty()) make_copy(file_.project, options_.new_name);
        new_identities_ = identities_.assign(file_.project);
        std::optional<std::filesystem::path> folder;
        if (options_.file != "-") folder = std::filesystem::path(options_.file).parent_path();
        sources_ = LocalSources::find(file_.project, folder);
        return std::nullopt;
    }

    [[nodiscard]] JsonSaveOptions save_options() const {
        const bool last_writer_wins = options_.force || !keeps_identities();
        return {last_writer_wins ? std::string() : identities_.revision(host_), true};
    }

    std::optional<ExitCode> keep_identities() {
        if (!keeps_identities() || !new_identities_) return std::nullopt;
        const auto written = write_text(Identities::path_for(options_.file), identities_.text());
        if (!written) return session_.fail(ExitCode::File, written.error().message);
        return std::nullopt;
    }

    ExitCode refuse(const Error& error) {
        const bool is_gone = error.kind == ErrorKind::NotFound && !save_options().revision.empty();
        const bool tells_places =
            !session_.json() && !error.problems.empty() && error.kind != ErrorKind::Changed && !is_gone;
        if (!tells_places) {
            auto told = error;
            if (!session_.json()) told.problems.clear();
            if (told.kind == ErrorKind::Changed) {
                told.message += "; pull it to see what is there now, or push --force to overwrite it";
            } else if (is_gone) {
                told.message += "; somebody deleted the project: push --force creates it again";
            }
            return session_.fail(told);
        }
        auto& err = session_.around().err;
        err << problem_report(file_, error.problems, "error", Style::Red, session_.paint_err());
        err << counted(error.problems.size(), "problem") << "; nothing was stored.\n";
        const bool name_is_taken =
            error.kind == ErrorKind::Conflict && error.problems.front().pointer == "/name";
        if (name_is_taken)
            err << "Give it another name with --new-name, or pull the project there is and work on that.\n";
        return exit_code(error.kind);
    }

    void tell_warnings(const std::vector<Problem>& warnings) {
        if (session_.json() || session_.quiet()) return;
        session_.around().err << problem_report(file_, warnings, "warning", Style::Yellow,
                                                session_.paint_err());
    }

    /// What is sent, so that nobody sends what he did not mean to without noticing.
    void name_files() {
        for (const auto& source : sources_.to_upload())
            session_.say(fmt::format("{} {} {}", session_.paint()(Style::Cyan, "↑"), source.file,
                                     session_.paint()(Style::Dim, size_text(source.size))));
        session_.around().out << std::flush;
    }

    ExitCode tell(const Difference& difference) {
        tell_warnings(difference.warnings);
        Json nodes = Json::array();
        for (const auto& node : difference.nodes) {
            Json fields = Json::array();
            std::string names;
            for (const auto& field : node.fields) {
                fields.push_back(field);
                names += (names.empty() ? "" : ", ") + field;
            }
            const auto name = name_at(node.pointer);
            Json record = Json::object();
            record.set("change", node.created ? "created" : "changed")
                .set("node", node.node_type)
                .set("name", name)
                .set("uuid", node.uuid)
                .set("pointer", node.pointer)
                .set("fields", std::move(fields));
            nodes.push_back(std::move(record));
            session_.say(fmt::format(
                "{} {:<22} {}{}  {}",
                node.created ? session_.paint()(Style::Green, "+") : session_.paint()(Style::Yellow, "~"),
                node.node_type, node.pointer.empty() ? "/" : node.pointer,
                name.empty() ? "" : fmt::format(" '{}'", name), session_.paint()(Style::Dim, names)));
        }
        const auto told = static_cast<std::int64_t>(difference.nodes.size());
        if (const auto all = difference.created + difference.changed; told < all) {
            session_.say(fmt::format("and {} more", all - told));
        }
        Json result = Json::object();
        result.set("ok", true)
            .set("dry_run", true)
            .set("created", difference.created)
            .set("changed", difference.changed)
            .set("unchanged", difference.unchanged)
            .set("nodes", std::move(nodes))
            .set("files", sources_.as_json())
            .set("warnings", as_json(difference.warnings));
        session_.emit(result);
        name_files();
        if (const auto count = sources_.to_upload().size(); count > 0)
            session_.say(fmt::format("{} would be uploaded, {}.", counted(count, "file"),
                                     size_text(sources_.bytes_to_upload())));
        session_.say(fmt::format("{} would be created, {} changed, {} stay; nothing was stored.",
                                 difference.created, difference.changed, difference.unchanged));
        return ExitCode::Ok;
    }

    ExitCode tell(const JsonSaved& saved) {
        tell_warnings(saved.warnings);
        const auto uuid = file_.project.text_of("uuid");
        const auto name = file_.project.text_of("name");
        const auto nodes = node_count(file_.project);
        if (keeps_identities() && !saved.revision.empty() && has_identity_file()) {
            identities_.set_revision(host_, saved.revision);
            const auto written = write_text(Identities::path_for(options_.file), identities_.text());
            if (!written) return session_.fail(ExitCode::File, written.error().message);
        }
        if (options_.write_sources && options_.file != "-") {
            const auto written = write_text(options_.file, sources_.written_into(file_));
            if (!written) return session_.fail(ExitCode::File, written.error().message);
        }
        Json result = Json::object();
        result.set("ok", true)
            .set("change", saved.created ? "created" : "updated")
            .set("uuid", uuid)
            .set("name", name)
            .set("nodes", static_cast<std::int64_t>(nodes))
            .set("host", host_)
            .set("files", sources_.as_json())
            .set("warnings", as_json(saved.warnings));
        session_.emit(result);
        session_.say(fmt::format("{} {} '{}' with {}, {}", session_.paint()(Style::Green, "✓"),
                                 saved.created ? "created" : "updated", name, counted(nodes, "node"), uuid));
        if (const auto count = sources_.uploaded(); count > 0)
            session_.say(fmt::format("  {} uploaded", counted(count, "file")));
        if (new_identities_ && keeps_identities()) {
            session_.say(fmt::format("  {} remembers which node is which: keep it, and push again to update.",
                                     Identities::path_for(options_.file).string()));
        }
        return ExitCode::Ok;
    }

    /// What people call the node there.
    [[nodiscard]] std::string name_at(const std::string& pointer) const {
        const auto* node = value_at(file_.project, pointer);
        for (const auto* field : {"name", "key", "title"}) {
            if (node != nullptr && !node->text_of(field).empty()) return std::string(node->text_of(field));
        }
        return {};
    }

    [[nodiscard]] bool has_identity_file() const {
        std::error_code ignored;
        return std::filesystem::exists(Identities::path_for(options_.file), ignored);
    }

    Session& session_;
    const PushOptions& options_;
    ProjectFile file_;
    Identities identities_;
    LocalSources sources_;
    bool new_identities_ = false;
    std::string host_;
};

}  // namespace

ExitCode push(Session& session, const PushOptions& options) {
    return Push(session, options).run();
}

}  // namespace cript::cli
