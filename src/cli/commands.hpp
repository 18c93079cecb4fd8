#pragma once

#include <string>

#include "cli/session.hpp"

namespace CLI {
class App;
}

namespace cript::cli {

/// `cript whoami`: whose token it is.
[[nodiscard]] ExitCode whoami(Session& session);

/// `cript token`: where the token comes from, whether one is set, and how to set it. Never shows it.
[[nodiscard]] ExitCode explain_token(Session& session);

struct PushOptions {
    std::string file;
    bool dry_run = false;
    bool force = false;
    std::string new_name;
};
/// `cript push`: saves the project of a file.
[[nodiscard]] ExitCode push(Session& session, const PushOptions& options);

struct PullOptions {
    std::string project;  ///< name or uuid
    std::string output;   ///< file, or "-" for standard output; empty for standard output too
};
/// `cript pull`: writes a project in a form that can be pushed again.
[[nodiscard]] ExitCode pull(Session& session, const PullOptions& options);

/// `cript check`: the validation that needs no server.
[[nodiscard]] ExitCode check(Session& session, const std::string& file);

/// `cript completion`: a script for the shell, made from the commands and options themselves.
[[nodiscard]] ExitCode completion(Session& session, const CLI::App& program, const std::string& shell);

}  // namespace cript::cli
