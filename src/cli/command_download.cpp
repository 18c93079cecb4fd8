#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <ostream>
#include <set>

#include "base/uuid.hpp"
#include "cli/commands.hpp"
#include "cli/file_name.hpp"
#include "cli/interruption.hpp"
#include "cli/node_walk.hpp"
#include "cli/progress_bar.hpp"

namespace cript::cli {

namespace {

namespace fs = std::filesystem;

struct Wanted {
    std::string uuid;
    std::string target;  ///< path, or "-"
};

class DownloadCommand {
  public:
    DownloadCommand(Session& session, const DownloadCommandOptions& options)
        : session_(session), options_(options) {}

    ExitCode run() {
        if (to_standard_output() && session_.json())
            return session_.fail(ExitCode::Usage, "--json and -o - both want standard output: choose one");
        auto api = session_.connect();
        if (!api) return session_.fail(api.error());
        const auto files = find_files(*api);
        if (!files) return session_.fail(files.error());
        const auto wanted = targets_of(*files);
        if (!wanted) return session_.fail(wanted.error());
        Json done = Json::array();
        for (const auto& file : *wanted) {
            if (const auto failed = fetch(*api, file, done)) return *failed;
        }
        Json result = Json::object();
        result.set("ok", true).set("files", std::move(done)).set("host", api->host());
        session_.emit(result);
        return ExitCode::Ok;
    }

  private:
    [[nodiscard]] bool to_standard_output() const { return options_.output == "-"; }

    /// The File node of that uuid, or the files of the Data node of that uuid.
    Result<std::vector<Json>> find_files(Api& api) const {
        auto file = api.raw().get("file", options_.uuid);
        if (file) return std::vector<Json>{std::move(file->data)};
        if (file.error().kind != ErrorKind::NotFound) return file.error();
        auto data = api.raw().get("data", options_.uuid);
        if (!data && data.error().kind != ErrorKind::NotFound) return data.error();
        if (!data) {
            return Error{
                ErrorKind::NotFound,
                404,
                fmt::format("no file and no data has the uuid {}, or none that you may see", options_.uuid),
                {}};
        }
        std::vector<Json> files;
        if (const auto* list = data->data.find("file"); list != nullptr && list->if_array() != nullptr)
            files = *list->if_array();
        return files;
    }

    Result<std::vector<Wanted>> targets_of(const std::vector<Json>& files) {
        std::vector<Wanted> wanted;
        std::set<std::string> taken;
        std::error_code ignored;
        const bool into_folder = fs::is_directory(options_.output, ignored);
        for (const auto& file : files) {
            const auto source = file.text_of("source");
            const auto uuid = std::string(file.text_of("uuid"));
            // It becomes part of a file's name, so whatever the server says, it must not be a path.
            if (!base::Uuid::parse(uuid)) {
                return Error{ErrorKind::NotCript,
                             0,
                             fmt::format("the server told of a File whose uuid, '{}', is not a uuid", uuid),
                             {}};
            }
            if (source.substr(0, 4) == "http") {
                session_.warn(fmt::format("the content of File {} is elsewhere: {}", uuid, source));
                continue;
            }
            auto target = options_.output;
            if (into_folder || target.empty()) {
                auto name = file_name_of(file);
                if (!taken.insert(name).second) name = uuid + "_" + name;
                target = into_folder ? (fs::path(options_.output) / name).string() : name;
            }
            wanted.push_back({uuid, std::move(target)});
        }
        if (wanted.empty())
            return Error{ErrorKind::NotFound, 0, "there is no content on this server to fetch", {}};
        if (wanted.size() > 1 && !into_folder && !options_.output.empty()) {
            return Error{
                ErrorKind::InvalidInput,
                0,
                fmt::format("the data has {} files: name a folder that is there as -o", wanted.size()),
                {}};
        }
        return wanted;
    }

    std::optional<ExitCode> fetch(Api& api, const Wanted& file, Json& done) {
        std::optional<ProgressBar> bar;
        if (session_.shows_progress()) bar.emplace(session_.around().err);
        DownloadOptions how;
        static_cast<TransferOptions&>(how) = session_.transfer_options(
            bar ? ProgressCallback([&bar](const Progress& now) { bar->show(now); }) : ProgressCallback());
        how.overwrite = options_.force;
        auto& out = session_.around().out;
        const ContentSink to_out = [&out](std::string_view piece) {
            out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
            return out.good();
        };
        const auto fetched = [&] {
            const Interruption interruption;
            return to_standard_output() ? api.download(file.uuid, to_out, how)
                                        : api.download(file.uuid, file.target, how);
        }();
        bar.reset();
        if (!fetched) return refuse(fetched.error());
        if (to_standard_output()) {
            if (out.flush().good()) return std::nullopt;
            return session_.fail(ExitCode::File, "standard output takes no more");
        }
        Json record = Json::object();
        record.set("file", file.target)
            .set("uuid", file.uuid)
            .set("size", fetched->size)
            .set("sha256", fetched->sha256)
            .set("received", fetched->received);
        done.push_back(std::move(record));
        session_.say(fmt::format("{} {}: {}", session_.paint()(Style::Green, "✓"), file.target,
                                 size_text(fetched->size)));
        return std::nullopt;
    }

    ExitCode refuse(Error error) {
        if (to_standard_output()) return session_.fail(error);
        if (error.kind == ErrorKind::LocalFile && error.message.find("is there already") != std::string::npos)
            error.message += "; --force replaces it, and -o writes to another file";
        return session_.fail_transfer(std::move(error));
    }

    Session& session_;
    const DownloadCommandOptions& options_;
};

}  // namespace

ExitCode download(Session& session, const DownloadCommandOptions& options) {
    return DownloadCommand(session, options).run();
}

}  // namespace cript::cli
