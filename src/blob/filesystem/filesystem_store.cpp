#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "blob/blob_store.hpp"

namespace cript::blob {

namespace {

using base::ErrorKind;
using base::fail;
namespace fs = std::filesystem;

base::Error unavailable(std::string_view what, const fs::path& file, int code) {
    return {ErrorKind::Unavailable, fmt::format("{} {}: {}", what, file.string(), std::strerror(code)), {}};
}

/// Makes the names in a folder durable.
base::Result<void> sync_folder(const fs::path& folder) {
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!descriptor.is_open() || ::fsync(descriptor.number()) != 0)
        return fail(unavailable("cannot sync", folder, errno));
    return {};
}

base::Result<void> make_folder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0750) == 0) return sync_folder(folder.parent_path());
    if (errno == EEXIST) return {};
    return fail(unavailable("cannot make", folder, errno));
}

class FileReader final : public BlobReader {
  public:
    FileReader(Descriptor descriptor, std::uint64_t size) : descriptor_(std::move(descriptor)), size_(size) {}

    [[nodiscard]] std::uint64_t size() const override { return size_; }
    [[nodiscard]] bool is_remote() const override { return false; }
    base::Result<std::size_t> read(std::uint64_t offset, std::span<char> out) override {
        while (true) {
            const auto count =
                ::pread(descriptor_.number(), out.data(), out.size(), static_cast<off_t>(offset));
            if (count >= 0) return static_cast<std::size_t>(count);
            if (errno != EINTR)
                return fail(ErrorKind::Unavailable, fmt::format("cannot read: {}", std::strerror(errno)));
        }
    }

  private:
    Descriptor descriptor_;
    std::uint64_t size_;
};

class FilesystemStore final : public BlobStore {
  public:
    FilesystemStore(fs::path folder, SpoolFolder spools)
        : folder_(std::move(folder)), spools_(std::move(spools)) {}

    base::Result<std::unique_ptr<Spool>> begin() override { return spools_.begin(); }

    base::Result<void> put(Spool& spool) override {
        const auto file = file_of(spool.finish().sha256);
        const auto folder = file.parent_path();
        struct stat status{};
        // A content that is there may have come a moment ago: its name must be durable before this put is.
        if (::stat(file.c_str(), &status) == 0) return sync_folder(folder);
        CRIPT_CHECK(spool.sync());
        CRIPT_CHECK(make_folder(folder));
        if (::rename(spool.file().c_str(), file.c_str()) != 0)
            return fail(unavailable("cannot make", file, errno));
        spool.release();
        return sync_folder(folder);
    }

    base::Result<std::unique_ptr<BlobReader>> open(const crypto::Digest& digest) override {
        const auto file = file_of(digest);
        Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
        if (!descriptor.is_open()) {
            if (errno == ENOENT) return fail(ErrorKind::NotFound, "the content is not in the blob store");
            return fail(unavailable("cannot open", file, errno));
        }
        struct stat status{};
        if (::fstat(descriptor.number(), &status) != 0) return fail(unavailable("cannot open", file, errno));
        return std::make_unique<FileReader>(std::move(descriptor),
                                            static_cast<std::uint64_t>(status.st_size));
    }

    base::Result<void> remove(const crypto::Digest& digest) override {
        const auto file = file_of(digest);
        if (::unlink(file.c_str()) == 0) return sync_folder(file.parent_path());
        if (errno == ENOENT) return {};
        return fail(unavailable("cannot remove", file, errno));
    }

    base::Result<void> for_each(const Visit& visit) override {
        std::error_code error;
        for (fs::recursive_directory_iterator entry(folder_ / "sha256", error), end; entry != end && !error;
             entry.increment(error)) {
            const auto bytes = base::from_hex(entry->path().filename().string());
            crypto::Digest digest{};
            if (!bytes || bytes->size() != digest.size()) continue;
            std::copy(bytes->begin(), bytes->end(), digest.begin());
            visit(digest);
        }
        if (error) return fail(ErrorKind::Unavailable, folder_.string() + ": " + error.message());
        return {};
    }

    [[nodiscard]] std::string name() const override { return "file:" + folder_.string(); }

  private:
    [[nodiscard]] fs::path file_of(const crypto::Digest& digest) const {
        const auto text = base::to_hex(digest);
        return folder_ / "sha256" / text.substr(0, 2) / text;
    }

    fs::path folder_;
    SpoolFolder spools_;
};

}  // namespace

base::Result<std::unique_ptr<BlobStore>> open_filesystem(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder / "sha256", error);
    if (error) {
        return fail(ErrorKind::Unavailable,
                    fmt::format("cannot make {}: {}", folder.string(), error.message()));
    }
    CRIPT_CHECK(sync_folder(folder));
    auto spools = SpoolFolder::open(folder / "incoming");
    CRIPT_CHECK(spools);
    return std::make_unique<FilesystemStore>(folder, std::move(*spools));
}

}  // namespace cript::blob
