#include "server/operator_socket.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>

#include "base/log.hpp"

namespace cript::server {

namespace {

using base::ErrorKind;
using base::fail;

constexpr std::size_t kLongestCommand = std::size_t{64} << 10U;
constexpr std::size_t kLongestAnswer = std::size_t{64} << 20U;  // of `user list`
constexpr std::size_t kLengthDigits = 8;

class Socket {
  public:
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    ~Socket() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    [[nodiscard]] int get() const { return descriptor_; }
    int release() { return std::exchange(descriptor_, -1); }

  private:
    int descriptor_;
};

base::Error system_error(std::string_view what) {
    return {ErrorKind::Unavailable, std::string(what).append(": ").append(std::strerror(errno)), {}};
}

bool address_of(const std::filesystem::path& file, sockaddr_un& address) {
    address.sun_family = AF_UNIX;
    const auto path = file.string();
    if (path.size() >= sizeof(address.sun_path)) return false;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return true;
}

void set_deadline(int descriptor) {
    const timeval deadline{30, 0};
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof(deadline));
    ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &deadline, sizeof(deadline));
}

bool send_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool receive_exactly(int descriptor, char* out, std::size_t size) {
    while (size > 0) {
        const auto got = ::recv(descriptor, out, size, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        out += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

bool send_fields(int descriptor, const Fields& fields) {
    std::size_t size = 0;
    for (const auto& [name, value] : fields) size += name.size() + value.size() + 2;
    std::string message;
    message.reserve(size + kLengthDigits + 1);  // it may hold a secret: never moved, wiped below
    message.append(std::to_string(size)).push_back('\n');
    for (const auto& [name, value] : fields) {
        message.append(name).push_back('\0');
        message.append(value).push_back('\0');
    }
    const bool sent = send_all(descriptor, message);
    base::wipe(message.data(), message.size());
    return sent;
}

/// The bytes of a message, wiped at the end.
base::Result<base::SecretText> receive_message(int descriptor, std::size_t longest) {
    std::size_t size = 0;
    for (std::size_t digit = 0; digit <= kLengthDigits; ++digit) {
        char c = 0;
        if (!receive_exactly(descriptor, &c, 1)) return fail(system_error("the other side does not answer"));
        if (c == '\n' && digit > 0) break;
        if (c < '0' || c > '9' || digit == kLengthDigits)
            return fail(ErrorKind::InvalidInput, "not a message");
        size = size * 10 + static_cast<std::size_t>(c - '0');
    }
    if (size > longest) return fail(ErrorKind::TooLarge, "the message is too long");
    std::string message(size, '\0');
    if (!receive_exactly(descriptor, message.data(), size)) {
        return fail(system_error("the other side does not answer"));
    }
    return base::SecretText::take(std::move(message));
}

/// Nothing if the message is not made of whole fields.
std::optional<std::map<std::string_view, std::string_view>> fields_of(std::string_view message) {
    std::map<std::string_view, std::string_view> fields;
    while (!message.empty()) {
        const auto name_end = message.find('\0');
        const auto value_end =
            name_end == std::string_view::npos ? name_end : message.find('\0', name_end + 1);
        if (value_end == std::string_view::npos) return std::nullopt;
        fields[message.substr(0, name_end)] = message.substr(name_end + 1, value_end - name_end - 1);
        message.remove_prefix(value_end + 1);
    }
    return fields;
}

bool is_allowed(int descriptor) {
    ucred peer{};
    socklen_t size = sizeof(peer);
    if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
    return peer.uid == 0 || peer.uid == ::geteuid();
}

void answer(int descriptor, const OperatorSocket::Execute& execute) {
    if (!is_allowed(descriptor)) {
        send_fields(descriptor, {{"exit", "1"}, {"error", "only the user that runs the server may do this"}});
        return;
    }
    auto message = receive_message(descriptor, kLongestCommand);
    const auto fields = message ? fields_of(message->reveal()) : std::nullopt;
    if (!fields) {
        send_fields(descriptor, {{"exit", "1"}, {"error", "this is not a command"}});
        return;
    }
    Command command;
    for (const auto& [name, value] : *fields) {
        if (name == ":command") {
            command.name = value;
        } else if (name == ":password") {
            command.password = base::SecretText(value);
        } else {
            command.arguments.emplace(name, value);
        }
    }
    const auto outcome = execute(command);
    send_fields(descriptor, {{"exit", std::to_string(outcome.exit)},
                             {"output", outcome.output.reveal()},
                             {"error", outcome.error}});
}

}  // namespace

base::Result<std::unique_ptr<OperatorSocket>> OperatorSocket::listen(const std::filesystem::path& file,
                                                                     Execute execute) {
    sockaddr_un address{};
    if (!address_of(file, address)) {
        return fail(ErrorKind::InvalidInput,
                    "the path of the data folder is too long for a socket: " + file.string());
    }
    Socket socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (socket.get() < 0) return fail(system_error("cannot make the operator's socket"));
    ::unlink(file.c_str());  // of an earlier run: the folder is ours, its lock is held
    const auto mask = ::umask(0177);
    const bool bound = ::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
    ::umask(mask);
    if (!bound || ::listen(socket.get(), 16) != 0)
        return fail(system_error("cannot open the operator's socket"));
    return std::unique_ptr<OperatorSocket>(new OperatorSocket(file, socket.release(), std::move(execute)));
}

OperatorSocket::OperatorSocket(std::filesystem::path file, int descriptor, Execute execute)
    : file_(std::move(file)),
      descriptor_(descriptor),
      execute_(std::move(execute)),
      thread_([this] { serve(); }) {}

OperatorSocket::~OperatorSocket() {
    ending_ = true;
    ::shutdown(descriptor_, SHUT_RDWR);  // wakes the thread
    thread_.join();
    ::close(descriptor_);
    ::unlink(file_.c_str());
}

void OperatorSocket::serve() {
    while (!ending_) {
        const Socket connection(::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC));
        if (connection.get() < 0) {
            if (ending_ || errno == EINVAL) return;
            if (errno != EINTR)
                base::log(base::LogLevel::Warning, "operator.accept_failed",
                          {{"reason", std::strerror(errno)}});
            ::poll(nullptr, 0, 100);  // what is missing, such as descriptors, may come free
            continue;
        }
        set_deadline(connection.get());
        answer(connection.get(), execute_);
    }
}

base::Result<std::optional<Outcome>> send_command(const std::filesystem::path& file, const Command& command) {
    sockaddr_un address{};
    if (!address_of(file, address)) return std::nullopt;
    const Socket socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (socket.get() < 0) return fail(system_error("cannot make a socket"));
    if (::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0)
        return std::nullopt;
    set_deadline(socket.get());
    Fields fields{{":command", command.name}, {":password", command.password.reveal()}};
    for (const auto& [name, value] : command.arguments) fields.emplace_back(name, value);
    for (const auto& [name, value] : fields) {
        if (value.find('\0') != std::string_view::npos) {
            return fail(ErrorKind::InvalidInput, "a command cannot hold the character U+0000");
        }
    }
    if (!send_fields(socket.get(), fields)) return fail(system_error("the server does not take the command"));
    auto message = receive_message(socket.get(), kLongestAnswer);
    CRIPT_CHECK(message);
    auto answered = fields_of(message->reveal());
    if (!answered) return fail(ErrorKind::Unavailable, "the server's answer cannot be read");
    Outcome outcome;
    const auto exit = (*answered)["exit"];
    std::from_chars(exit.data(), exit.data() + exit.size(), outcome.exit);
    outcome.output = base::SecretText((*answered)["output"]);
    outcome.error = (*answered)["error"];
    return outcome;
}

}  // namespace cript::server
