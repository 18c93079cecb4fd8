#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "client/environment.hpp"
#include "cript/result.hpp"

namespace cript::client {

/// What is needed to go on with a transfer that was interrupted; the parts themselves are with the server or
/// in the file beside the target. It holds no secret: without the token nothing of it opens anything.
struct TransferState {
    std::string id;      ///< of the upload; of a download, the ETag
    std::string key;     ///< of an upload
    std::string sha256;  ///< of the whole content, in hexadecimal
    std::uint64_t size = 0;
    std::uint64_t part_size = 0;  ///< of an upload

    /// Nothing for a text that is no such state, of another version or damaged.
    [[nodiscard]] static std::optional<TransferState> parse(std::string_view text);
    [[nodiscard]] std::string text() const;

    friend bool operator==(const TransferState&, const TransferState&) = default;
};

/// Where states are kept by default (XDG Base Directory Specification); empty if there is no such place.
[[nodiscard]] std::filesystem::path state_folder(const LookUp& variables);

/// The place of one transfer's state: one small file, named by a digest of what tells transfers apart.
class StateFile {
  public:
    /// In `folder`; if that is empty, in the user's state folder (XDG Base Directory Specification). Without
    /// any, nothing is kept.
    StateFile(const std::string& folder, const LookUp& variables,
              std::initializer_list<std::string_view> identity);

    /// Is there a place where the state is kept?
    [[nodiscard]] bool is_kept() const { return !path_.empty(); }
    /// Nothing if there is none that can be read.
    [[nodiscard]] std::optional<TransferState> load() const;
    /// Also clears what others left behind for longer than the server keeps an upload.
    /// Errors: LocalFile.
    [[nodiscard]] Result<void> save(const TransferState& state) const;
    void remove() const;

  private:
    std::filesystem::path path_;  ///< empty: nothing is kept
};

}  // namespace cript::client
