#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "cript/json.hpp"
#include "cript/result.hpp"

namespace cript::cli {

/// The identifiers that were made for the nodes of a file that has none, and the revision a server answered
/// with. They are kept beside the file (`seed.json` → `seed.cript.json`), so that the next push updates
/// instead of creating anew.
///
///     { "about": "…",
///       "servers": { "https://cript.example.org": { "revision": "12" } },
///       "nodes":   { "Material _:m0001": "uuid", "Project/material[water]/property[density]": "uuid" } }
///
/// A node is recognised by its label (`uid`), else by its place: the node above, the field, and its name or
/// key, with a number where several are alike. So nodes can be moved in their list, and values change, and
/// they stay themselves.
class Identities {
  public:
    /// Where they are kept for a file.
    [[nodiscard]] static std::filesystem::path path_for(const std::filesystem::path& file);
    [[nodiscard]] static bool is_identity_file(const std::filesystem::path& file);

    /// Reads them; a file that is not there is an empty one. Errors: InvalidInput for one that is damaged.
    [[nodiscard]] static Result<Identities> load(const std::filesystem::path& path);
    [[nodiscard]] std::string text() const;

    /// Gives every node without `uuid` the one it had, or a new one. True if a new one was made.
    bool assign(Json& project);

    [[nodiscard]] std::string revision(const std::string& host) const;
    void set_revision(const std::string& host, std::string revision);

  private:
    void assign(Json& node, const std::string& identity);
    [[nodiscard]] std::string uuid_of(const std::string& identity);

    std::map<std::string, std::string> uuids_;
    std::map<std::string, std::string> revisions_;
    bool grown_ = false;
};

/// Makes the document describe new nodes: every node gets a new `uuid`, and links inside the document follow.
/// What all projects share (Reference, Software) and what is linked outside stays.
void make_copy(Json& project, std::string_view new_name);

}  // namespace cript::cli
