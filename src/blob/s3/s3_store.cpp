#include "blob/s3/s3_store.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

#include "base/log.hpp"
#include "blob/s3/availability.hpp"
#include "blob/s3/bucket.hpp"

namespace cript::blob {

namespace {

using base::ErrorKind;
using base::fail;

constexpr std::string_view kContents = "sha256/";
/// What one request for a piece of a content asks for.
constexpr std::uint64_t kReadAhead = std::uint64_t{256} << 10U;
/// Some servers take no more parts than this.
constexpr std::uint64_t kMostParts = 1'000;
/// Of S3.
constexpr std::uint64_t kLargestPart = std::uint64_t{5} << 30U;

std::string name_of(const crypto::Digest& digest) {
    const auto text = base::to_hex(digest);
    return fmt::format("{}{}/{}", kContents, text.substr(0, 2), text);
}

/// The SHA-256 of a part. Errors: Unavailable if the disk fails.
base::Result<crypto::Digest> digest_of(const outbound::FilePart& part) {
    crypto::Sha256Hasher hasher;
    std::vector<char> piece(std::size_t{256} << 10U);
    std::uint64_t at = 0;
    while (at < part.length) {
        const auto most = std::min<std::uint64_t>(piece.size(), part.length - at);
        const auto count = ::pread(part.descriptor, piece.data(), most, static_cast<off_t>(part.offset + at));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0)
            return fail(ErrorKind::Unavailable,
                        fmt::format("cannot read what came in: {}", std::strerror(errno)));
        hasher.add(base::as_bytes({piece.data(), static_cast<std::size_t>(count)}));
        at += static_cast<std::uint64_t>(count);
    }
    return hasher.finish();
}

/// Lets one put of a content at a time through: those that come meanwhile find it there.
class Turns {
  public:
    class Turn {
      public:
        Turn(Turns& turns, const crypto::Digest& digest) : turns_(turns), digest_(digest) {
            std::unique_lock lock(turns_.mutex_);
            turns_.ended_.wait(lock, [this] { return turns_.taken_.insert(digest_).second; });
        }
        ~Turn() {
            {
                const std::scoped_lock lock(turns_.mutex_);
                turns_.taken_.erase(digest_);
            }
            turns_.ended_.notify_all();
        }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

      private:
        Turns& turns_;
        const crypto::Digest digest_;
    };

  private:
    std::mutex mutex_;
    std::condition_variable ended_;
    std::set<crypto::Digest> taken_;
};

class S3Store final : public BlobStore {
  public:
    S3Store(SpoolFolder spools, const S3Place& place, const S3Settings& settings, outbound::Signer signer,
            outbound::Retries retries)
        : spools_(std::move(spools)), bucket_(place, settings, std::move(signer), clock_, retries) {}

    base::Result<std::unique_ptr<Spool>> begin() override {
        CRIPT_CHECK(admit());
        return spools_.begin();
    }
    base::Result<void> put(Spool& spool) override;
    base::Result<std::unique_ptr<BlobReader>> open(const crypto::Digest& digest) override;
    /// Sent once only. A request whose answer is lost may still be carried out, and would then take a content
    /// that was put again meanwhile: so a removal that failed leaves the content doomed, for longer than a
    /// server accepts the signature of that request (15 minutes).
    base::Result<void> remove(const crypto::Digest& digest) override {
        CRIPT_CHECK(admit());
        return told(bucket_.remove(name_of(digest)));
    }
    [[nodiscard]] std::string name() const override {
        const auto& place = bucket_.place();
        return fmt::format("s3://{}/{} at {}", place.bucket, place.prefix, place.origin);
    }
    [[nodiscard]] bool is_remote() const override { return true; }
    base::Result<void> check() override;
    [[nodiscard]] bool is_available() const override { return availability_.is_available(); }
    void end() override { bucket_.end(); }
    base::Result<void> remove_interrupted(base::Timestamp begun_before) override;

    /// Bytes of a content, for the reader.
    base::Result<std::string> piece(const std::string& name, std::uint64_t offset, std::uint64_t count) {
        CRIPT_CHECK(admit());
        return told(bucket_.read(name, offset, count));
    }

  private:
    [[nodiscard]] base::Result<void> admit() const {
        if (is_available()) return {};
        return fail(ErrorKind::Unavailable, "the store of the files does not answer");
    }
    /// What a caller is told of a result: the reason of a failure is for those who run the server.
    template <class T>
    base::Result<T> told(base::Result<T> result) {
        if (result || result.error().kind == ErrorKind::NotFound) return result;
        if (bucket_.is_ended()) return fail(ErrorKind::Unavailable, "this server is ending");
        base::log(base::LogLevel::Warning, "blob.failed", {{"reason", result.error().message}});
        if (result.error().kind == ErrorKind::Unavailable) {
            availability_.lose(result.error());
        } else {
            availability_.doubt();
        }
        return fail(ErrorKind::Unavailable, "the store of the files does not answer as it should");
    }
    base::Result<void> send(const std::string& name, const Spool& spool, const ContentDigests& digests);
    base::Result<void> send_in_parts(const std::string& name, const Spool& spool, std::uint64_t size);
    base::Result<std::vector<std::string>> send_parts(const std::string& name, const std::string& upload,
                                                      const Spool& spool, std::uint64_t size);

    SpoolFolder spools_;
    base::SystemClock clock_;
    Bucket bucket_;
    Turns turns_;
    Availability availability_{[this] { return bucket_.look(); }};
};

/// Asks for a piece at a time, so that a long content never lies in memory and no connection waits for a
/// slow reader.
class ObjectReader final : public BlobReader {
  public:
    ObjectReader(S3Store& store, std::string name, std::uint64_t size)
        : store_(store), name_(std::move(name)), size_(size) {}

    [[nodiscard]] std::uint64_t size() const override { return size_; }
    [[nodiscard]] bool is_remote() const override { return true; }
    base::Result<std::size_t> read(std::uint64_t offset, std::span<char> out) override {
        if (offset >= size_ || out.empty()) return 0;
        if (offset < begin_ || offset >= begin_ + piece_.size()) {
            auto piece = store_.piece(name_, offset, std::min(kReadAhead, size_ - offset));
            if (!piece) return fail(ErrorKind::Unavailable, std::move(piece.error().message));
            piece_ = std::move(*piece);
            begin_ = offset;
        }
        const auto from = static_cast<std::size_t>(offset - begin_);
        const auto count = std::min(out.size(), piece_.size() - from);
        std::copy_n(piece_.begin() + static_cast<std::ptrdiff_t>(from), count, out.begin());
        return count;
    }

  private:
    S3Store& store_;
    const std::string name_;
    const std::uint64_t size_;
    std::string piece_;
    std::uint64_t begin_ = 0;
};

base::Result<void> S3Store::put(Spool& spool) {
    const auto& digests = spool.finish();
    const auto name = name_of(digests.sha256);
    const Turns::Turn turn(turns_, digests.sha256);
    CRIPT_CHECK(admit());
    auto length = bucket_.length_of(name);
    if (length && *length == digests.size) return {};
    if (length) return told(send(name, spool, digests));
    return told<void>(fail(std::move(length.error())));
}

base::Result<void> S3Store::send(const std::string& name, const Spool& spool, const ContentDigests& digests) {
    if (digests.size > kSmallestPart) return send_in_parts(name, spool, digests.size);
    return bucket_.put(name, {spool.descriptor(), 0, digests.size}, digests.sha256);
}

base::Result<void> S3Store::send_in_parts(const std::string& name, const Spool& spool, std::uint64_t size) {
    auto upload = bucket_.begin_upload(name);
    CRIPT_CHECK(upload);
    auto tags = send_parts(name, *upload, spool, size);
    base::Result<void> joined;
    if (tags) {
        joined = bucket_.complete(name, *upload, *tags);
        // The answer may be lost, or good for nothing: what counts is what is there now.
        auto length = bucket_.length_of(name);
        if (length && *length == size) return {};
        if (joined) {
            joined =
                length ? fail(ErrorKind::Unavailable, "an object in parts has another length than its parts")
                       : fail(std::move(length.error()));
        }
    } else {
        joined = fail(std::move(tags.error()));
    }
    // What cannot be aborted now is aborted by remove_interrupted().
    if (auto aborted = bucket_.abort(name, *upload); !aborted)
        base::log(base::LogLevel::Warning, "blob.not_aborted", {{"reason", aborted.error().message}});
    return joined;
}

base::Result<std::vector<std::string>> S3Store::send_parts(const std::string& name, const std::string& upload,
                                                           const Spool& spool, std::uint64_t size) {
    const auto most = std::clamp((size + kMostParts - 1) / kMostParts, kSmallestPart, kLargestPart);
    std::vector<std::string> tags;
    for (std::uint64_t at = 0; at < size; at += most) {
        if (bucket_.is_ended()) return fail(ErrorKind::Unavailable, "this server is ending");
        const outbound::FilePart part{spool.descriptor(), at, std::min(most, size - at)};
        auto digest = digest_of(part);
        CRIPT_CHECK(digest);
        auto tag = bucket_.put_part(name, upload, static_cast<unsigned>(tags.size() + 1), part, *digest);
        CRIPT_CHECK(tag);
        tags.push_back(std::move(*tag));
    }
    return tags;
}

base::Result<std::unique_ptr<BlobReader>> S3Store::open(const crypto::Digest& digest) {
    CRIPT_CHECK(admit());
    auto name = name_of(digest);
    auto length = told(bucket_.length_of(name));
    CRIPT_CHECK(length);
    if (!*length) return fail(ErrorKind::NotFound, "the content is not in the blob store");
    return std::make_unique<ObjectReader>(*this, std::move(name), **length);
}

base::Result<void> S3Store::check() {
    auto seen = bucket_.look();
    if (seen) return {};
    if (seen.error().kind == ErrorKind::Unavailable) {
        availability_.lose(seen.error());
        return seen;
    }
    return fail(ErrorKind::InvalidInput, fmt::format("{}: {}", name(), seen.error().message));
}

base::Result<void> S3Store::remove_interrupted(base::Timestamp begun_before) {
    CRIPT_CHECK(admit());
    auto uploads = told(bucket_.uploads(kContents));
    CRIPT_CHECK(uploads);
    constexpr std::size_t kToTheSecond = 19;
    const auto limit = begun_before.text().substr(0, kToTheSecond);
    for (const auto& upload : *uploads) {
        const auto begun = upload.begun.substr(0, kToTheSecond);
        if (begun.size() < kToTheSecond || begun >= limit) continue;
        CRIPT_CHECK(told(bucket_.abort(upload.name, upload.id)));
        base::log(base::LogLevel::Info, "blob.interrupted_put_removed", {{"begun", upload.begun}});
    }
    return {};
}

}  // namespace

base::Result<std::unique_ptr<BlobStore>> open_s3(const std::string& url, const S3Settings& settings,
                                                 outbound::Retries retries) {
    auto place = read_place(url, settings);
    CRIPT_CHECK(place);
    auto signer = read_signer(settings);
    CRIPT_CHECK(signer);
    auto spools = SpoolFolder::open(settings.incoming);
    CRIPT_CHECK(spools);
    return std::make_unique<S3Store>(std::move(*spools), *place, settings, std::move(*signer), retries);
}

}  // namespace cript::blob
