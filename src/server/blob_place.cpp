#include "server/blob_place.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "base/uuid.hpp"
#include "service/context.hpp"
#include "store/backup.hpp"

namespace cript::server {

namespace {

using base::ErrorKind;
using base::fail;

constexpr const char* kFile = "mark";

std::string read_mark(const std::filesystem::path& folder) {
    std::ifstream in(folder / kFile);
    std::string text;
    in >> text;
    return text;
}

/// Leaves a mark in the folder, unless another server does just now, and gives the one that is there.
base::Result<std::string> make_mark(const std::filesystem::path& folder) {
    crypto::Digest random{};
    base::fill_random(random);
    const auto unfinished = folder / fmt::format("{}.{}", kFile, base::Uuid::random().text());
    std::ofstream out(unfinished);
    out << base::to_hex(random) << "\n";
    out.close();
    std::error_code ignored;
    if (!out) return fail(ErrorKind::Unavailable, "cannot write " + unfinished.string());
    CRIPT_CHECK(store::sync_to_disk(unfinished));
    const int linked = ::link(unfinished.c_str(), (folder / kFile).c_str());
    const int code = errno;
    std::filesystem::remove(unfinished, ignored);
    if (linked != 0 && code != EEXIST)
        return fail(ErrorKind::Unavailable,
                    fmt::format("cannot make {}: {}", (folder / kFile).string(), std::strerror(code)));
    CRIPT_CHECK(store::sync_to_disk(folder));
    return read_mark(folder);
}

std::optional<crypto::Digest> digest_of(std::string_view hex) {
    const auto bytes = base::from_hex(hex);
    crypto::Digest digest{};
    if (!bytes || bytes->size() != digest.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

}  // namespace

base::Result<void> check_blob_place(store::Store& store, const std::string& blob_url) {
    constexpr std::string_view kFolder = "file:";
    if (!blob_url.starts_with(kFolder)) return {};
    const std::filesystem::path folder(blob_url.substr(kFolder.size()));
    const auto known_place = [&store] {
        return service::read<std::optional<crypto::Digest>>(
            store, [](store::Reader& reader) { return reader.blob_place(); });
    };
    auto known = known_place();
    CRIPT_CHECK(known);
    auto mark = read_mark(folder);
    if (!*known) {
        // The folder is marked before the database: who finds the second marked finds the first so too.
        if (mark.empty()) {
            auto made = make_mark(folder);
            CRIPT_CHECK(made);
            mark = std::move(*made);
        }
        const auto digest = digest_of(mark);
        if (!digest)
            return fail(ErrorKind::Conflict, (folder / kFile).string() + " holds no mark of a folder");
        CRIPT_CHECK(store.write([&](store::Writer& writer) { return writer.mark_blob_place(*digest); }));
        known = known_place();
        CRIPT_CHECK(known);
    }
    if (*known && digest_of(mark) == *known) return {};
    return fail(
        ErrorKind::Conflict,
        fmt::format("{} is not the folder that the contents of this database's files are in: all its "
                    "servers share one, so let blob.url name that. If it is that one, moved or brought "
                    "back from a copy, write {} into {} and start again",
                    folder.string(), *known ? base::to_hex(**known) : "", (folder / kFile).string()));
}

}  // namespace cript::server
