#include "cli/text_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

namespace cript::cli {

namespace {

Error file_error(std::string_view doing, const std::filesystem::path& path, int reason) {
    return {ErrorKind::Configuration,
            0,
            fmt::format("cannot {} {}: {}", doing, path.string(), std::generic_category().message(reason)),
            {}};
}

}  // namespace

Result<std::string> read_text(const std::string& path, std::istream& standard_input) {
    if (path == "-") return std::string(std::istreambuf_iterator<char>(standard_input), {});
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) return file_error("read", path, EISDIR);
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) return file_error("read", path, errno);
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (file.bad()) return file_error("read", path, EIO);
    return text;
}

Result<void> write_text(const std::filesystem::path& path, std::string_view text) {
    std::error_code failed;
    auto target = std::filesystem::canonical(path, failed);
    const bool is_there = !failed;
    if (!is_there) target = path;
    auto draft = target;
    draft += fmt::format(".{}.new", ::getpid());
    const auto refuse = [&](int reason) {
        std::filesystem::remove(draft, failed);
        return file_error("write", path, reason);
    };
    errno = 0;
    std::ofstream file(draft, std::ios::binary);
    if (!file) return refuse(errno);
    if (is_there) {  // before anything is in it that others are not to read
        const auto mode = std::filesystem::status(target, failed).permissions();
        if (!failed) std::filesystem::permissions(draft, mode, failed);
        if (failed) return refuse(failed.value());
    }
    file << text;
    file.close();
    if (!file) return refuse(errno);
    std::filesystem::rename(draft, target, failed);
    if (failed) return refuse(failed.value());
    return {};
}

}  // namespace cript::cli
