#include "cli/identities.hpp"

#include <fmt/format.h>

#include "base/uuid.hpp"
#include "cli/node_walk.hpp"
#include "cli/text_file.hpp"

namespace cript::cli {

namespace {

constexpr std::string_view kSuffix = ".cript.json";
constexpr std::string_view kAbout =
    "Made by cript push: which node of the file beside it has which uuid on the server. Keep it with the "
    "file, so that "
    "the next push updates the project instead of making another one.";

/// What tells a node from its neighbours in a list.
std::string_view distinction(const Json& node) {
    for (const auto* field : {"name", "key", "title", "type"}) {
        if (const auto text = node.text_of(field); !text.empty()) return text;
    }
    return {};
}

std::map<std::string, std::string> texts_of(const Json* object) {
    std::map<std::string, std::string> texts;
    if (object == nullptr || object->if_object() == nullptr) return texts;
    for (const auto& [name, value] : *object->if_object()) {
        if (const auto* text = value.if_text()) texts.emplace(name, *text);
    }
    return texts;
}

/// Behind `node`, where people look for it.
void insert_uuid(Json& node, std::string uuid) {
    auto& members = *node.if_object();
    auto place = members.begin();
    while (place != members.end() && (place->name == "node" || place->name == "uid")) ++place;
    members.insert(place, {"uuid", std::move(uuid)});
}

bool is_shared_by_projects(const Json& node) {
    return type_of(node) == "Reference" || type_of(node) == "Software";
}

using Renamed = std::map<std::string, std::string>;

void renew(Json& node, Renamed& renamed) {
    if (is_node(node) && !is_shared_by_projects(node)) {
        auto fresh = base::Uuid::random().text();
        if (auto* uuid = node.find("uuid")) {
            if (const auto* old = uuid->if_text()) renamed.emplace(*old, fresh);
            *uuid = std::move(fresh);
        } else {
            insert_uuid(node, std::move(fresh));
        }
    }
    for_each_child(node, [&renamed](std::string_view, Json& child) { renew(child, renamed); });
}

void follow(Json& node, const Renamed& renamed) {
    if (!is_node(node)) {
        if (auto* uuid = node.find("uuid"); uuid != nullptr && uuid->if_text() != nullptr) {
            if (const auto found = renamed.find(*uuid->if_text()); found != renamed.end())
                *uuid = found->second;
        }
    }
    for_each_child(node, [&renamed](std::string_view, Json& child) { follow(child, renamed); });
}

}  // namespace

std::filesystem::path Identities::path_for(const std::filesystem::path& file) {
    auto path = file;
    if (path.extension() == ".json") path.replace_extension();
    path += kSuffix;
    return path;
}

bool Identities::is_identity_file(const std::filesystem::path& file) {
    const auto name = file.filename().string();
    return name.size() > kSuffix.size() &&
           name.compare(name.size() - kSuffix.size(), kSuffix.size(), kSuffix) == 0;
}

Result<Identities> Identities::load(const std::filesystem::path& path) {
    Identities identities;
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) return identities;
    std::istream none(nullptr);
    const auto text = read_text(path.string(), none);
    if (!text) return text.error();
    const auto json = Json::parse(*text);
    if (!json || json->find("nodes") == nullptr) {
        return Error{
            ErrorKind::InvalidInput,
            0,
            fmt::format("{} is damaged; bring it back from a backup, or delete it to create the project anew",
                        path.string()),
            {}};
    }
    identities.uuids_ = texts_of(json->find("nodes"));
    if (const auto* servers = json->find("servers"); servers != nullptr && servers->if_object() != nullptr) {
        for (const auto& [host, server] : *servers->if_object()) {
            identities.revisions_.emplace(host, server.text_of("revision"));
        }
    }
    return identities;
}

std::string Identities::text() const {
    Json servers = Json::object();
    for (const auto& [host, revision] : revisions_)
        servers.set(host, Json::object().set("revision", revision));
    Json::Object nodes;
    for (const auto& [identity, uuid] : uuids_) nodes.push_back({identity, uuid});
    Json json = Json::object();
    json.set("about", kAbout).set("servers", std::move(servers)).set("nodes", std::move(nodes));
    return json.dump(1) + "\n";
}

bool Identities::assign(Json& project) {
    grown_ = false;
    assign(project, std::string(type_of(project)));
    return grown_;
}

void Identities::assign(Json& node, const std::string& identity) {
    if (is_node(node) && node.find("uuid") == nullptr) insert_uuid(node, uuid_of(identity));
    std::map<std::string, int> alike;
    for_each_child(node, [&](std::string_view field, Json& child) {
        if (!is_node(child)) return;
        auto name = fmt::format("{}/{}[{}]", identity, field, distinction(child));
        if (const auto label = child.text_of("uid"); !label.empty())
            name = fmt::format("{} {}", type_of(child), label);
        if (const int number = ++alike[name]; number > 1) name += fmt::format("#{}", number);
        assign(child, name);
    });
}

std::string Identities::uuid_of(const std::string& identity) {
    auto& uuid = uuids_[identity];
    if (!base::Uuid::parse(uuid)) {
        uuid = base::Uuid::random().text();
        grown_ = true;
    }
    return uuid;
}

std::string Identities::revision(const std::string& host) const {
    const auto found = revisions_.find(host);
    return found == revisions_.end() ? std::string() : found->second;
}

void Identities::set_revision(const std::string& host, std::string revision) {
    revisions_[host] = std::move(revision);
}

void make_copy(Json& project, std::string_view new_name) {
    Renamed renamed;
    renew(project, renamed);
    follow(project, renamed);
    project.set("name", new_name);
}

}  // namespace cript::cli
