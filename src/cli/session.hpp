#pragma once

#include <string>
#include <string_view>

#include "cli/exit_code.hpp"
#include "cli/terminal.hpp"
#include "cript/cript.hpp"

namespace cript::cli {

/// Options of every command.
struct GeneralOptions {
    std::string host;
    bool json = false;
    bool quiet = false;
    bool no_color = false;
};

/// One run of one command: its options, and how it speaks.
class Session {
  public:
    Session(Surroundings& surroundings, GeneralOptions options);

    [[nodiscard]] Surroundings& around() { return surroundings_; }
    [[nodiscard]] bool json() const { return options_.json; }
    [[nodiscard]] bool quiet() const { return options_.quiet; }
    /// For standard output and for standard error.
    [[nodiscard]] const Paint& paint() const { return paint_out_; }
    [[nodiscard]] const Paint& paint_err() const { return paint_err_; }
    /// May a progress bar be drawn on standard error?
    [[nodiscard]] bool shows_progress() const;

    /// A line for a person, without what would steer the terminal, as in warnings and errors; nothing with
    /// --quiet or --json.
    void say(std::string_view line);
    /// A line of warning on standard error; nothing with --json.
    void warn(std::string_view line);
    /// The result for scripts; only with --json.
    void emit(const Json& result);
    /// Tells the error and gives the exit code that goes with it.
    [[nodiscard]] ExitCode fail(const Error& error);
    [[nodiscard]] ExitCode fail(ExitCode code, std::string_view message);

    /// The server of --host or of the environment, with the token of the environment.
    [[nodiscard]] Result<Api> connect(ProgressCallback progress = {});
    /// How files are sent and fetched: with the progress and the state folder of this session, until Ctrl-C.
    [[nodiscard]] TransferOptions transfer_options(ProgressCallback progress) const;
    /// Tells why a transfer ended, and how to go on with it.
    [[nodiscard]] ExitCode fail_transfer(Error error);
    /// The host alone, normalised.
    [[nodiscard]] Result<std::string> host() const;

  private:
    Surroundings& surroundings_;
    GeneralOptions options_;
    Paint paint_out_;
    Paint paint_err_;
};

[[nodiscard]] Json as_json(const Problem& problem);
[[nodiscard]] Json as_json(const std::vector<Problem>& problems);

}  // namespace cript::cli
