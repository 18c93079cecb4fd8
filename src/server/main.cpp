#include <fmt/format.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>

#include "base/log.hpp"
#include "crypto/key.hpp"
#include "server/backup_command.hpp"
#include "server/check_command.hpp"
#include "server/instance.hpp"
#include "server/migrate_instance.hpp"
#include "server/operator_socket.hpp"
#include "server/serve.hpp"
#include "server/version.hpp"

namespace {

using cript::server::Command;
using cript::server::Options;
using cript::server::Outcome;

int print_error(const std::string& message) {
    fmt::print(stderr, "criptd: {}\n", message);
    return 1;
}

/// Carries a command out through the running server or, if there is none, on the data folder itself.
Outcome run_command(const Options& options, const Command& command) {
    auto answered = cript::server::send_command(options.socket_file(), command);
    if (!answered) return {1, {}, answered.error().message};
    if (*answered) return std::move(**answered);
    auto instance = cript::server::Instance::open(options);
    if (!instance) return {1, {}, instance.error().message};
    return execute((*instance)->application(), command);
}

int print_outcome(const Outcome& outcome) {
    const auto output = outcome.output.reveal();
    std::fwrite(output.data(), 1, output.size(), stdout);
    std::fflush(stdout);
    if (!outcome.error.empty()) print_error(outcome.error);
    return outcome.exit;
}

int print_result(const cript::base::Result<std::string>& result) {
    if (!result) return print_error(result.error().message);
    fmt::print("{}", *result);
    return 0;
}

/// The first line of standard input.
cript::base::SecretText read_password() {
    std::string line;
    line.reserve(2048);
    std::getline(std::cin, line);
    if (line.ends_with('\r')) line.pop_back();
    return cript::base::SecretText::take(std::move(line));
}

bool set_log_level(const std::string& level) {
    using cript::base::LogLevel;
    for (const auto& [word, value] : {std::pair{"debug", LogLevel::Debug},
                                      {"info", LogLevel::Info},
                                      {"warning", LogLevel::Warning},
                                      {"error", LogLevel::Error}}) {
        if (level != word) continue;
        cript::base::set_log_level(value);
        return true;
    }
    return false;
}

/// What the command line says, before the configuration file and the environment are read under it.
struct CommandLine {
    std::string data;
    std::string config;
    std::string listen;
    std::string metrics;
    std::string web;
    Command command;
    cript::server::MigrateOptions migrate;
    bool serves = false;
    std::string backup;
    bool leaves_contents_out = false;
    cript::server::RestoreOptions restore;
    bool migrates = false;
    bool checks = false;
    bool restores = false;
    bool as_json = false;
    bool reads_contents = false;
    bool reads_password = false;
};

void add_data_option(CLI::App& app, CommandLine& line) {
    app.add_option("--data", line.data, "Data folder (default: ./data)")->type_name("DIR");
    app.add_option("--config", line.config,
                   "Configuration file, TOML (default: criptd.toml in the data folder)")
        ->type_name("FILE");
}

CLI::App* add_command(CLI::App& parent, CommandLine& line, const std::string& group, const std::string& word,
                      const std::string& help, bool takes_name) {
    auto* command = parent.add_subcommand(word, help);
    add_data_option(*command, line);
    if (takes_name) {
        command->add_option("NAME", line.command.arguments["name"], "User name or e-mail address")
            ->required();
    }
    command->callback([&line, name = group + " " + word] { line.command.name = name; });
    return command;
}

void add_serve(CLI::App& app, CommandLine& line) {
    auto* serve = app.add_subcommand("serve", "Serve until told to stop");
    add_data_option(*serve, line);
    serve
        ->add_option("--listen", line.listen,
                     "Address to serve on (default: 127.0.0.1:8080; port 0 picks one)")
        ->type_name("HOST:PORT");
    serve
        ->add_option("--metrics", line.metrics,
                     "Address of /metrics (default: 127.0.0.1:9464; 'off' for none)")
        ->type_name("HOST:PORT");
    serve->add_option("--web", line.web, "Folder of the built web pages")->type_name("DIR");
    serve->callback([&line] { line.serves = true; });
}

void add_operator_commands(CLI::App& app, CommandLine& line, bool& is_admin) {
    auto* user = app.add_subcommand("user", "Accounts")->require_subcommand(1);
    auto* add =
        add_command(*user, line, "user", "add", "Add an account; the password comes on standard input", true);
    add->add_option("--email", line.command.arguments["email"], "E-mail address")
        ->required()
        ->type_name("MAIL");
    add->add_flag("--password-stdin", line.reads_password,
                  "Read the password from the first line of standard input")
        ->required();
    add->add_flag("--admin", is_admin, "Make the account an administrator");
    add_command(*user, line, "user", "list", "List all accounts", false);
    add_command(*user, line, "user", "disable", "Sign an account out and refuse its token", true);
    add_command(*user, line, "user", "enable", "Take a disabled account back", true);
    auto* quota = add_command(*user, line, "user", "quota",
                              "Show what the files of an account take and may take, or set the latter", true);
    quota->add_option("SIZE", line.command.arguments["size"],
                      "Such as 500MB or 2GiB; none for the quota of the server (audited)");
    quota->add_flag("--json", line.as_json, "Answer in JSON");

    auto* token = app.add_subcommand("token", "Account tokens")->require_subcommand(1);
    add_command(*token, line, "token", "show", "Print the token of an account (audited)", true);
    add_command(*token, line, "token", "regenerate",
                "Kill the token of an account and print the new one (audited)", true);

    auto* audit = app.add_subcommand("audit", "Audit log")->require_subcommand(1);
    add_command(*audit, line, "audit", "verify", "Check the chain of seals", false);

    auto* reindex = app.add_subcommand("reindex", "Make what searches look in anew, from the nodes");
    add_data_option(*reindex, line);
    reindex->callback([&line] { line.command.name = "reindex"; });
}

void add_maintenance_commands(CLI::App& app, CommandLine& line) {
    auto* migrate = app.add_subcommand("migrate", "Copy everything into another store, SQLite or PostgreSQL");
    add_data_option(*migrate, line);
    migrate
        ->add_option("--to", line.migrate.to, "The other store: sqlite:PATH or postgres://USER@HOST/DATABASE")
        ->required()
        ->type_name("URL");
    migrate->add_flag("--start-over", line.migrate.starts_over, "Throw an unfinished copy there away first");
    migrate->callback([&line] { line.migrates = true; });

    auto* backup =
        app.add_subcommand("backup", "Copy everything into a new folder, beside a running server too");
    add_data_option(*backup, line);
    backup->add_option("FOLDER", line.backup, "A folder that is not there yet, or empty")->required();
    backup->add_flag("--without-contents", line.leaves_contents_out, "Leave the contents of files out");

    auto* restore = app.add_subcommand("restore", "Make the database anew from a backup");
    add_data_option(*restore, line);
    restore->add_option("FOLDER", line.restore.folder, "What criptd backup has written")->required();
    restore
        ->add_option(
            "--revoked", line.restore.revoked,
            "A file keyring.revoked of another server; may be repeated (this one's own is always read)")
        ->type_name("FILE");
    restore->callback([&line] { line.restores = true; });

    auto* check = app.add_subcommand("check", "Look through everything that is stored for damage");
    add_data_option(*check, line);
    check->add_flag("--json", line.as_json, "Answer in JSON");
    check->add_flag("--contents", line.reads_contents, "Read every byte of every file too");
    check->callback([&line] { line.checks = true; });
}

/// Defaults, then the file, then the environment, then the command line.
cript::base::Result<Options> make_options(const CommandLine& line) {
    Options options;
    if (!line.data.empty()) options.data = line.data;
    const auto default_file = options.data / "criptd.toml";
    const std::filesystem::path file =
        line.config.empty() ? default_file : std::filesystem::path(line.config);
    if (!line.config.empty() || std::filesystem::exists(default_file))
        CRIPT_CHECK(read_config(file, options));
    CRIPT_CHECK(read_environment(options));
    if (!line.data.empty()) options.data = line.data;
    if (!line.listen.empty()) options.listen = line.listen;
    if (!line.web.empty()) options.web = line.web;
    if (!line.metrics.empty()) {
        options.metrics = line.metrics == "off" ? std::string() : line.metrics;
        options.metrics_is_default = false;
    }
    return options;
}

}  // namespace

int main(int argc, char** argv) {
    ::umask(077);  // what it makes is for the user it runs as, and nobody else
    cript::crypto::initialise();
    CLI::App app{"criptd, the server of OpenCRIPT: an open home for polymer data"};
    app.set_version_flag("--version", std::string(cript::server::kVersion));
    app.require_subcommand(1);
    CommandLine line;
    bool is_admin = false;
    add_serve(app, line);
    add_operator_commands(app, line, is_admin);
    add_maintenance_commands(app, line);
    CLI11_PARSE(app, argc, argv);

    auto options = make_options(line);
    if (!options) return print_error(options.error().message);
    if (!set_log_level(options->log_level)) {
        return print_error(
            fmt::format("'{}' is not a log level (debug, info, warning, error)", options->log_level));
    }
    if (line.serves) {
        auto served = cript::server::serve(*options);
        return served ? 0 : print_error(served.error().message);
    }
    if (!line.backup.empty()) return print_result(back_up(*options, line.backup, line.leaves_contents_out));
    if (line.restores) return print_result(restore(*options, line.restore));
    if (line.checks) return print_outcome(check_instance(*options, line.as_json, line.reads_contents));
    if (line.migrates) return print_result(migrate_instance(*options, line.migrate));
    if (is_admin) line.command.arguments["admin"] = "yes";
    if (line.as_json) line.command.arguments["json"] = "yes";
    if (line.reads_password) line.command.password = read_password();
    return print_outcome(run_command(*options, line.command));
}
