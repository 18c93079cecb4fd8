#include "service/plan_files.hpp"

#include <fmt/format.h>

#include "base/json_reader.hpp"
#include "service/file_storage.hpp"

namespace cript::service {

namespace {

std::string source_of(const std::string& attributes) {
    const auto document = base::JsonDocument::parse(attributes);
    std::string_view source;
    if (!document || document->root()["source"].get(source) != simdjson::SUCCESS) return "";
    return std::string(source);
}

/// The SDKs tell an address from a key by this.
bool is_address(std::string_view source) {
    return source.starts_with("http");
}

/// Of the files of a key, the caller's own, or else one that the caller may read.
struct Choice {
    std::optional<std::int64_t> file{};
    bool is_forbidden = false;  ///< there are files, none of them for the caller
};

base::Result<Choice> choose(store::Reader& reader, const account::Caller& caller, std::string_view key) {
    auto files = reader.files_with_key(key);
    CRIPT_CHECK(files);
    for (const auto& file : *files) {
        if (file.owner == caller.account) return Choice{file.id};
    }
    for (const auto& file : *files) {
        auto may_read = may_read_file(reader, caller, file);
        CRIPT_CHECK(may_read);
        if (*may_read) return Choice{file.id};
    }
    return Choice{{}, !files->empty()};
}

}  // namespace

base::Result<void> plan_file_sources(store::Reader& reader, const account::Caller& caller,
                                     const model::Graph& graph, SavePlan& plan, std::vector<Fault>& faults) {
    for (std::uint32_t at = 0; at < plan.nodes.size(); ++at) {
        auto& planned = plan.nodes[at];
        if (planned.row.type != model::NodeType::File || !planned.is_changed) continue;
        const auto source = source_of(planned.row.attributes);
        if (planned.former && source == source_of(planned.former->attributes)) continue;
        planned.file_source.emplace();
        if (source.empty() || is_address(source) || source.size() > kLongestKey) continue;
        auto choice = choose(reader, caller, source);
        CRIPT_CHECK(choice);
        planned.file_source->key = source;
        planned.file_source->file = choice->file;
        const auto pointer = graph.pointer(at) + "/source";
        if (choice->is_forbidden) {
            faults.push_back({base::ErrorKind::Forbidden,
                              {pointer, "the file of that key is neither yours nor one that you may read",
                               std::string(kNotAllowed), ""}});
        } else if (!choice->file) {
            plan.warnings.push_back(
                {pointer, fmt::format("no file is stored under the key '{}'", source), "no_stored_file", ""});
        }
    }
    return {};
}

}  // namespace cript::service
