#include "cli/local_sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/uuid.hpp"
#include "cli/json_position.hpp"
#include "cli/node_walk.hpp"
#include "client/local_file.hpp"

namespace cript::cli {

namespace {

namespace fs = std::filesystem;

/// The SDKs tell an address from a key by this.
bool is_address(std::string_view source) {
    return source.substr(0, 4) == "http";
}

/// Where the path leads to in the folder or below, links followed; nothing if that is elsewhere.
std::optional<fs::path> place_below(const fs::path& path, const fs::path& folder) {
    std::error_code failed;
    const auto whole = fs::canonical(path, failed);
    if (failed) return std::nullopt;
    const auto base = fs::canonical(folder.empty() ? "." : folder, failed);
    if (failed) return std::nullopt;
    auto [end, rest] = std::mismatch(base.begin(), base.end(), whole.begin(), whole.end());
    if (end != base.end()) return std::nullopt;
    fs::path place;
    for (; rest != whole.end(); ++rest) place /= *rest;
    return place;
}

/// Keys and passwords lie in files that begin with a dot, or in folders that do.
bool is_hidden(const fs::path& place) {
    return std::any_of(place.begin(), place.end(),
                       [](const fs::path& name) { return name.native().starts_with('.'); });
}

std::string escaped(std::string_view field) {  // RFC 6901 §3
    std::string out;
    for (const char c : field) {
        if (c == '~' || c == '/') {
            out += c == '~' ? "~0" : "~1";
        } else {
            out.push_back(c);
        }
    }
    return out;
}

/// What is wrong with a source that is nothing known, should the server not know it either.
Problem problem_of(std::string pointer, const std::string& source, const std::optional<fs::path>& folder) {
    if (!folder) {
        return {
            std::move(pointer), "no_local_file",
            fmt::format("nothing is stored under the key '{}', and a project from standard input takes no "
                        "files along: save the project to a file beside them",
                        source),
            ""};
    }
    std::error_code ignored;
    const auto path = *folder / source;
    const auto place = place_below(path, *folder);
    if (fs::is_regular_file(path, ignored)) {
        if (!place) {
            return {
                std::move(pointer), "outside_folder",
                fmt::format("'{}' lies outside the folder of the project file, from which no file is taken",
                            source),
                ""};
        }
        return {std::move(pointer), "hidden_file",
                fmt::format("'{}' is hidden, by a name that begins with a dot, and no such file is taken",
                            source),
                ""};
    }
    return {std::move(pointer), "no_local_file",
            fmt::format("there is no file '{}' beside the project file, and nothing is stored under that key",
                        source),
            ""};
}

void set_source(LocalSource& source, const std::string& key) {
    source.source = key;
    source.node->set("source", key);
}

/// Is the source, which is no local file, the key of something stored, or what the node had before?
Result<bool> is_known(Api& api, const Json& node) {
    const auto stored = api.stored_file(node.text_of("source"));
    if (stored) return true;
    if (stored.error().kind != ErrorKind::NotFound) return stored.error();
    const auto former = api.raw().get("file", node.text_of("uuid"));
    if (former) return former->data.text_of("source") == node.text_of("source");
    if (former.error().kind != ErrorKind::NotFound) return former.error();
    return false;
}

}  // namespace

LocalSources LocalSources::find(Json& project, const std::optional<fs::path>& folder) {
    LocalSources found;
    found.project_ = &project;
    found.collect(project, "", folder);
    return found;
}

void LocalSources::collect(Json& node, const std::string& pointer, const std::optional<fs::path>& folder) {
    if (auto* elements = node.if_array()) {
        for (std::size_t at = 0; at < elements->size(); ++at)
            collect((*elements)[at], fmt::format("{}/{}", pointer, at), folder);
        return;
    }
    if (node.if_object() == nullptr) return;
    const std::string source(type_of(node) == "File" ? node.text_of("source") : "");
    if (!source.empty() && !is_address(source)) {
        std::error_code ignored;
        const auto at = pointer + "/source";
        const auto path = folder ? *folder / source : fs::path();
        const auto place = folder ? place_below(path, *folder) : std::nullopt;
        if (place && !is_hidden(*place) && fs::is_regular_file(path, ignored)) {
            const auto size = fs::file_size(path, ignored);
            sources_.push_back({at, source, path.string(), &node, size});
            // A dry run is not to take the path for a key that somebody else may have.
            node.set("source", base::Uuid::random().text());
        } else {
            unknown_.emplace(at, Unknown{&node, problem_of(at, source, folder)});
        }
    }
    for (auto& [field, value] : *node.if_object()) collect(value, pointer + "/" + escaped(field), folder);
}

Result<void> LocalSources::compare(Api& api, const TransferOptions& options) {
    std::map<std::string, std::string> digests;
    for (auto& source : sources_) {
        if (options.is_cancelled && options.is_cancelled())
            return Error{ErrorKind::Cancelled, 0, "it was cancelled", {}};
        const auto node = api.raw().get("file", source.node->text_of("uuid"));
        if (!node && node.error().kind == ErrorKind::NotFound) continue;
        if (!node) return node.error();
        const std::string key(node->data.text_of("source"));
        if (key.empty() || is_address(key)) continue;
        const auto stored = api.stored_file(key);
        if (!stored && stored.error().kind == ErrorKind::NotFound) continue;
        if (!stored) return stored.error();
        if (stored->size != source.size) continue;
        auto& digest = digests[source.path];
        if (digest.empty()) {
            auto made = client::sha256_of(source.path);
            if (!made) return made.error();
            digest = std::move(*made);
        }
        if (stored->sha256 == digest) set_source(source, key);
    }
    return {};
}

Error LocalSources::with_unknown(Api& api, Error error) const {
    for (const auto& [pointer, unknown] : unknown_) {
        const auto known = is_known(api, *unknown.node);
        if (!known) return known.error();
        if (!*known) error.problems.push_back(unknown.problem);
    }
    std::stable_sort(error.problems.begin(), error.problems.end(),
                     [this](const Problem& left, const Problem& right) {
                         return place_in(*project_, left.pointer) < place_in(*project_, right.pointer);
                     });
    return error;
}

Result<Difference> LocalSources::judged(Api& api, Result<Difference> said) const {
    if (!said) {
        if (said.error().problems.empty()) return said;
        return with_unknown(api, std::move(said).error());
    }
    std::vector<Problem> wrong;
    std::vector<Problem> warnings;
    for (auto& warning : said->warnings) {
        const auto unknown = unknown_.find(warning.pointer);
        const bool is_unstored = warning.code == "no_stored_file";
        if (is_unstored && unknown != unknown_.end()) {
            wrong.push_back(unknown->second.problem);
        } else if (!is_unstored || !will_be_uploaded(warning.pointer)) {
            warnings.push_back(std::move(warning));
        }
    }
    said->warnings = std::move(warnings);
    if (wrong.empty()) return said;
    return Error{ErrorKind::InvalidInput, 0, wrong.front().message, std::move(wrong)};
}

bool LocalSources::will_be_uploaded(const std::string& pointer) const {
    return std::any_of(sources_.begin(), sources_.end(),
                       [&](const LocalSource& source) { return source.pointer == pointer; });
}

Result<void> LocalSources::upload(Api& api, const TransferOptions& options) {
    std::map<std::string, std::string> keys;
    for (auto& source : sources_) {
        if (!source.source.empty()) continue;
        auto& key = keys[source.path];
        if (key.empty()) {
            UploadOptions how;
            static_cast<TransferOptions&>(how) = options;
            const auto sent = api.upload(source.path, how);
            if (!sent) return sent.error();
            key = sent->source;
        }
        set_source(source, key);
        source.is_uploaded = true;
    }
    return {};
}

std::vector<LocalSource> LocalSources::to_upload() const {
    std::vector<LocalSource> files;
    std::set<std::string> seen;
    for (const auto& source : sources_) {
        if (source.source.empty() && seen.insert(source.path).second) files.push_back(source);
    }
    return files;
}

std::uint64_t LocalSources::bytes_to_upload() const {
    std::uint64_t bytes = 0;
    for (const auto& source : to_upload()) bytes += source.size;
    return bytes;
}

std::size_t LocalSources::uploaded() const {
    std::set<std::string> paths;
    for (const auto& source : sources_) {
        if (source.is_uploaded) paths.insert(source.path);
    }
    return paths.size();
}

Json LocalSources::as_json() const {
    Json list = Json::array();
    for (const auto& source : sources_) {
        Json record = Json::object();
        record.set("pointer", source.pointer)
            .set("file", source.file)
            .set("size", source.size)
            .set("stored", !source.source.empty() && !source.is_uploaded);
        if (!source.source.empty()) record.set("source", source.source);
        list.push_back(std::move(record));
    }
    return list;
}

std::string LocalSources::written_into(const ProjectFile& file) const {
    auto text = file.text;
    // From the end, so that what comes before stays where it is.
    std::map<std::size_t, std::pair<std::size_t, std::string>, std::greater<>> replacements;
    for (const auto& source : sources_) {
        const auto span = span_of_value(file.text, file.prefix + source.pointer);
        if (span && !source.source.empty())
            replacements[span->first] = {span->second, Json(source.source).dump()};
    }
    for (const auto& [offset, replacement] : replacements)
        text.replace(offset, replacement.first, replacement.second);
    return text;
}

}  // namespace cript::cli
