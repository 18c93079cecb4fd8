#include "crypto/key_ring.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "base/random.hpp"
#include "base/secret.hpp"

namespace cript::crypto {

namespace {

using base::ErrorKind;
using base::fail;

constexpr std::string_view kHeading = "opencript key ring 1\n";

class File {
  public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] int get() const { return descriptor_; }
    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

  private:
    int descriptor_;
};

base::Error system_error(std::string_view what, const std::filesystem::path& file) {
    return {ErrorKind::Unavailable, fmt::format("{} {}: {}", what, file.string(), std::strerror(errno)), {}};
}

void append_key(std::string& out, std::string_view name) {
    std::array<std::uint8_t, Key::kSize> bytes{};
    base::fill_random(bytes);
    static constexpr char kDigits[] = "0123456789abcdef";
    out.append(" ").append(name).append(" ");
    for (const auto byte : bytes) {
        out.push_back(kDigits[byte >> 4U]);
        out.push_back(kDigits[byte & 0x0fU]);
    }
    base::wipe(bytes.data(), bytes.size());
}

/// Takes one blank-separated word off the front of `line`.
std::string_view take_word(std::string_view& line) {
    const auto end = std::min(line.find(' '), line.size());
    const auto word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
}

std::optional<base::Bytes> take_key(std::string_view& line, std::string_view name) {
    if (take_word(line) != name) return std::nullopt;
    auto bytes = base::from_hex(take_word(line));
    if (!bytes || bytes->size() != Key::kSize) return std::nullopt;
    return bytes;
}

std::optional<RingKeys> read_line(std::string_view line) {
    if (take_word(line) != "version") return std::nullopt;
    const auto number = take_word(line);
    std::uint32_t version = 0;
    for (const char c : number) {
        if (c < '0' || c > '9' || version > 1'000'000) return std::nullopt;
        version = version * 10 + static_cast<std::uint32_t>(c - '0');
    }
    if (version == 0 || take_word(line) != "made") return std::nullopt;
    take_word(line);  // the instant is for people
    auto pepper = take_key(line, "pepper");
    auto data = take_key(line, "data");
    auto audit = take_key(line, "audit");
    if (!pepper || !data || !audit || !line.empty()) return std::nullopt;
    RingKeys keys{version, HmacKey(*pepper),
                  Key::from(std::span<const std::uint8_t, Key::kSize>(data->data(), Key::kSize)),
                  HmacKey(*audit)};
    for (auto* bytes : {&*pepper, &*data, &*audit}) base::wipe(bytes->data(), bytes->size());
    return keys;
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(descriptor, text.data(), text.size());
        if (written < 0) {
            if (errno == EINTR) continue;
            return false;
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// Writes a file that is there in full or not at all: a ring that a crash or a full disk cut short would keep
/// the server from ever starting.
base::Result<void> write_new(const std::filesystem::path& file, std::string_view text) {
    const auto unfinished = file.string() + ".new";
    ::unlink(unfinished.c_str());  // of a start that was cut short
    const File out(::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!out.is_open()) return fail(system_error("cannot create the key ring", file));
    auto done = base::Result<void>();
    if (!write_all(out.get(), text) || ::fsync(out.get()) != 0) {
        done = fail(system_error("cannot write the key ring", file));
    } else if (::link(unfinished.c_str(), file.c_str()) != 0) {  // unlike rename(2), it never replaces a file
        done = errno == EEXIST ? fail(ErrorKind::Conflict, "the key ring exists: " + file.string())
                               : fail(system_error("cannot create the key ring", file));
    }
    ::unlink(unfinished.c_str());
    return done;
}

}  // namespace

base::Result<KeyRing> KeyRing::create(const std::filesystem::path& file, base::Timestamp now) {
    std::string text(kHeading);
    text.reserve(512);  // one allocation, so that one wipe clears it
    text.append("version 1 made ");
    now.append_to(text);
    append_key(text, "pepper");
    append_key(text, "data");
    append_key(text, "audit");
    text.push_back('\n');
    auto written = write_new(file, text);
    base::wipe(text.data(), text.size());
    CRIPT_CHECK(written);
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    const File directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.is_open() || ::fsync(directory.get()) != 0) {
        return fail(system_error("cannot make the key ring durable in", folder));
    }
    return load(file);
}

base::Result<KeyRing> KeyRing::load(const std::filesystem::path& file) {
    const File in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!in.is_open()) {
        if (errno == ENOENT) return fail(ErrorKind::NotFound, "there is no key ring at " + file.string());
        return fail(system_error("cannot read the key ring", file));
    }
    struct stat status{};
    if (::fstat(in.get(), &status) != 0) return fail(system_error("cannot read the key ring", file));
    if ((status.st_mode & 077U) != 0) {
        return fail(ErrorKind::Forbidden,
                    fmt::format("the key ring {} can be read by others (mode {:04o}): chmod 600 {}",
                                file.string(), status.st_mode & 07777U, file.string()));
    }
    std::string text(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t got = 0;
    while (got < text.size()) {
        const auto count = ::read(in.get(), text.data() + got, text.size() - got);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return fail(system_error("cannot read the key ring", file));
        got += static_cast<std::size_t>(count);
    }
    const auto damaged = [&file] {
        return fail(ErrorKind::InvalidInput, "the key ring is damaged: " + file.string());
    };
    KeyRing ring;
    std::string_view rest = text;
    const bool headed = rest.starts_with(kHeading);
    if (headed) rest.remove_prefix(kHeading.size());
    bool whole = headed && !rest.empty();
    while (whole && !rest.empty()) {
        const auto end = rest.find('\n');
        auto keys = end == std::string_view::npos ? std::nullopt : read_line(rest.substr(0, end));
        whole = keys && (ring.versions_.empty() || keys->version > ring.versions_.back().version);
        if (!whole) break;
        ring.versions_.push_back(std::move(*keys));
        rest.remove_prefix(end + 1);
    }
    base::wipe(text.data(), text.size());
    if (!whole) return damaged();
    return ring;
}

const RingKeys* KeyRing::find(std::uint32_t version) const {
    for (const auto& keys : versions_) {
        if (keys.version == version) return &keys;
    }
    return nullptr;
}

Digest KeyRing::check_value(const RingKeys& keys) {
    Digest check = keys.pepper.sign(base::as_bytes("opencript key ring check: pepper"));
    const HmacKey data(keys.data.bytes());
    const Digest second = data.sign(base::as_bytes("opencript key ring check: data"));
    const Digest third = keys.audit.sign(base::as_bytes("opencript key ring check: audit"));
    for (std::size_t at = 0; at < check.size(); ++at) {
        check[at] = static_cast<std::uint8_t>(check[at] ^ second[at] ^ third[at]);
    }
    return check;
}

}  // namespace cript::crypto
