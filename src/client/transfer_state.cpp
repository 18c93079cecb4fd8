#include "client/transfer_state.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <fstream>
#include <iterator>

#include "client/local_file.hpp"
#include "cript/json.hpp"
#include "crypto/hasher.hpp"

namespace cript::client {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kAbout = "state of an interrupted transfer of cript, version 1";
constexpr std::string_view kEnding = ".transfer.json";
constexpr std::uintmax_t kLongest = std::uintmax_t{64} << 10U;

std::optional<std::uint64_t> size_of(const Json& json, std::string_view member) {
    const auto* value = json.find(member);
    const auto number = value == nullptr ? std::nullopt : value->as_integer();
    if (!number || *number < 0) return std::nullopt;
    return static_cast<std::uint64_t>(*number);
}

/// Removes states that the server has forgotten.
void clear_old(const fs::path& folder) {
    constexpr std::chrono::hours kKept{24 * 30};
    std::error_code failed;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        if (!at->path().string().ends_with(kEnding)) continue;
        const auto written = at->last_write_time(failed);
        if (!failed && fs::file_time_type::clock::now() - written > kKept) fs::remove(at->path(), failed);
        failed.clear();
    }
}

}  // namespace

fs::path state_folder(const LookUp& variables) {
    const auto folder = [&](const char* name) {
        const char* value = variables(name);
        return fs::path(value == nullptr ? "" : value);
    };
    // A relative path is to be ignored, says the specification.
    if (const auto state = folder("XDG_STATE_HOME"); state.is_absolute()) return state / "cript";
    if (const auto home = folder("HOME"); home.is_absolute()) return home / ".local/state/cript";
    return {};
}

std::optional<TransferState> TransferState::parse(std::string_view text) {
    const auto json = Json::parse(text);
    if (!json || json->text_of("about") != kAbout) return std::nullopt;
    const auto size = size_of(*json, "size");
    const auto part_size = size_of(*json, "part_size");
    TransferState state{std::string(json->text_of("id")), std::string(json->text_of("key")),
                        std::string(json->text_of("sha256")), size.value_or(0), part_size.value_or(0)};
    if (!size || !part_size || state.id.empty() || state.sha256.empty()) return std::nullopt;
    return state;
}

std::string TransferState::text() const {
    Json json = Json::object();
    json.set("about", kAbout)
        .set("id", id)
        .set("key", key)
        .set("sha256", sha256)
        .set("size", size)
        .set("part_size", part_size);
    return json.dump(1) + "\n";
}

StateFile::StateFile(const std::string& folder, const LookUp& variables,
                     std::initializer_list<std::string_view> identity) {
    const auto place = folder.empty() ? state_folder(variables) : fs::path(folder);
    if (place.empty()) return;
    crypto::Sha256Hasher hasher;
    for (const auto& word : identity) {
        hasher.add(base::as_bytes(word));
        hasher.add(base::as_bytes({"\0", 1}));
    }
    constexpr std::size_t kDigits = 32;
    path_ = place / fmt::format("{}{}", base::to_hex(hasher.finish()).substr(0, kDigits), kEnding);
}

std::optional<TransferState> StateFile::load() const {
    std::error_code failed;
    if (path_.empty() || fs::file_size(path_, failed) > kLongest || failed) return std::nullopt;
    std::ifstream file(path_, std::ios::binary);
    return TransferState::parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

Result<void> StateFile::save(const TransferState& state) const {
    if (path_.empty()) return {};
    std::error_code failed;
    fs::create_directories(path_.parent_path(), failed);
    if (failed) return file_error("make the folder", path_.parent_path(), failed.value());
    clear_old(path_.parent_path());
    auto draft = path_;
    draft += fmt::format(".{}.new", ::getpid());
    std::ofstream file(draft, std::ios::binary);
    file << state.text();
    file.close();
    if (!file) return file_error("write", draft, errno);
    fs::rename(draft, path_, failed);
    if (failed) return file_error("write", path_, failed.value());
    return {};
}

void StateFile::remove() const {
    std::error_code ignored;
    if (!path_.empty()) fs::remove(path_, ignored);
}

}  // namespace cript::client
