#include "api/v1/errors.hpp"

#include <fmt/format.h>

#include <unordered_set>

#include "api/envelope.hpp"
#include "service/save_graph.hpp"

namespace cript::api::v1 {

namespace {

constexpr std::string_view kTakenPrefix = "Project name already in use: ";

std::string sentence_of(const base::Error& error) {
    if (error.problems.empty()) return error.message;
    const auto& first = error.problems.front();
    if (first.code == service::kUnknownUuid || first.code == service::kDuplicateUuid ||
        first.code == service::kProjectNameInUse || first.code == service::kRevisionDiffers) {
        return first.message;
    }
    if (first.code == service::kProjectNameTaken) {
        const auto name = std::string_view(first.message).substr(kTakenPrefix.size());
        return fmt::format("duplicate item [{{'name': '{}'}}] for Project", quoted_name(name));
    }
    return fmt::format("{} at path: {}", first.message, first.pointer.empty() ? "/" : first.pointer);
}

}  // namespace

std::string quoted_name(std::string_view name) {
    std::string quoted;
    for (const char c : name) {
        const bool plain = static_cast<unsigned char>(c) >= 0x20 && c != '\'' && c != '"' && c != '\\' &&
                           c != '{' && c != '}';
        if (plain) {
            quoted.push_back(c);
        } else {
            quoted.append(fmt::format("\\u{:04x}", static_cast<unsigned char>(c)));
        }
    }
    return quoted;
}

http::Response failure(const base::Error& error) {
    if (error.kind == base::ErrorKind::NotFound) return not_found();
    auto response = api::failure(error, sentence_of(error));
    const bool is_stale = !error.problems.empty() && error.problems.front().code == service::kRevisionDiffers;
    if (!is_stale) return response;
    // RFC 9110 §13.1.1: a condition that does not hold is 412. The body says the same code.
    response.status = 412;
    const auto code = response.body.find("409");
    if (code != std::string::npos) response.body.replace(code, 3, "412");
    return response;
}

std::vector<base::Uuid> unknown_nodes(const base::Error& error) {
    constexpr std::size_t kMost = 5'000;
    constexpr std::size_t kUuidLength = 36;
    constexpr std::string_view kBefore = "Bad uuid: ";
    std::vector<base::Uuid> uuids;
    std::unordered_set<base::Uuid, base::UuidHash> seen;
    if (error.problems.empty() || error.problems.front().code != service::kUnknownUuid) return uuids;
    for (const auto& problem : error.problems) {
        if (problem.code != service::kUnknownUuid || uuids.size() == kMost) continue;
        const auto uuid =
            base::Uuid::parse(std::string_view(problem.message).substr(kBefore.size(), kUuidLength));
        if (uuid && seen.insert(*uuid).second) uuids.push_back(*uuid);
    }
    return uuids;
}

http::Response unknown_nodes_failure(const base::Error& error, const std::vector<base::Uuid>& unknown) {
    auto sentence = std::string("duplicate item [");
    for (const auto& uuid : unknown) {
        if (sentence.back() != '[') sentence.append(", ");
        sentence.append(fmt::format("{{'uuid': '{}'}}", uuid.text()));
    }
    sentence.append("] for nodes that are linked to and not saved yet");
    auto conflict = error;
    conflict.kind = base::ErrorKind::Conflict;
    return api::failure(conflict, sentence);
}

http::Response not_found() {
    return api::failure(404, kNotFoundText);
}

}  // namespace cript::api::v1
