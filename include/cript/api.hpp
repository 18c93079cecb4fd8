#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cript/json_api.hpp"
#include "cript/node.hpp"
#include "cript/options.hpp"
#include "cript/result.hpp"
#include "cript/token.hpp"
#include "cript/transfer.hpp"

namespace cript {

/// Whose token it is.
struct Account {
    std::string uuid;
    std::string username;
    std::string email;
    bool admin = false;
    std::string created_at;  ///< RFC 3339, UTC
};

/// What became of a node that was saved.
struct Saved {
    bool created = false;           ///< else changed
    std::vector<Problem> warnings;  ///< accepted, but worth knowing
};

/// The document that save() sends: the node and everything it links to. Write it to a file, and `cript push`
/// takes it. Needs a handle that is not empty.
[[nodiscard]] Json to_json(const Node& node);

/// A connection to one CRIPT server, as one account. It keeps the TCP connection open between requests, and
/// may be used from several threads, whose requests then take turns.
class Api {
  public:
    /// Token from `CRIPT_API_KEY`, else `CRIPT_TOKEN`; host from `CRIPT_HOST`, else `CRIPT_BASE_URL`. A
    /// variable that is set but empty counts as not set. `SSL_CERT_FILE` names authorities to trust if the
    /// options do not. No request is made yet. Errors: Configuration, saying what to set and where to find
    /// it.
    [[nodiscard]] static Result<Api> from_environment(Options options = {});

    /// `host` as people write it: "cript.example.org" (https), "localhost:8000" (http), or a whole URL, with
    /// or without
    /// `/api/v1`. No request is made yet. Errors: Configuration for a host that cannot be one.
    [[nodiscard]] static Result<Api> connect(std::string_view host, Token token, Options options = {});

    Api(Api&&) noexcept;
    Api& operator=(Api&&) noexcept;
    Api(const Api&) = delete;
    Api& operator=(const Api&) = delete;
    ~Api();

    /// The server: "https://cript.example.org".
    [[nodiscard]] const std::string& host() const noexcept;

    /// Asks the server whose token this is. Errors: Unauthenticated when it is not valid (any more).
    [[nodiscard]] Result<Account> whoami();

    /// The node of that uuid, with its whole graph below it: api.get<cript::Material>(uuid).
    /// Errors: NotFound, also for a node of another type.
    template <class Handle>
    [[nodiscard]] Result<Handle> get(std::string_view uuid) {
        return typed<Handle>(get_node(Handle::kSlug, uuid));
    }

    /// The node of exactly that name: api.find_exact<cript::Project>("my project"). Errors: NotFound.
    template <class Handle>
    [[nodiscard]] Result<Handle> find_exact(std::string_view name) {
        return typed<Handle>(find_node(Handle::kSlug, name));
    }

    /// Saves the node and everything that it links to: creates what is new, changes what differs. Lists are
    /// saved as they are, so an element that was taken out is gone. All or nothing: if anything is wrong,
    /// nothing is stored and the error lists every problem, with the path from the saved node to its place.
    /// Errors: InvalidInput; Changed if the node was loaded and somebody changed it since; Conflict, such as
    /// a name that is taken; Forbidden; …
    [[nodiscard]] Result<Saved> save(const Node& node);

    /// What save() would check and do, without doing it.
    [[nodiscard]] Result<Difference> dry_run(const Node& node);

    /// Nodes of a type whose name contains the text, in any case, fetched as you walk through them:
    /// for (const auto& hit : api.search<cript::Material>("styrene")) … Another attribute: {"smiles"}.
    /// See Search.
    template <class Handle>
    [[nodiscard]] Search search(std::string_view text, SearchOptions options = {}) {
        return raw().search(Handle::kSlug, text, std::move(options));
    }

    /// Materials whose BigSMILES resembles this one, the most similar first. See JsonApi::similar.
    [[nodiscard]] Search similar(std::string_view bigsmiles, SearchOptions options = {}) {
        return raw().similar(bigsmiles, std::move(options));
    }

    /// Deletes the node and what it contains. A node that was loaded or saved is deleted only if nobody
    /// changed it since. The handle stays usable; saving it creates the node anew.
    /// Errors: Conflict if something else cannot be without it, Changed, Forbidden, NotFound.
    [[nodiscard]] Result<void> remove(const Node& node);

    /// Every revision of the node, newest first. Errors: NotFound.
    [[nodiscard]] Result<std::vector<Revision>> history(const Node& node);

    /// Makes a former revision the present one on the server; get() the node to see it.
    [[nodiscard]] Result<Saved> restore(const Node& node, std::int64_t revision);

    /// Stores the content of a file, in parts: a file that was interrupted goes on where it stopped, by this
    /// or a later program; one that is stored already is not sent again. What arrived is compared with the
    /// file by SHA-256. `source` of the result is for a File node. Memory does not grow with the file.
    /// Errors: LocalFile; Damaged if the file changed while it was sent; Cancelled; TooLarge beyond the
    /// quota; …
    [[nodiscard]] Result<Uploaded> upload(const std::string& path, const UploadOptions& options = {});

    /// Writes the content of a File node into a file: into `path`.part first, which a later call goes on
    /// with, and under its name once its SHA-256 is the one that the server told.
    /// Errors: LocalFile, also for a file that is there already; NotFound; Damaged; Cancelled; …
    [[nodiscard]] Result<Downloaded> download(std::string_view file_uuid, const std::string& path,
                                              const DownloadOptions& options = {});

    /// The same, piece by piece to a function; what it got is right once this returns without an error.
    [[nodiscard]] Result<Downloaded> download(std::string_view file_uuid, const ContentSink& sink,
                                              const TransferOptions& options = {});

    /// What the server stores under the `source` of a File. Errors: NotFound, also for an address elsewhere.
    [[nodiscard]] Result<StoredFile> stored_file(std::string_view source);

    /// The same server on the level of JSON documents.
    [[nodiscard]] JsonApi raw();

  private:
    [[nodiscard]] Result<Node> get_node(std::string_view type, std::string_view uuid);
    [[nodiscard]] Result<Node> find_node(std::string_view type, std::string_view name);
    template <class Handle>
    static Result<Handle> typed(Result<Node> node) {
        if (!node) return std::move(node).error();
        auto handle = detail::Access::cast<Handle>(*node);
        if (!handle)
            return Error{ErrorKind::NotCript, 0, "the server answered with a node of another type", {}};
        return handle;
    }
    explicit Api(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;
};

}  // namespace cript
