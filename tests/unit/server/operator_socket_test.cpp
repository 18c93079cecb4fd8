#include "server/operator_socket.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <cstring>

#include "fixture/temporary_folder.hpp"

namespace cript::server {
namespace {

using base::ErrorKind;
using testing::HasSubstr;

class OperatorSocketTest : public testing::Test {
  protected:
    void listen(OperatorSocket::Execute execute) {
        auto socket = OperatorSocket::listen(file_, std::move(execute));
        ASSERT_TRUE(socket) << socket.error().message;
        socket_ = std::move(*socket);
    }
    /// Sends bytes as they stand, and gives all that comes back.
    std::string exchange(const std::string& bytes) {
        const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, file_.c_str(), sizeof(address.sun_path) - 1);
        EXPECT_EQ(::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
        EXPECT_EQ(::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL),
                  static_cast<ssize_t>(bytes.size()));
        ::shutdown(descriptor, SHUT_WR);
        std::string answer;
        char buffer[256];
        for (auto got = ::recv(descriptor, buffer, sizeof(buffer), 0); got > 0;
             got = ::recv(descriptor, buffer, sizeof(buffer), 0)) {
            answer.append(buffer, static_cast<std::size_t>(got));
        }
        ::close(descriptor);
        return answer;
    }
    Outcome send(const Command& command) {
        auto outcome = send_command(file_, command);
        EXPECT_TRUE(outcome) << outcome.error().message;
        EXPECT_TRUE(*outcome);
        return std::move(**outcome);
    }

    cript::test::TemporaryFolder folder_;
    std::filesystem::path file_ = folder_ / "criptd.sock";
    std::unique_ptr<OperatorSocket> socket_;
};

TEST_F(OperatorSocketTest, CarriesACommandThereAndItsOutcomeBack) {
    Command received;
    listen([&](const Command& command) {
        received.name = command.name;
        received.arguments = command.arguments;
        received.password = base::SecretText(command.password.reveal());
        return Outcome{3, base::SecretText("Token x\n"), "something"};
    });
    const auto outcome =
        send({"user add", {{"name", "ada"}, {"email", ""}}, base::SecretText("pass word\n=:é")});
    EXPECT_EQ(received.name, "user add");
    EXPECT_EQ(received.arguments, (std::map<std::string, std::string>{{"name", "ada"}, {"email", ""}}));
    EXPECT_EQ(received.password.reveal(), "pass word\n=:é");
    EXPECT_EQ(outcome.exit, 3);
    EXPECT_EQ(outcome.output.reveal(), "Token x\n");
    EXPECT_EQ(outcome.error, "something");
}

TEST_F(OperatorSocketTest, CarriesOneCommandAfterAnother) {
    int count = 0;
    listen([&](const Command&) { return Outcome{++count, {}, {}}; });
    for (int expected = 1; expected <= 20; ++expected) EXPECT_EQ(send({"x", {}, {}}).exit, expected);
}

TEST_F(OperatorSocketTest, CarriesAnOutcomeOfManyThousandLines) {
    const std::string list(2'000'000, 'x');
    listen([&](const Command&) { return Outcome{0, base::SecretText(list), {}}; });
    EXPECT_EQ(send({"user list", {}, {}}).output.reveal(), list);
}

TEST_F(OperatorSocketTest, IsForItsOwnerOnly) {
    listen([](const Command&) { return Outcome{}; });
    EXPECT_EQ(std::filesystem::status(file_).permissions(), std::filesystem::perms(0600));
}

TEST_F(OperatorSocketTest, ExecutesNothingThatIsMalformed) {
    std::atomic<int> executed{0};
    listen([&](const Command&) {
        ++executed;
        return Outcome{};
    });
    const std::string field(":command\0token show\0", 20);
    for (const auto& bytes :
         {std::string(""), std::string("x"), std::string("\n"), std::string("-1\n"), std::string("0x10\n"),
          std::string("123456789\n"), std::string("99999999\n"), "20\n" + field.substr(0, 10),
          "19\n" + field.substr(0, 19), std::string("5\nabcde"), "25\n" + field + "extra"}) {
        const auto answer = exchange(bytes);
        EXPECT_THAT(answer, HasSubstr("this is not a command")) << bytes;
    }
    EXPECT_EQ(executed, 0);
    exchange("20\n" + field);
    EXPECT_EQ(executed, 1);
}

TEST_F(OperatorSocketTest, RefusesToSendWhatWouldBeCut) {
    std::atomic<int> executed{0};
    listen([&](const Command&) {
        ++executed;
        return Outcome{};
    });
    const auto outcome =
        send_command(file_, {"user add", {}, base::SecretText(std::string_view("pass\0word", 9))});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ErrorKind::InvalidInput);
    EXPECT_EQ(executed, 0);
}

TEST_F(OperatorSocketTest, KnowsThatNobodyListens) {
    auto outcome = send_command(file_, {"user list", {}, {}});
    ASSERT_TRUE(outcome);
    EXPECT_FALSE(*outcome);
    listen([](const Command&) { return Outcome{}; });
    socket_.reset();
    EXPECT_FALSE(std::filesystem::exists(file_));
    outcome = send_command(file_, {"user list", {}, {}});
    ASSERT_TRUE(outcome);
    EXPECT_FALSE(*outcome);
}

TEST_F(OperatorSocketTest, TakesThePlaceOfOneThatWasLeftBehind) {
    listen([](const Command&) { return Outcome{}; });
    std::filesystem::create_hard_link(file_, folder_ / "kept");
    socket_.reset();
    std::filesystem::rename(folder_ / "kept", file_);
    listen([](const Command&) { return Outcome{7, {}, {}}; });
    EXPECT_EQ(send({"x", {}, {}}).exit, 7);
}

TEST_F(OperatorSocketTest, SaysThatItsPathIsTooLong) {
    file_ = folder_ / std::string(120, 'x');
    const auto socket = OperatorSocket::listen(file_, [](const Command&) { return Outcome{}; });
    ASSERT_FALSE(socket);
    EXPECT_EQ(socket.error().kind, ErrorKind::InvalidInput);
    EXPECT_THAT(socket.error().message, HasSubstr("too long"));
}

}  // namespace
}  // namespace cript::server
