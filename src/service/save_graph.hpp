#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/graph.hpp"
#include "service/context.hpp"

namespace cript::service {

struct SaveOptions {
    /// A root that must not exist yet (POST); otherwise it is changed if it exists and made if not (PATCH).
    bool must_be_new = false;
    /// A root that must be there: its document was read as a change.
    bool must_exist = false;
    /// Lists of links become what was sent. Otherwise what is stored and was not sent stays, after what was
    /// sent.
    bool replace_lists = false;
    /// The document names what to take away: links (each must be there) and, as null, whole fields.
    bool removes = false;
    /// A value that does not fit its key is an error; otherwise it is a warning (decision C2).
    bool values_must_fit = false;
    /// Compares and answers, stores nothing.
    bool dry_run = false;
    /// The revision that the caller has seen of the root; another one fails.
    std::optional<std::int64_t> if_revision{};
    /// The project that owns a new root. Without it, a root that is no project belongs to none.
    std::optional<store::NodeId> owner{};
    /// What is wrong with names, of nodes that were read all the same (ReadOptions::any_name): it counts for
    /// names that are new. A stored name that comes back is not judged again (decision C2).
    std::vector<base::Problem> name_problems{};
    /// `public: false` is taken at its word; of a project, from its administrators.
    bool may_unset_public = false;
};

/// What a save did, or would do, to one node.
struct NodeChange {
    std::uint32_t node = 0;  ///< index in the graph
    base::Uuid uuid;
    model::NodeType type{};
    bool is_new = false;
    std::vector<std::string> fields;  ///< that differ from the store; empty for a new node
};

struct SaveOutcome {
    base::Uuid root;
    std::int64_t revision = 1;  ///< of the root
    std::size_t created = 0;
    std::size_t changed = 0;
    std::size_t unchanged = 0;
    std::vector<NodeChange> changes;  ///< in document order; filled for a dry run only
    std::vector<base::Problem> warnings;
};

// Codes of the problems that only the store can find. A dialect may have words of its own for them.
inline constexpr std::string_view kUnknownUuid = "unknown_uuid";  ///< a link to nothing the caller may see
inline constexpr std::string_view kDuplicateUuid =
    "duplicate_uuid";  ///< the root exists, or is of another type
inline constexpr std::string_view kProjectNameTaken =
    "project_name_taken";  ///< by another project, on creation
inline constexpr std::string_view kProjectNameInUse =
    "project_name_in_use";                                        ///< by another project, on renaming
inline constexpr std::string_view kWrongTarget = "wrong_target";  ///< a link to a node of another type
inline constexpr std::string_view kNotLinked = "not_linked";      ///< to be taken away, and not there
inline constexpr std::string_view kStillNeeded = "still_needed";  ///< a link that the node cannot be without
inline constexpr std::string_view kNotAllowed = "not_allowed";    ///< may be seen, not changed
inline constexpr std::string_view kLocked = "locked";
inline constexpr std::string_view kStaleCopy = "stale_copy";  ///< a warning: rights from an earlier reading
inline constexpr std::string_view kRevisionDiffers = "revision_differs";
inline constexpr std::string_view kNotAllListed = "not_all_listed";  ///< there are too many problems

/// Saves a whole graph: authorise → compare with what is stored → write, in one transaction, or nothing at
/// all. Errors: those of the codes above, all at once, each with its pointer; Unavailable.
[[nodiscard]] base::Result<SaveOutcome> save_graph(Context& context, const account::Caller& caller,
                                                   const model::Graph& graph, const SaveOptions& options);

}  // namespace cript::service
