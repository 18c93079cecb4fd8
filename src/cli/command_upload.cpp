#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "base/encoding.hpp"
#include "base/uuid.hpp"
#include "cli/commands.hpp"
#include "cli/interruption.hpp"
#include "cli/progress_bar.hpp"

namespace cript::cli {

namespace {

namespace fs = std::filesystem;

/// A File node for a local file, whose source follows.
Json file_node(const fs::path& path, const std::string& type) {
    constexpr std::size_t kShortestName = 2;
    Json node = Json::object();
    node.set("node", Json::array().push_back("File"))
        .set("uuid", base::Uuid::random().text())
        .set("type", type)
        .set("source", base::Uuid::random().text());
    const auto name = path.filename().string();
    if (name.size() >= kShortestName) node.set("name", name);
    if (const auto extension = path.extension().string(); !extension.empty())
        node.set("extension", extension);
    return node;
}

/// One run of the command: everything is checked first, then each file is sent and, if there is a Data node
/// for it, attached.
class UploadCommand {
  public:
    UploadCommand(Session& session, const UploadCommandOptions& options)
        : session_(session), options_(options) {}

    ExitCode run() {
        std::vector<Json> nodes;
        for (const auto& file : options_.files) {
            std::error_code failed;
            if (!fs::is_regular_file(file, failed)) {
                return session_.fail(
                    ExitCode::File,
                    fmt::format("cannot read {}: {}", file, failed ? failed.message() : "it is no file"));
            }
            nodes.push_back(file_node(file, options_.type));
        }
        auto api = session_.connect();
        if (!api) return session_.fail(api.error());
        if (!options_.data.empty()) {
            // Before anything is sent: does the node exist (a PATCH may create it), and may it be changed?
            if (const auto found = api->raw().get("data", options_.data); !found)
                return session_.fail(found.error());
            if (const auto checked = attach(*api, nodes, "?dry_run=true"); !checked)
                return session_.fail(checked.error());
        }
        Json done = Json::array();
        for (std::size_t at = 0; at < nodes.size(); ++at) {
            if (const auto failed = send(*api, options_.files[at], nodes[at], done)) return *failed;
        }
        Json result = Json::object();
        result.set("ok", true).set("files", std::move(done)).set("host", api->host());
        session_.emit(result);
        return ExitCode::Ok;
    }

  private:
    Result<JsonAnswer> attach(Api& api, const std::vector<Json>& files, std::string_view query) const {
        Json data = Json::object();
        data.set("node", Json::array().push_back("Data")).set("file", Json(Json::Array(files)));
        return api.raw().call("PATCH", fmt::format("/data/{}/{}", base::percent_encode(options_.data), query),
                              data);
    }

    std::optional<ExitCode> send(Api& api, const std::string& file, Json& node, Json& done) {
        std::optional<ProgressBar> bar;
        if (session_.shows_progress()) bar.emplace(session_.around().err);
        UploadOptions how;
        static_cast<TransferOptions&>(how) = session_.transfer_options(
            bar ? ProgressCallback([&bar](const Progress& now) { bar->show(now); }) : ProgressCallback());
        const auto sent = [&] {
            const Interruption interruption;
            return api.upload(file, how);
        }();
        bar.reset();
        if (!sent) return session_.fail_transfer(sent.error());
        Json record = Json::object();
        record.set("file", file)
            .set("source", sent->source)
            .set("size", sent->size)
            .set("sha256", sent->sha256)
            .set("sent", sent->sent);
        const auto mark = session_.paint()(Style::Green, "✓");
        if (options_.data.empty()) {
            session_.say(fmt::format("{} {}: {}, stored", mark, file, size_text(sent->size)));
            session_.say(fmt::format("  source of a File node: {}", sent->source));
        } else {
            node.set("source", sent->source);
            if (const auto attached = attach(api, {node}, ""); !attached) {
                auto error = attached.error();
                error.message = fmt::format("{} is stored as {}, and not attached: {}", file, sent->source,
                                            error.message);
                return session_.fail(error);
            }
            record.set("uuid", node.text_of("uuid"));
            session_.say(fmt::format("{} {}: {}, attached as File {}", mark, file, size_text(sent->size),
                                     node.text_of("uuid")));
        }
        done.push_back(std::move(record));
        return std::nullopt;
    }

    Session& session_;
    const UploadCommandOptions& options_;
};

}  // namespace

ExitCode upload(Session& session, const UploadCommandOptions& options) {
    return UploadCommand(session, options).run();
}

}  // namespace cript::cli
