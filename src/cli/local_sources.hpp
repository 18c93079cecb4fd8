#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/project_file.hpp"
#include "cript/cript.hpp"

namespace cript::cli {

/// A File node of a project whose content lies beside the project file.
struct LocalSource {
    std::string pointer;  ///< of the `source`, in the project
    std::string file;     ///< as the project names it
    std::string path;
    Json* node = nullptr;
    std::uint64_t size = 0;
    std::string source{};      ///< where it is stored; empty as long as it is not
    bool is_uploaded = false;  ///< by this push
};

/// The local files that a push takes along. A source is one if it is a path, relative to the folder of the
/// project file, of a file in that folder or below. What lies elsewhere or is hidden is never sent: a
/// project may come from somebody who would like to have it.
class LocalSources {
  public:
    LocalSources() = default;
    /// Those of a project; `project` stays where it is, and its sources are replaced below. Without a folder
    /// no file is taken along.
    [[nodiscard]] static LocalSources find(Json& project, const std::optional<std::filesystem::path>& folder);

    /// Finds out which of the contents the nodes on the server have already.
    [[nodiscard]] Result<void> compare(Api& api, const TransferOptions& options);
    /// Is there a source that is neither an address nor a local file that is known to be stored?
    [[nodiscard]] bool may_be_wrong() const { return !unknown_.empty() || !to_upload().empty(); }
    /// What a dry run says, with a source that is neither a local file nor stored as a problem among the
    /// others, and without a warning of those that will be uploaded.
    [[nodiscard]] Result<Difference> judged(Api& api, Result<Difference> said) const;
    /// Sends what the server does not have. Errors: those of Api::upload.
    [[nodiscard]] Result<void> upload(Api& api, const TransferOptions& options);

    /// Each file once.
    [[nodiscard]] std::vector<LocalSource> to_upload() const;
    [[nodiscard]] std::uint64_t bytes_to_upload() const;
    [[nodiscard]] std::size_t uploaded() const;
    [[nodiscard]] Json as_json() const;
    /// The text of the project file with the sources of what is stored now.
    [[nodiscard]] std::string written_into(const ProjectFile& file) const;

  private:
    /// A source that is no address and no local file: a key, or a mistake.
    struct Unknown {
        const Json* node;
        Problem problem;  ///< should the server not know it either
    };
    void collect(Json& node, const std::string& pointer, const std::optional<std::filesystem::path>& folder);
    [[nodiscard]] bool will_be_uploaded(const std::string& pointer) const;
    /// The error with the problems of unknown sources, all in the order of the document.
    [[nodiscard]] Error with_unknown(Api& api, Error error) const;

    const Json* project_ = nullptr;
    std::vector<LocalSource> sources_;
    std::map<std::string, Unknown> unknown_;  ///< by the pointer of the source
};

}  // namespace cript::cli
