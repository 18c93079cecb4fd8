#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <vector>

#include "base/encoding.hpp"
#include "client/envelope.hpp"
#include "client/environment.hpp"
#include "client/local_file.hpp"
#include "client/transfer.hpp"
#include "client/transfer_state.hpp"
#include "client/upload_parts.hpp"
#include "crypto/hasher.hpp"

namespace cript::client {

namespace {

constexpr std::size_t kPiece = std::size_t{256} << 10U;

Error cancelled() {
    return {ErrorKind::Cancelled, 0, "it was cancelled", {}};
}

bool is_unknown_upload(const Error& error) {
    return error.kind == ErrorKind::NotFound;
}

/// One part of a file, on its way. The file is read while it is sent; the server holds what comes against
/// the digest.
class PartStream final : public ContentStream {
  public:
    PartStream(const LocalFile& file, const Part& part) : file_(file), part_(part) {}

    std::vector<std::string> begin() override {
        at_ = 0;
        return {fmt::format("x-amz-checksum-sha256: {}", base::to_base64(part_.sha256))};
    }
    std::optional<std::uint64_t> size() const override { return part_.size; }
    std::size_t read(char* out, std::size_t room) override {
        const auto wanted = std::min<std::uint64_t>(room, part_.size - at_);
        const auto count = file_.read(part_.offset + at_, {out, wanted});
        if (!count) {
            error_ = count.error();
            return 0;
        }
        is_shorter_ = *count == 0;
        at_ += *count;
        return *count;
    }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    /// Did the file end before its part?
    [[nodiscard]] bool is_shorter() const { return is_shorter_; }

  private:
    const LocalFile& file_;
    const Part& part_;
    std::uint64_t at_ = 0;
    std::optional<Error> error_;
    bool is_shorter_ = false;
};

class Upload {
  public:
    Upload(Connection& connection, const std::string& path, const UploadOptions& options)
        : connection_(connection), path_(path), options_(options) {}

    Result<Uploaded> run() {
        auto opened = LocalFile::open(path_);
        if (!opened) return opened.error();
        const LocalFile file = std::move(*opened);
        const auto account = ask(connection_, options_, "GET", "/account");
        if (!account) return account.error();
        const StateFile state_file(options_.state_folder, process_environment(),
                                   {"upload", connection_.host(), account->data.text_of("uuid"),
                                    std::filesystem::absolute(path_).lexically_normal().string()});
        const auto former = state_file.load();
        if (const auto read = read_through(file, former ? former->part_size : 0); !read) return read.error();
        if (former && former->size == size_ && former->sha256 == sha256_ && former->part_size == part_size_) {
            state_ = *former;
            auto stored = go_on();
            if (!stored) return stored.error();
            if (*stored) return uploaded(**stored);
        } else if (former) {
            // Of a former content of the file. That it may have ended meanwhile does not matter.
            (void)ask(connection_, options_, "DELETE", "/upload/" + former->id);
        }
        if (state_.id.empty()) {
            if (const auto begun = begin(state_file); !begun) return begun.error();
        }
        for (std::size_t at = 0; at < parts_.size(); ++at) {
            if (const auto sent = send(file, at); !sent) return sent.error();
        }
        const auto stored = complete();
        if (!stored) return stored.error();
        return uploaded(*stored);  // the state stays: the same file again finds what is stored already
    }

  private:
    void tell(Progress::Phase phase, std::uint64_t bytes) const {
        if (options_.progress) options_.progress({phase, bytes, size_});
    }
    [[nodiscard]] bool is_cancelled() const { return options_.is_cancelled && options_.is_cancelled(); }

    /// The digests of the whole and of each part.
    Result<void> read_through(const LocalFile& file, std::uint64_t former_part_size) {
        const auto size = file.size();
        if (!size) return size.error();
        size_ = *size;
        part_size_ = part_size_for(size_, former_part_size > 0 ? former_part_size : options_.part_size);
        std::vector<char> piece(kPiece);
        crypto::Sha256Hasher whole;
        for (std::uint64_t offset = 0; offset < size_ || parts_.empty(); offset += part_size_) {
            Part part{offset, std::min(part_size_, size_ - offset), {}};
            crypto::Sha256Hasher hasher;
            for (std::uint64_t at = 0; at < part.size;) {
                if (is_cancelled()) return cancelled();
                const auto room = std::min<std::uint64_t>(kPiece, part.size - at);
                const auto count = file.read(offset + at, {piece.data(), room});
                if (!count) return count.error();
                if (*count == 0) return changed();
                const auto bytes = base::as_bytes({piece.data(), *count});
                hasher.add(bytes);
                whole.add(bytes);
                at += *count;
                tell(Progress::Phase::Reading, offset + at);
            }
            part.sha256 = hasher.finish();
            parts_.push_back(part);
        }
        sha256_ = base::to_hex(whole.finish());
        return {};
    }

    /// What the server has of the upload that the state names. A file, if that is complete already; no id in
    /// the state any more, if the server does not know the upload.
    Result<std::optional<StoredFile>> go_on() {
        const auto answer = ask(connection_, options_, "GET", "/upload/" + state_.id);
        if (answer) {
            there_ = parts_there(answer->data, parts_);
            return std::optional<StoredFile>();
        }
        if (!is_unknown_upload(answer.error())) return answer.error();
        auto stored = find_stored();
        if (stored && !*stored) state_ = {};
        return stored;
    }

    /// The file under the key of the state, if it is stored there: the answer that said so may have been
    /// lost.
    Result<std::optional<StoredFile>> find_stored() {
        auto stored = stored_file(connection_, state_.key);
        if (stored && stored->sha256 == sha256_) return std::optional(std::move(*stored));
        if (!stored && stored.error().kind != ErrorKind::NotFound) return stored.error();
        return std::optional<StoredFile>();
    }

    Result<void> begin(const StateFile& state_file) {
        const auto name =
            options_.name.empty() ? std::filesystem::path(path_).filename().string() : options_.name;
        const auto answer = ask(connection_, options_, "POST", "/upload", Json::object().set("name", name));
        if (!answer) return answer.error();
        state_ = {std::string(answer->data.text_of("id")), std::string(answer->data.text_of("key")), sha256_,
                  size_, part_size_};
        return state_file.save(state_);
    }

    Result<void> send(const LocalFile& file, std::size_t at) {
        const auto& part = parts_[at];
        if (there_.count(at) != 0) {
            done_ += part.size;
            return {};
        }
        PartStream stream(file, part);
        const ProgressCallback progress = [this](const Progress& now) {
            if (now.phase == Progress::Phase::Sending) tell(now.phase, done_ + now.bytes);
        };
        WireRequest request{"PUT", fmt::format("/upload/{}/{}", state_.id, at + 1), "", ""};
        request.is_read = true;  // the same part again changes nothing
        request.stream = &stream;
        request.progress = &progress;
        request.is_cancelled = options_.is_cancelled ? &options_.is_cancelled : nullptr;
        request.attempts = options_.attempts;
        const auto answer = connection_.exchange(request);
        if (stream.error()) return *stream.error();
        if (stream.is_shorter()) return changed();
        if (!answer) return answer.error();
        const auto opened = open_envelope(*answer, connection_.host());
        if (!opened) return is_another_content(opened.error()) ? changed() : opened.error();
        if (opened->data.text_of("sha256") != base::to_hex(part.sha256)) return changed();
        done_ += part.size;
        sent_ += part.size;
        tell(Progress::Phase::Sending, done_);
        return {};
    }

    Result<StoredFile> complete() {
        tell(Progress::Phase::Waiting, 0);
        const auto answer = ask(connection_, options_, "POST", fmt::format("/upload/{}/complete", state_.id));
        if (!answer) {
            if (!is_unknown_upload(answer.error())) return answer.error();
            auto stored = find_stored();  // by an attempt whose answer was lost
            if (!stored) return stored.error();
            if (!*stored) return answer.error();
            return std::move(**stored);
        }
        StoredFile file{std::string(answer->data.text_of("key")), size_,
                        std::string(answer->data.text_of("sha256"))};
        if (file.sha256 != sha256_) return changed();
        return file;
    }

    [[nodiscard]] static bool is_another_content(const Error& error) {
        return std::any_of(error.problems.begin(), error.problems.end(),
                           [](const Problem& problem) { return problem.code == "checksum_differs"; });
    }
    [[nodiscard]] Error changed() const {
        return {ErrorKind::Damaged,
                0,
                fmt::format("{} is not what was read of it before: it changed while it was sent, or was "
                            "damaged on the way",
                            path_),
                {}};
    }
    [[nodiscard]] Uploaded uploaded(const StoredFile& file) const { return {file, sent_}; }

    Connection& connection_;
    const std::string& path_;
    const UploadOptions& options_;
    TransferState state_;
    std::uint64_t size_ = 0;
    std::uint64_t part_size_ = 0;
    std::string sha256_;
    std::vector<Part> parts_;
    std::set<std::size_t> there_;
    std::uint64_t done_ = 0;  ///< bytes that the server has
    std::uint64_t sent_ = 0;
};

}  // namespace

std::uint64_t part_size_for(std::uint64_t size, std::uint64_t wanted) {
    // The server takes 10,000 parts at most.
    constexpr std::uint64_t kMostParts = 9'000;
    return std::max({wanted, (size + kMostParts - 1) / kMostParts, std::uint64_t{1}});
}

std::set<std::size_t> parts_there(const Json& answer, const std::vector<Part>& parts) {
    std::set<std::size_t> there;
    const auto* list = answer.find("parts");
    const auto* elements = list == nullptr ? nullptr : list->if_array();
    if (elements == nullptr) return there;
    for (const auto& element : *elements) {
        const auto* number = element.find("number");
        const auto at = number == nullptr ? 0 : number->as_integer().value_or(0);
        if (at < 1 || static_cast<std::uint64_t>(at) > parts.size()) continue;
        const auto& part = parts[static_cast<std::size_t>(at - 1)];
        if (element.text_of("sha256") == base::to_hex(part.sha256))
            there.insert(static_cast<std::size_t>(at - 1));
    }
    return there;
}

Result<JsonAnswer> ask(Connection& connection, const TransferOptions& options, std::string_view method,
                       std::string_view target, const Json& body) {
    static const ProgressCallback kNone;
    WireRequest request{std::string(method), std::string(target), body.is_null() ? "" : body.dump(), ""};
    request.is_read = true;  // each of them may come twice
    request.progress = &kNone;
    request.is_cancelled = options.is_cancelled ? &options.is_cancelled : nullptr;
    request.attempts = options.attempts;
    const auto answer = connection.exchange(request);
    if (!answer) return answer.error();
    return open_envelope(*answer, connection.host());
}

Result<StoredFile> stored_file(Connection& connection, std::string_view source) {
    const auto answer =
        ask(connection, {}, "GET", fmt::format("/upload?key={}", base::percent_encode(source)));
    if (!answer) return answer.error();
    const auto* size = answer->data.find("size");
    const auto bytes = size == nullptr ? 0 : size->as_integer().value_or(0);
    return StoredFile{std::string(source), static_cast<std::uint64_t>(std::max<std::int64_t>(bytes, 0)),
                      std::string(answer->data.text_of("sha256"))};
}

Result<Uploaded> upload(Connection& connection, const std::string& path, const UploadOptions& options) {
    return Upload(connection, path, options).run();
}

}  // namespace cript::client
