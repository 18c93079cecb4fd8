#include "cript/api.hpp"

#include "client/connection.hpp"
#include "client/environment.hpp"
#include "client/host.hpp"
#include "client/node_reader.hpp"
#include "client/node_writer.hpp"
#include "client/slug.hpp"
#include "client/transfer.hpp"

namespace cript {

namespace {

Result<Node> node_of(Result<JsonAnswer> answer) {
    if (!answer) return std::move(answer).error();
    auto node = detail::NodeReader().read(answer->data);
    if (node) detail::Access::set_revision(*node, answer->revision);
    return node;
}

/// What cannot be saved, if anything.
std::optional<Error> refusal(const Node& node) {
    if (!node) return Error{ErrorKind::InvalidInput, 0, "there is no node to save: the handle is empty", {}};
    if (!node.is_stub()) return std::nullopt;
    return Error{
        ErrorKind::InvalidInput, 0, "only the uuid of this node is known: get() it before you save it", {}};
}

}  // namespace

Json to_json(const Node& node) {
    (void)node.uuid();  // ends the program for an empty handle
    return detail::NodeWriter().document(node);
}

Api::Api(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Api::Api(Api&&) noexcept = default;
Api& Api::operator=(Api&&) noexcept = default;
Api::~Api() = default;

Result<Api> Api::from_environment(Options options) {
    const auto variables = client::process_environment();
    auto host = client::host_from(variables);
    if (!host) return std::move(host).error();
    auto token = client::token_from(variables);
    if (!token) return std::move(token).error();
    if (options.ca_file.empty()) {
        if (const char* file = variables("SSL_CERT_FILE")) options.ca_file = file;
    }
    return Api(std::make_unique<Connection>(std::move(*host), std::move(*token), std::move(options)));
}

Result<Api> Api::connect(std::string_view host, Token token, Options options) {
    auto normal = client::normalise_host(host);
    if (!normal) return std::move(normal).error();
    return Api(std::make_unique<Connection>(std::move(*normal), std::move(token), std::move(options)));
}

const std::string& Api::host() const noexcept {
    return connection_->host();
}

JsonApi Api::raw() {
    return JsonApi(*connection_);
}

Result<Account> Api::whoami() {
    const auto answer = raw().call("GET", "/account");
    if (!answer) return answer.error();
    const auto& data = answer->data;
    const auto* admin = data.find("admin");
    return Account{std::string(data.text_of("uuid")), std::string(data.text_of("username")),
                   std::string(data.text_of("email")), admin != nullptr && admin->as_bool().value_or(false),
                   std::string(data.text_of("created_at"))};
}

Result<Node> Api::get_node(std::string_view type, std::string_view uuid) {
    return node_of(raw().get(type, uuid));
}

Result<Node> Api::find_node(std::string_view type, std::string_view name) {
    return node_of(raw().find_exact(type, name));
}

Result<Saved> Api::save(const Node& node) {
    if (auto error = refusal(node)) return std::move(*error);
    detail::NodeWriter writer;
    auto saved = raw().save(writer.document(node), {node.revision(), true});
    if (!saved) return std::move(saved).error();
    writer.mark_as_stored();
    detail::Access::set_revision(node, saved->revision);
    detail::Access::set_times(node, saved->node.text_of("created_at"), saved->node.text_of("updated_at"));
    return Saved{saved->created, std::move(saved->warnings)};
}

Result<Difference> Api::dry_run(const Node& node) {
    if (auto error = refusal(node)) return std::move(*error);
    return raw().dry_run(to_json(node), {node.revision(), true});
}

Result<void> Api::remove(const Node& node) {
    auto removed = raw().remove(client::slug_of_type(node.node_type()), node.uuid(), node.revision());
    if (removed) detail::Access::set_revision(node, "");
    return removed;
}

Result<std::vector<Revision>> Api::history(const Node& node) {
    return raw().history(client::slug_of_type(node.node_type()), node.uuid());
}

Result<Saved> Api::restore(const Node& node, std::int64_t revision) {
    auto restored = raw().restore(client::slug_of_type(node.node_type()), node.uuid(), revision);
    if (!restored) return std::move(restored).error();
    return Saved{false, std::move(restored->warnings)};
}

Result<Uploaded> Api::upload(const std::string& path, const UploadOptions& options) {
    return client::upload(*connection_, path, options);
}

Result<Downloaded> Api::download(std::string_view file_uuid, const std::string& path,
                                 const DownloadOptions& options) {
    return client::download(*connection_, file_uuid, path, options);
}

Result<Downloaded> Api::download(std::string_view file_uuid, const ContentSink& sink,
                                 const TransferOptions& options) {
    return client::download(*connection_, file_uuid, sink, options);
}

Result<StoredFile> Api::stored_file(std::string_view source) {
    return client::stored_file(*connection_, source);
}

}  // namespace cript
