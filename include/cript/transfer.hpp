#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "cript/options.hpp"

namespace cript {

/// How the content of a file is sent or fetched.
struct TransferOptions {
    ProgressCallback progress;  ///< of the whole file, called from the thread of the transfer
    /// Asked some times a second; once true, the transfer ends with the error Cancelled and can be resumed.
    std::function<bool()> is_cancelled;
    /// Attempts in a row without a byte of progress, when the connection breaks or the server is busy.
    int attempts = 6;
    /// Folder for what is needed to resume; empty: `$XDG_STATE_HOME/cript`, else `~/.local/state/cript`.
    /// Where neither is to be had, an interrupted transfer begins anew.
    std::string state_folder;
};

struct UploadOptions : TransferOptions {
    std::string name;                                    ///< part of the key; empty: the file's own name
    std::uint64_t part_size = std::uint64_t{16} << 20U;  ///< bytes; larger for files of very many parts
};

struct DownloadOptions : TransferOptions {
    bool overwrite = false;  ///< replace a file that is there
};

/// A file that the server stores.
struct StoredFile {
    std::string source;  ///< what a File node takes as its `source`
    std::uint64_t size = 0;
    std::string sha256;  ///< in hexadecimal
};

struct Uploaded : StoredFile {
    std::uint64_t sent = 0;  ///< bytes; fewer than `size` when parts were there already
};

struct Downloaded {
    std::uint64_t size = 0;
    std::string sha256;          ///< in hexadecimal
    std::uint64_t received = 0;  ///< bytes; fewer than `size` when a part was there already
};

/// Takes a content piece by piece; false ends the download with the error LocalFile.
using ContentSink = std::function<bool(std::string_view piece)>;

}  // namespace cript
