#include "cli/program.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/secret_arguments.hpp"

namespace cript::cli {

namespace {

constexpr const char* kFooter =
    "The token comes from CRIPT_API_KEY or CRIPT_TOKEN, the server from CRIPT_HOST or CRIPT_BASE_URL ('cript "
    "token' "
    "explains).\n"
    "Exit status: 0 done; 1 refused; 2 wrong command line; 3 not signed in; 4 server not reached; 5 file "
    "trouble; 130 interrupted.";

/// The command line: what can be said, and what was.
class Program {
  public:
    explicit Program(Surroundings& surroundings) : surroundings_(surroundings) {
        app_.footer(kFooter);
        app_.require_subcommand(1);
        app_.fallthrough();
        app_.set_version_flag("--version", "cript 0.1.0");
        app_.add_option("--host", general_.host, "Server to talk to, instead of CRIPT_HOST")
            ->type_name("HOST");
        app_.add_flag("--json", general_.json, "Answer in JSON, for scripts");
        app_.add_flag("--quiet", general_.quiet, "Say nothing but problems");
        app_.add_flag("--no-color", general_.no_color, "No colours, also with NO_COLOR in the environment");
        add_commands();
    }

    int run(std::vector<std::string> arguments) {
        std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants a vector
        try {
            app_.parse(arguments);
        } catch (const CLI::ParseError& stop) {
            const int status = app_.exit(stop, surroundings_.out, surroundings_.err);
            return status == 0 ? 0 : static_cast<int>(ExitCode::Usage);
        }
        Session session(surroundings_, general_);
        return static_cast<int>(chosen_(session));
    }

  private:
    CLI::App* command(const char* name, const char* description, std::function<ExitCode(Session&)> act) {
        auto* sub = app_.add_subcommand(name, description);
        sub->callback([this, act = std::move(act)] { chosen_ = act; });
        return sub;
    }

    void add_commands() {
        command("whoami", "Show whose token it is", whoami);
        command("token", "Explain where the token comes from, and whether one is set", explain_token);

        auto* pushing = command("push", "Save a project from a file: create it, or update it",
                                [this](Session& session) { return push(session, push_); });
        pushing
            ->add_option("FILE", push_.file,
                         "Project in JSON, or a wrapper {about, project}; - for standard input")
            ->required();
        pushing->add_flag("--dry-run", push_.dry_run, "Show what would change, and store nothing");
        pushing->add_flag("--force", push_.force, "Overwrite what others changed since the last push");
        pushing->add_flag("--write-sources", push_.write_sources,
                          "Write the sources of the files that were uploaded into FILE");
        pushing->add_option("--new-name", push_.new_name, "Make a copy of the project under this name")
            ->type_name("NAME");

        auto* pulling = command("pull", "Write a project to a file, ready to be pushed again",
                                [this](Session& session) { return pull(session, pull_); });
        pulling->add_option("PROJECT", pull_.project, "Name or uuid of the project")->required();
        pulling
            ->add_option("-o,--output", pull_.output, "File to write; standard output without it, or with -")
            ->type_name("FILE");

        auto* checking = command("check", "Check a project file without a server",
                                 [this](Session& session) { return check(session, check_); });
        checking->add_option("FILE", check_, "Project in JSON, or a wrapper; - for standard input")
            ->required();

        add_commands_for_files();
        add_commands_for_nodes();

        auto* completing = command("completion", "Print a completion script for your shell",
                                   [this](Session& session) { return completion(session, app_, shell_); });
        completing->add_option("SHELL", shell_, "bash, zsh or fish")
            ->required()
            ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    }

    void add_commands_for_files() {
        auto* uploading = command("upload", "Store files on the server",
                                  [this](Session& session) { return upload(session, upload_); });
        uploading->add_option("FILE", upload_.files, "Files to store")->required();
        uploading->add_option("--data", upload_.data, "Attach them to the Data node of this uuid")
            ->type_name("UUID");
        uploading->add_option("--type", upload_.type, "Kind of file, of the vocabulary file_type")
            ->type_name("TYPE")
            ->capture_default_str();

        auto* downloading = command("download", "Fetch the content of a File, or the files of a Data",
                                    [this](Session& session) { return download(session, download_); });
        downloading->add_option("UUID", download_.uuid, "Of a File or Data node")->required();
        downloading
            ->add_option(
                "-o,--output", download_.output,
                "File or folder to write to, or - for standard output; the file's own name without it")
            ->type_name("FILE");
        downloading->add_flag("--force", download_.force, "Replace a file that is there");
    }

    void add_commands_for_nodes() {
        const auto* type_help = "Type of node, such as material or computation_process";
        auto* searching = command("search", "Find nodes by a part of their name, or of another attribute",
                                  [this](Session& session) { return search(session, search_); });
        searching->add_option("TYPE", search_.type, type_help)->required();
        searching->add_option("TEXT", search_.text, "What to look for; every node of the type without it");
        searching->add_option("--field", search_.field, "Attribute to look in instead of the name")
            ->type_name("FIELD");
        searching->add_flag("--exact", search_.exact, "TEXT is the whole of it, not a part");
        searching->add_flag("--case-sensitive", search_.case_sensitive, "Upper and lower case differ");
        searching->add_flag("--similar", search_.similar,
                            "Materials whose BigSMILES (or --field smiles) resembles TEXT, the most similar "
                            "first");
        searching->add_option("--limit", search_.limit, "Most hits to show")
            ->type_name("N")
            ->capture_default_str()
            ->check(CLI::Range(1, 1'000'000));

        auto* deleting = command("delete", "Delete a node and everything it contains",
                                 [this](Session& session) { return delete_node(session, delete_); });
        deleting->add_option("TYPE", delete_.type, type_help)->required();
        deleting->add_option("UUID", delete_.uuid, "Its uuid")->required();
        deleting->add_flag("-y,--yes", delete_.yes, "Do not ask");

        auto* telling = command("history", "Show the revisions of a node, or go back to one",
                                [this](Session& session) { return history(session, history_); });
        telling->add_option("TYPE", history_.type, type_help)->required();
        telling->add_option("UUID", history_.uuid, "Its uuid")->required();
        telling->add_option("--restore", history_.restore, "Make this revision the present one")
            ->type_name("REVISION");
    }

    CLI::App app_{"cript: your research data in CRIPT, from the command line", "cript"};
    Surroundings& surroundings_;
    GeneralOptions general_;
    PushOptions push_;
    PullOptions pull_;
    UploadCommandOptions upload_;
    DownloadCommandOptions download_;
    SearchCommandOptions search_;
    DeleteOptions delete_;
    HistoryOptions history_;
    std::string check_;
    std::string shell_;
    std::function<ExitCode(Session&)> chosen_;
};

}  // namespace

int run(const std::vector<std::string>& arguments, Surroundings& surroundings) {
    if (const auto refusal = refusal_of_secrets(arguments)) {
        Session session(surroundings, {});
        return static_cast<int>(session.fail(ExitCode::Usage, *refusal));
    }
    return Program(surroundings).run(arguments);
}

}  // namespace cript::cli
