#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <vector>

#include "base/encoding.hpp"
#include "base/uuid.hpp"
#include "client/content_head.hpp"
#include "client/envelope.hpp"
#include "client/environment.hpp"
#include "client/local_file.hpp"
#include "client/transfer.hpp"
#include "client/transfer_state.hpp"
#include "crypto/hasher.hpp"

namespace cript::client {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = std::size_t{256} << 10U;

Error damaged(std::string what) {
    return {ErrorKind::Damaged, 0, std::move(what), {}};
}

/// Where a content goes.
class Destination {
  public:
    virtual ~Destination() = default;
    virtual Result<void> write(std::uint64_t offset, std::string_view piece) = 0;
    /// Forgets what was written, if that can be.
    virtual Result<void> start_over() = 0;
    /// What is to be known to go on later.
    virtual Result<void> remember(const TransferState&) { return {}; }
};

/// One content on its way here, over as many answers as it takes.
class ContentFetch final : public ContentStream {
  public:
    ContentFetch(Connection& connection, std::string_view uuid, const TransferOptions& options,
                 Destination& destination)
        : connection_(connection), uuid_(uuid), options_(options), destination_(destination) {}

    /// Goes on behind what is there already of the content that `state` tells.
    void resume(const TransferState& state, std::uint64_t offset, crypto::Sha256Hasher hasher) {
        state_ = state;
        offset_ = offset;
        hasher_ = std::move(hasher);
        is_resumed_ = true;
    }

    Result<Downloaded> run() {
        constexpr int kMostRestarts = 3;
        for (int restarts = 0;; ++restarts) {
            const bool has_all = is_resumed_ && offset_ == state_.size;
            auto fetched = has_all ? Result<bool>(true) : fetch();
            if (!fetched) return fetched.error();
            if (*fetched) {
                const auto sha256 = base::to_hex(hasher_.finish());
                if (offset_ == state_.size && sha256 == state_.sha256)
                    return Downloaded{state_.size, sha256, received_};
                // What was there before may have been of something else; what came now was not.
                if (!is_resumed_) return damaged("what arrived is not the content that the server told of");
            }
            if (restarts == kMostRestarts)
                return damaged("the content on the server changes again and again");
            if (const auto done = start_over(); !done) return done.error();
        }
    }

    std::vector<std::string> begin() override {
        begun_ = false;
        std::vector<std::string> lines{"Accept: */*"};
        if (offset_ > 0) lines.push_back(fmt::format("Range: bytes={}-", offset_));
        if (!state_.id.empty()) lines.push_back(fmt::format("If-Match: \"{}\"", state_.id));
        return lines;
    }
    bool take(const WireAnswer& answer, std::string_view piece) override {
        if (!begun_ && !read_head(answer)) return false;
        if (const auto written = destination_.write(offset_, piece); !written) {
            error_ = written.error();
            return false;
        }
        hasher_.add(base::as_bytes(piece));
        offset_ += piece.size();
        received_ += piece.size();
        return true;
    }
    std::uint64_t taken() const override { return received_; }

  private:
    /// True at the end of the content, false if it is another one by now.
    Result<bool> fetch() {
        const ProgressCallback progress = [this](const Progress& now) {
            if (options_.progress && now.phase == Progress::Phase::Receiving)
                options_.progress({now.phase, offset_, state_.size});
        };
        WireRequest request{"GET", fmt::format("/file/{}/content", base::percent_encode(uuid_)), "", ""};
        request.stream = this;
        request.progress = &progress;
        request.is_cancelled = options_.is_cancelled ? &options_.is_cancelled : nullptr;
        request.attempts = options_.attempts;
        const auto answer = connection_.exchange(request);
        if (error_) return *error_;
        if (!answer) return answer.error();
        if (answer->status == 412 || answer->status == 416) return false;
        if (answer->status != 200 && answer->status != 206) {
            const auto opened = open_envelope(*answer, connection_.host());
            return opened ? not_a_content() : opened.error();
        }
        if (!begun_ && !read_head(*answer)) return *error_;  // it is empty
        return true;
    }

    bool read_head(const WireAnswer& answer) {
        const auto head = content_head(answer);
        if (!head || head->offset > offset_) {
            error_ = not_a_content();
            return false;
        }
        begun_ = true;
        if (head->offset < offset_) {  // it does not do ranges
            if (const auto done = start_over(); !done) error_ = done.error();
            if (error_) return false;
        }
        const TransferState told{head->etag, "", head->sha256, head->size, 0};
        if (told == state_) return true;
        state_ = told;
        if (const auto kept = destination_.remember(state_); !kept) error_ = kept.error();
        return !error_;
    }

    Result<void> start_over() {
        if (offset_ > 0) {
            if (const auto done = destination_.start_over(); !done) return done.error();
        }
        (void)hasher_.finish();
        offset_ = 0;
        state_ = {};
        is_resumed_ = false;
        return {};
    }

    [[nodiscard]] Error not_a_content() const {
        return {
            ErrorKind::NotCript,
            0,
            fmt::format("{} answered without the size, ETag and digest of the content", connection_.host()),
            {}};
    }

    Connection& connection_;
    std::string_view uuid_;
    const TransferOptions& options_;
    Destination& destination_;
    TransferState state_;
    crypto::Sha256Hasher hasher_;
    std::uint64_t offset_ = 0;  ///< bytes that are there
    std::uint64_t received_ = 0;
    bool is_resumed_ = false;
    bool begun_ = false;  ///< the head of the present answer was read
    std::optional<Error> error_;
};

class SinkDestination final : public Destination {
  public:
    explicit SinkDestination(const ContentSink& sink) : sink_(sink) {}
    Result<void> write(std::uint64_t, std::string_view piece) override {
        if (sink_(piece)) return {};
        return Error{ErrorKind::LocalFile, 0, "the content could not be written", {}};
    }
    Result<void> start_over() override {
        return damaged("the content on the server changed while it was fetched");
    }

  private:
    const ContentSink& sink_;
};

class PartFile final : public Destination {
  public:
    PartFile(fs::path path, LocalFile file, StateFile state)
        : path_(std::move(path)), file_(std::move(file)), state_(std::move(state)) {}
    Result<void> write(std::uint64_t offset, std::string_view piece) override {
        return file_.write(offset, piece);
    }
    Result<void> start_over() override {
        // In this order: a part without a state would be taken for somebody's file.
        if (const auto emptied = file_.truncate(0); !emptied) return emptied;
        state_.remove();
        return {};
    }
    Result<void> remember(const TransferState& state) override { return state_.save(state); }

    /// Hands over what an earlier download left. Errors: LocalFile for what none left.
    Result<void> resume(ContentFetch& fetch, const DownloadOptions& options) {
        const auto size = file_.size();
        if (!size) return size.error();
        const auto former = state_.load();
        if (!former || *size > former->size) {
            if (*size == 0 || options.overwrite) return start_over();
            return Error{ErrorKind::LocalFile,
                         0,
                         fmt::format("{} is there already, and is not known to be a part of this file",
                                     path_.string()),
                         {}};
        }
        std::vector<char> piece(kPiece);
        crypto::Sha256Hasher hasher;
        for (std::uint64_t at = 0; at < *size;) {
            if (options.is_cancelled && options.is_cancelled())
                return Error{ErrorKind::Cancelled, 0, "it was cancelled", {}};
            const auto count = file_.read(at, piece);
            if (!count) return count.error();
            if (*count == 0) return start_over();
            hasher.add(base::as_bytes({piece.data(), *count}));
            at += *count;
            if (options.progress) options.progress({Progress::Phase::Reading, at, *size});
        }
        fetch.resume(*former, *size, std::move(hasher));
        return {};
    }
    Result<void> finish(const fs::path& target, bool overwrite) {
        if (const auto synced = file_.sync(); !synced) return synced.error();
        std::error_code failed;
        if (!overwrite && fs::exists(target, failed)) return file_error("write", target, EEXIST);
        fs::rename(path_, target, failed);
        if (failed) return file_error("write", target, failed.value());
        state_.remove();
        return {};
    }
    /// Removes what nothing could go on with.
    void tidy() {
        std::error_code ignored;
        if (!state_.is_kept() || file_.size().value_or(1) == 0) fs::remove(path_, ignored);
    }

  private:
    fs::path path_;
    LocalFile file_;
    StateFile state_;
};

}  // namespace

Result<Downloaded> download(Connection& connection, std::string_view uuid, const ContentSink& sink,
                            const TransferOptions& options) {
    SinkDestination destination(sink);
    return ContentFetch(connection, uuid, options, destination).run();
}

Result<Downloaded> download(Connection& connection, std::string_view uuid, const std::string& path,
                            const DownloadOptions& options) {
    const fs::path target(path);
    std::error_code ignored;
    if (!options.overwrite && fs::exists(target, ignored)) {
        return Error{ErrorKind::LocalFile, 0, fmt::format("{} is there already", path), {}};
    }
    if (fs::is_directory(target, ignored)) return file_error("write", target, EISDIR);
    const auto place = fs::absolute(target, ignored).lexically_normal().string();
    StateFile state(options.state_folder, process_environment(),
                    {"download", connection.host(), uuid, place});
    auto part = target;
    if (!state.is_kept()) part += "." + base::Uuid::random().text();
    part += ".part";
    auto file = state.is_kept() ? LocalFile::open_alone(part) : LocalFile::create(part);
    if (!file) return file.error();
    PartFile destination(part, std::move(*file), std::move(state));
    ContentFetch fetch(connection, uuid, options, destination);
    if (const auto resumed = destination.resume(fetch, options); !resumed) return resumed.error();
    auto fetched = fetch.run();
    if (fetched) {
        if (const auto finished = destination.finish(target, options.overwrite); !finished)
            fetched = finished.error();
    }
    if (!fetched) destination.tidy();
    return fetched;
}

}  // namespace cript::client
