#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cript/json.hpp"
#include "cript/result.hpp"
#include "cript/revision.hpp"
#include "cript/search.hpp"

namespace cript {

class Connection;

/// What the server answered to a read.
struct JsonAnswer {
    Json data;
    std::string revision;  ///< of the node, for JsonSaveOptions::revision; empty for anything else
    std::vector<Problem> warnings;
};

/// What became of a node that was saved.
struct JsonSaved {
    Json node;  ///< the root as it stands now
    bool created = false;
    std::string revision;
    std::vector<Problem> warnings;
};

struct JsonSaveOptions {
    /// The revision this change is based on. Fails with Changed when the node has another one by now. Empty:
    /// the last writer wins.
    std::string revision;
    /// Lists that are sent replace the stored ones, so that taking an element out removes it. Without, lists
    /// unite.
    bool replace_lists = true;
};

/// One node that saving would touch.
struct NodeChange {
    std::string uuid;
    std::string node_type;  ///< "Material"
    std::string pointer;    ///< where it stands in the document
    bool created = false;   ///< else changed
    std::vector<std::string> fields;
};

/// What saving would do.
struct Difference {
    std::int64_t created = 0;
    std::int64_t changed = 0;
    std::int64_t unchanged = 0;
    std::vector<NodeChange>
        nodes;  ///< those created and changed, in document order; the server may cut the list
    std::vector<Problem> warnings;
};

/// The interface of the server on the level of JSON documents, for what the typed nodes do not cover.
/// Types are named as in URLs: "project", "computation_process".
class JsonApi {
  public:
    /// One node with its whole graph below it. Errors: NotFound.
    [[nodiscard]] Result<JsonAnswer> get(std::string_view type, std::string_view uuid);

    /// The node of exactly this name, with its whole graph. Errors: NotFound.
    [[nodiscard]] Result<JsonAnswer> find_exact(std::string_view type, std::string_view name);

    /// Creates the node, or changes it if the server has its uuid already. The type stands in the node itself
    /// (`"node": ["Project"]`). A node without uuid is always created.
    /// Errors: InvalidInput with all problems, Conflict, Changed, Forbidden, …; nothing is stored then.
    [[nodiscard]] Result<JsonSaved> save(const Json& node, const JsonSaveOptions& options = {});

    /// Everything that save() would check and do, without doing it.
    [[nodiscard]] Result<Difference> dry_run(const Json& node, const JsonSaveOptions& options = {});

    /// Nodes whose name, or another attribute, contains the text; every node of the type for an empty one.
    /// Nothing is asked before the first hit is. See Search.
    [[nodiscard]] Search search(std::string_view type, std::string_view text, SearchOptions options = {});

    /// Materials whose BigSMILES resembles this one, the most similar first, each with its score. With
    /// SearchOptions::field "smiles" it compares SMILES.
    [[nodiscard]] Search similar(std::string_view notation, SearchOptions options = {});

    /// Deletes the node and what it contains; nodes that it merely links to stay. With a revision, only if
    /// the node still has it. Errors: Conflict if something else cannot be without one of these nodes,
    /// Changed, Forbidden, NotFound.
    [[nodiscard]] Result<void> remove(std::string_view type, std::string_view uuid,
                                      std::string_view revision = {});

    /// Every revision of the node, newest first.
    [[nodiscard]] Result<std::vector<Revision>> history(std::string_view type, std::string_view uuid);

    /// Makes a former revision the present one, as a new revision. Nodes it links to stay as they are.
    /// Errors: NotFound for a revision that never was, Conflict, Forbidden, …
    [[nodiscard]] Result<JsonSaved> restore(std::string_view type, std::string_view uuid,
                                            std::int64_t revision);

    /// Any request below `/api/v1`: call("GET", "/cv/process_type/"). `body` is sent unless it is null.
    [[nodiscard]] Result<JsonAnswer> call(std::string_view method, std::string_view path,
                                          const Json& body = {});

  private:
    friend class Api;
    explicit JsonApi(Connection& connection) : connection_(&connection) {}
    [[nodiscard]] Result<JsonSaved> saved_of(Result<JsonAnswer> answer, bool created) const;
    Connection* connection_;
};

}  // namespace cript
