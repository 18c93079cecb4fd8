#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>

#include "service/check_instance.hpp"
#include "service/row_columns.hpp"

namespace cript::service {

namespace {

using base::Result;
using store::Cells;

constexpr std::size_t kPiece = std::size_t{256} << 10U;

crypto::Digest digest_of(std::string_view bytes) {
    crypto::Digest digest{};
    if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

std::string hex_of(std::string_view bytes) {
    return base::to_hex(base::as_bytes(bytes));
}

/// Checks files, uploads, the contents that they are of, and what accounts are charged for them. The steps
/// are those of run(), in order.
class FileCheck {
  public:
    FileCheck(store::TableReader& reader, const ContentCheck& contents, DamageList& damage)
        : reader_(reader), store_(contents), damage_(damage) {}

    Result<void> run() {
        CRIPT_CHECK(read_ids("account", accounts_));
        CRIPT_CHECK(read_ids("node", nodes_));
        CRIPT_CHECK(read_contents());
        CRIPT_CHECK(check_files());
        CRIPT_CHECK(check_sources());
        CRIPT_CHECK(check_parts());
        CRIPT_CHECK(check_storage_use());
        judge_files();
        CRIPT_CHECK(judge_contents());
        return judge_orphans();
    }

  private:
    struct Content {
        std::int64_t size = 0;
        std::int64_t uses = 0;  ///< as the row says, less those that were found
        bool is_used = false;
    };

    template <class Visit>
    Result<void> each(const store::Table& table, Visit visit) {
        return store::for_each_row(reader_, table, [&](const Cells& row) -> Result<void> {
            visit(row);
            return {};
        });
    }

    Result<void> read_ids(std::string_view table, std::unordered_set<std::int64_t>& ids) {
        const RowColumns<1> columns(table, {"id"});
        return each(columns.table(), [&](const Cells& row) { ids.insert(columns.number(row, 0)); });
    }

    Result<void> read_contents() {
        const RowColumns<3> columns("blob", {"digest", "size", "uses"});
        return each(columns.table(), [&](const Cells& row) {
            const auto uses = columns.number(row, 2);
            contents_[std::string(columns.text(row, 0))] = {columns.number(row, 1), uses, uses > 0};
        });
    }

    void count_use(const std::string& place, std::string_view digest, std::int64_t size) {
        const auto found = contents_.find(std::string(digest));
        if (found == contents_.end())
            return damage_.add("unknown_content", place,
                               fmt::format("its content {} has no row", hex_of(digest)));
        --found->second.uses;
        found->second.is_used = true;
        if (found->second.size != size)
            damage_.add("wrong_file_size", place,
                        fmt::format("it is of {} bytes, its content of {}", size, found->second.size));
    }

    Result<void> check_files() {
        const RowColumns<5> columns("stored_file", {"id", "owner", "digest", "size", "uses"});
        return each(columns.table(), [&](const Cells& row) {
            const auto id = columns.number(row, 0);
            const auto owner = columns.number(row, 1);
            const auto place = fmt::format("file {}", id);
            if (!accounts_.contains(owner)) damage_.add("stray_file", place, "its account is not there");
            charged_[owner] += columns.number(row, 3);
            file_uses_[id] = columns.number(row, 4);
            count_use(place, columns.text(row, 2), columns.number(row, 3));
        });
    }

    Result<void> check_sources() {
        const RowColumns<2> columns("file_source", {"node", "file"});
        return each(columns.table(), [&](const Cells& row) {
            const auto place = fmt::format("node {}", columns.number(row, 0));
            if (!nodes_.contains(columns.number(row, 0)))
                damage_.add("stray_file_source", place, "it names a file, and is not there");
            if (columns.is_null(row, 1)) return;
            const auto file = file_uses_.find(columns.number(row, 1));
            if (file == file_uses_.end())
                return damage_.add(
                    "stray_file_source", place,
                    fmt::format("it names file {}, which is not there", columns.number(row, 1)));
            --file->second;
        });
    }

    Result<void> check_parts() {
        const RowColumns<2> owners("upload", {"id", "owner"});
        std::unordered_map<std::int64_t, std::int64_t> owner_of;
        CRIPT_CHECK(each(owners.table(),
                         [&](const Cells& row) { owner_of[owners.number(row, 0)] = owners.number(row, 1); }));
        const RowColumns<4> columns("upload_part", {"upload", "number", "digest", "size"});
        return each(columns.table(), [&](const Cells& row) {
            const auto upload = columns.number(row, 0);
            const auto place = fmt::format("upload {}, part {}", upload, columns.number(row, 1));
            const auto owner = owner_of.find(upload);
            if (owner == owner_of.end()) {
                damage_.add("stray_part", place, "its upload is not there");
            } else {
                charged_[owner->second] += columns.number(row, 3);
            }
            count_use(place, columns.text(row, 2), columns.number(row, 3));
        });
    }

    Result<void> check_storage_use() {
        const RowColumns<2> columns("storage_use", {"account", "used"});
        CRIPT_CHECK(each(columns.table(), [&](const Cells& row) {
            charged_[columns.number(row, 0)] -= columns.number(row, 1);
        }));
        for (const auto& [account, difference] : charged_) {
            if (difference != 0)
                damage_.add("wrong_storage_use", fmt::format("account {}", account),
                            fmt::format("its files take {} bytes more than it is charged for", difference));
        }
        return {};
    }

    void judge_files() {
        for (const auto& [id, difference] : file_uses_) {
            if (difference != 0)
                damage_.add("wrong_file_uses", fmt::format("file {}", id),
                            fmt::format("its count of nodes is {} too high", difference));
        }
    }

    Result<void> judge_contents() {
        for (const auto& [bytes, content] : contents_) {
            const auto place = fmt::format("content {}", hex_of(bytes));
            if (content.uses != 0)
                damage_.add("wrong_content_uses", place,
                            fmt::format("its count of uses is {} too high", content.uses));
            if (content.is_used) CRIPT_CHECK(judge_content(place, digest_of(bytes), content));
        }
        return {};
    }

    Result<void> judge_content(const std::string& place, const crypto::Digest& digest,
                               const Content& content) {
        const auto missing = [&] {
            damage_.add("missing_content", place, "it is not in the store of contents");
        };
        if (store_.blobs == nullptr) return missing(), Result<void>{};
        auto opened = store_.blobs->open(digest);
        if (!opened && opened.error().kind == base::ErrorKind::NotFound) return missing(), Result<void>{};
        CRIPT_CHECK(opened);
        const auto size = (*opened)->size();
        if (size != static_cast<std::uint64_t>(content.size)) {
            damage_.add("wrong_content_size", place,
                        fmt::format("it is of {} bytes instead of {}", size, content.size));
        } else if (store_.reads_all) {
            crypto::Sha256Hasher hasher;
            std::vector<char> piece(kPiece);
            for (std::uint64_t at = 0; at < size;) {
                auto count = (*opened)->read(at, piece);
                CRIPT_CHECK(count);
                if (*count == 0) break;
                hasher.add(base::as_bytes(std::string_view(piece.data(), *count)));
                at += *count;
            }
            if (hasher.finish() != digest) damage_.add("damaged_content", place, "its bytes are others");
        }
        return {};
    }

    /// What was there before the view of the rows and is in no row: a server gives a content its row first.
    Result<void> judge_orphans() {
        for (const auto& digest : store_.listed) {
            if (contents_.contains(std::string(digest.begin(), digest.end()))) continue;
            auto opened = store_.blobs->open(digest);
            if (!opened && opened.error().kind == base::ErrorKind::NotFound) continue;  // removed meanwhile
            CRIPT_CHECK(opened);
            damage_.add("orphaned_content", fmt::format("content {}", base::to_hex(digest)),
                        fmt::format("its {} bytes are nobody's", (*opened)->size()));
        }
        return {};
    }

    store::TableReader& reader_;
    const ContentCheck& store_;
    DamageList& damage_;
    std::unordered_set<std::int64_t> accounts_;
    std::unordered_set<std::int64_t> nodes_;
    std::unordered_map<std::string, Content> contents_;         ///< by the bytes of the digest
    std::unordered_map<std::int64_t, std::int64_t> file_uses_;  ///< as the row says, less those found
    std::unordered_map<std::int64_t, std::int64_t> charged_;    ///< by account, less what its row says
};

}  // namespace

Result<void> check_files(store::TableReader& reader, const ContentCheck& contents, DamageList& damage) {
    return FileCheck(reader, contents, damage).run();
}

}  // namespace cript::service
