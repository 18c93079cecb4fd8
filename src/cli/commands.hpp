#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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
    bool write_sources = false;  ///< of the files that were uploaded, into the project file
};
/// `cript push`: saves the project of a file.
[[nodiscard]] ExitCode push(Session& session, const PushOptions& options);

struct PullOptions {
    std::string project;  ///< name or uuid
    std::string output;   ///< file, or "-" for standard output; empty for standard output too
};
/// `cript pull`: writes a project in a form that can be pushed again.
[[nodiscard]] ExitCode pull(Session& session, const PullOptions& options);

struct UploadCommandOptions {
    std::vector<std::string> files;
    std::string data;  ///< uuid of the Data node to attach to; empty for none
    std::string type = "data";
};
/// `cript upload`: stores files, and attaches them to a Data node.
[[nodiscard]] ExitCode upload(Session& session, const UploadCommandOptions& options);

struct DownloadCommandOptions {
    std::string uuid;    ///< of a File node, or of a Data node for all of its files
    std::string output;  ///< file, folder, or "-" for standard output; empty for the name of the file
    bool force = false;
};
/// `cript download`: fetches the content of File nodes.
[[nodiscard]] ExitCode download(Session& session, const DownloadCommandOptions& options);

struct SearchCommandOptions {
    std::string type;  ///< as people write it: "material", "ComputationProcess"
    std::string text;  ///< empty for every node of the type
    std::string field;
    bool exact = false;
    bool case_sensitive = false;
    bool similar = false;  ///< by likeness of BigSMILES
    std::size_t limit = 20;
};
/// `cript search`: nodes of a type, by a part of their name or of another attribute.
[[nodiscard]] ExitCode search(Session& session, const SearchCommandOptions& options);

struct DeleteOptions {
    std::string type;
    std::string uuid;
    bool yes = false;  ///< without asking
};
/// `cript delete`: deletes a node and what it contains, after a question.
[[nodiscard]] ExitCode delete_node(Session& session, const DeleteOptions& options);

struct HistoryOptions {
    std::string type;
    std::string uuid;
    std::optional<std::int64_t> restore;  ///< a revision
};
/// `cript history`: the revisions of a node, or makes a former one the present one.
[[nodiscard]] ExitCode history(Session& session, const HistoryOptions& options);

/// `cript check`: the validation that needs no server.
[[nodiscard]] ExitCode check(Session& session, const std::string& file);

/// `cript completion`: a script for the shell, made from the commands and options themselves.
[[nodiscard]] ExitCode completion(Session& session, const CLI::App& program, const std::string& shell);

}  // namespace cript::cli
