#pragma once

#include <functional>
#include <string>
#include <vector>

#include "blob/blob_store.hpp"
#include "crypto/key_ring.hpp"
#include "store/table_rows.hpp"

namespace cript::service {

/// What was found wrong in an instance. After kMost the rest is only counted.
class DamageList {
  public:
    static constexpr std::size_t kMost = 1'000;

    void add(std::string kind, std::string place, std::string text) {
        add({std::move(kind), std::move(place), std::move(text)});
    }
    void add(store::Damage damage) {
        if (++count_ <= kMost) found_.push_back(std::move(damage));
    }
    [[nodiscard]] const std::vector<store::Damage>& found() const { return found_; }
    [[nodiscard]] std::uint64_t count() const { return count_; }

  private:
    std::vector<store::Damage> found_;
    std::uint64_t count_ = 0;
};

/// The contents that files are held against.
struct ContentCheck {
    blob::BlobStore* blobs = nullptr;      ///< nothing if there is none
    std::vector<crypto::Digest> listed{};  ///< what was in it before the view of the rows was taken
    bool reads_all = false;                ///< every byte, not only the sizes
};
/// What is in a store of contents; nothing of one that cannot tell. Errors: Unavailable.
[[nodiscard]] base::Result<std::vector<crypto::Digest>> list_contents(blob::BlobStore& blobs);

/// Looks through a whole instance, in one consistent view: does everything that is stored fit together? Nodes
/// against the model, links, owners, side tables against what they were made from, names and roles of
/// projects, history, tombstones, ids, groups, files with their contents, accounts with their tokens, the
/// chain of the audit log, and what only this kind of database has. docs/operations/check.md lists the kinds
/// of damage. Needs memory for each node, about 100 bytes. Errors: Unavailable when the database does not
/// answer.
[[nodiscard]] base::Result<DamageList> check_instance(store::TableReader& reader, const crypto::KeyRing& keys,
                                                      const ContentCheck& contents);

// Its parts.
[[nodiscard]] base::Result<void> check_graph(store::TableReader& reader, DamageList& damage);
[[nodiscard]] base::Result<void> check_files(store::TableReader& reader, const ContentCheck& contents,
                                             DamageList& damage);
[[nodiscard]] base::Result<void> check_groups(store::TableReader& reader, DamageList& damage);
[[nodiscard]] base::Result<void> check_measures(store::TableReader& reader, DamageList& damage);
[[nodiscard]] base::Result<void> check_accounts(store::TableReader& reader, const crypto::KeyRing& keys,
                                                DamageList& damage);

}  // namespace cript::service
