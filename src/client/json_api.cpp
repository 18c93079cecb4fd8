#include "cript/json_api.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.hpp"
#include "client/connection.hpp"
#include "client/envelope.hpp"
#include "client/slug.hpp"

namespace cript {

namespace {

/// The node's type as in URLs, or nothing if the value is no node.
std::optional<std::string> slug_of(const Json& node) {
    const auto* marker = node.find("node");
    const auto* names = marker == nullptr ? nullptr : marker->if_array();
    if (names == nullptr || names->size() != 1 || names->front().if_text() == nullptr) return std::nullopt;
    return client::slug_of_type(*names->front().if_text());
}

Error not_a_node() {
    return {ErrorKind::InvalidInput,
            0,
            "this is not a node: it has no \"node\": [\"Type\"]",
            {{"/node", "required_field", "a node says its type: \"node\": [\"Project\"]", ""}}};
}

Error not_the_contract(std::string_view host, std::string_view what) {
    return {ErrorKind::NotCript, 0, fmt::format("{} answered without {}", host, what), {}};
}

std::string create_target(std::string_view slug, bool dry_run) {
    return fmt::format("/{}/{}", slug, dry_run ? "?dry_run=true" : "");
}

std::string change_target(std::string_view slug, std::string_view uuid, const JsonSaveOptions& options,
                          bool dry_run) {
    std::string target = fmt::format("/{}/{}/", slug, base::percent_encode(uuid));
    char separator = '?';
    if (options.replace_lists) target.append(fmt::format("{}lists=replace", std::exchange(separator, '&')));
    if (dry_run) target.append(fmt::format("{}dry_run=true", separator));
    return target;
}

/// The first of `data.result`, where POST, PATCH and searches keep nodes.
Json* first_result(Json& data) {
    auto* result = data.find("result");
    auto* nodes = result == nullptr ? nullptr : result->if_array();
    return nodes == nullptr || nodes->empty() ? nullptr : &nodes->front();
}

NodeChange change_of(const Json& record) {
    NodeChange change{std::string(record.text_of("uuid")),
                      std::string(record.text_of("node")),
                      std::string(record.text_of("pointer")),
                      record.text_of("change") == "created",
                      {}};
    if (const auto* fields = record.find("fields"); fields != nullptr && fields->if_array() != nullptr) {
        for (const auto& field : *fields->if_array()) {
            if (const auto* name = field.if_text()) change.fields.push_back(*name);
        }
    }
    return change;
}

std::int64_t count_of(const Json& data, std::string_view member) {
    const auto* count = data.find(member);
    return count == nullptr ? 0 : count->as_integer().value_or(0);
}

/// Saving, for real or dry, as one conversation: create, and change what turns out to exist.
class Save {
  public:
    Save(Connection& connection, const Json& node, const JsonSaveOptions& options, bool dry_run)
        : connection_(connection), node_(node), options_(options), dry_run_(dry_run) {}

    [[nodiscard]] Result<JsonAnswer> run() {
        const auto slug = slug_of(node_);
        if (!slug) return not_a_node();
        slug_ = *slug;
        uuid_ = node_.text_of("uuid");
        body_ = node_.dump();
        if (!options_.revision.empty() && !uuid_.empty()) return change();
        auto created = create();
        if (created || uuid_.empty() || !is_taken(created.error())) return created;
        auto changed = change();
        // A uuid that exists, but not as a node of this type that the caller may see: the first answer says
        // it best.
        if (!changed && changed.error().kind == ErrorKind::NotFound) return created;
        return changed;
    }
    [[nodiscard]] bool created() const { return created_; }

  private:
    Result<JsonAnswer> create() {
        created_ = true;
        return send({"POST", create_target(slug_, dry_run_), body_, ""});
    }
    Result<JsonAnswer> change() {
        created_ = false;
        return send({"PATCH", change_target(slug_, uuid_, options_, dry_run_), body_, options_.revision});
    }
    /// Is it the uuid of the node itself that clashes, so that the node exists?
    static bool is_taken(const Error& error) {
        return error.kind == ErrorKind::Conflict &&
               std::any_of(error.problems.begin(), error.problems.end(), [](const Problem& problem) {
                   return problem.code == "duplicate_uuid" &&
                          (problem.pointer.empty() || problem.pointer == "/uuid");
               });
    }
    Result<JsonAnswer> send(const WireRequest& request) {
        const auto answer = connection_.exchange(request);
        if (!answer) return answer.error();
        return client::open_envelope(*answer, connection_.host());
    }

    Connection& connection_;
    const Json& node_;
    const JsonSaveOptions& options_;
    bool dry_run_;
    bool created_ = false;
    std::string slug_;
    std::string uuid_;
    std::string body_;
};

}  // namespace

Result<JsonAnswer> JsonApi::call(std::string_view method, std::string_view path, const Json& body) {
    const auto answer = connection_->exchange(
        {std::string(method), std::string(path), body.is_null() ? "" : body.dump(), ""});
    if (!answer) return answer.error();
    return client::open_envelope(*answer, connection_->host());
}

Result<JsonAnswer> JsonApi::get(std::string_view type, std::string_view uuid) {
    auto answer = call("GET", fmt::format("/{}/{}/", type, base::percent_encode(uuid)));
    if (!answer && answer.error().kind == ErrorKind::NotFound) {
        return Error{ErrorKind::NotFound,
                     404,
                     fmt::format("no {} has the uuid {}, or none that you may see", type, uuid),
                     {}};
    }
    if (!answer) return answer;
    auto* nodes = answer->data.if_array();
    if (nodes == nullptr || nodes->empty()) return not_the_contract(connection_->host(), "the node");
    Json node = std::move(nodes->front());
    answer->data = std::move(node);
    return answer;
}

Result<JsonAnswer> JsonApi::find_exact(std::string_view type, std::string_view name) {
    auto answer = call("GET", fmt::format("/search/exact/{}/?q={}", type, base::percent_encode(name)));
    if (!answer) return answer;
    auto* found = first_result(answer->data);
    if (found == nullptr) {
        return Error{ErrorKind::NotFound,
                     404,
                     fmt::format("no {} is named '{}', or none that you may see", type, name),
                     {}};
    }
    // A search tells no revision, and without one a later save could overwrite what others change meanwhile.
    if (answer->revision.empty()) return get(type, found->text_of("uuid"));
    Json node = std::move(*found);
    answer->data = std::move(node);
    return answer;
}

Result<JsonSaved> JsonApi::save(const Json& node, const JsonSaveOptions& options) {
    Save save(*connection_, node, options, false);
    auto answer = save.run();
    return saved_of(std::move(answer), save.created());
}

Result<JsonSaved> JsonApi::saved_of(Result<JsonAnswer> answer, bool created) const {
    if (!answer) return std::move(answer).error();
    auto* saved = first_result(answer->data);
    if (saved == nullptr) return not_the_contract(connection_->host(), "the saved node");
    return JsonSaved{std::move(*saved), created, std::move(answer->revision), std::move(answer->warnings)};
}

Result<void> JsonApi::remove(std::string_view type, std::string_view uuid, std::string_view revision) {
    const auto answer = connection_->exchange(
        {"DELETE", fmt::format("/{}/{}/", type, base::percent_encode(uuid)), "", std::string(revision)});
    if (!answer) return answer.error();
    const auto opened = client::open_envelope(*answer, connection_->host());
    if (!opened) return opened.error();
    return {};
}

Search JsonApi::search(std::string_view type, std::string_view text, SearchOptions options) {
    return {*connection_, Search::Kind::ByText, std::string(type), std::string(text), std::move(options)};
}

Search JsonApi::similar(std::string_view notation, SearchOptions options) {
    return {*connection_, Search::Kind::BySimilarity, "material", std::string(notation), std::move(options)};
}

Result<Difference> JsonApi::dry_run(const Json& node, const JsonSaveOptions& options) {
    Save save(*connection_, node, options, true);
    auto answer = save.run();
    if (!answer) return std::move(answer).error();
    const auto& data = answer->data;
    if (const auto* flag = data.find("dry_run"); flag == nullptr || flag->as_bool() != true) {
        return not_the_contract(connection_->host(), "a word that it was a dry run");
    }
    Difference difference{count_of(data, "created"),
                          count_of(data, "changed"),
                          count_of(data, "unchanged"),
                          {},
                          std::move(answer->warnings)};
    if (const auto* nodes = data.find("nodes"); nodes != nullptr && nodes->if_array() != nullptr) {
        for (const auto& record : *nodes->if_array()) difference.nodes.push_back(change_of(record));
    }
    return difference;
}

}  // namespace cript
