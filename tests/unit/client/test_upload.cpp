#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "cript/cript.hpp"
#include "fake/file_server.hpp"
#include "transfer_fixture.hpp"

namespace {

using namespace cript;
using fake::failure;
using fake::Request;
using fake::Response;
using fake::sha256_hex;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::uint64_t kPartSize = 1000;

class Uploading : public Transferring {
  protected:
    UploadOptions options() {
        UploadOptions options;
        options.state_folder = folder() / "state";
        options.part_size = kPartSize;
        options.attempts = 3;
        return options;
    }
    /// Part `number` is refused from now on, so that an upload ends before it.
    void break_at_part(const std::string& number) {
        server().disturb([number](const Request& request) -> std::optional<Response> {
            if (request.method == "PUT" && request.target.ends_with("/" + number))
                return failure(500, "the disk is full");
            return std::nullopt;
        });
    }
    [[nodiscard]] std::size_t count_of(const std::string& line) const {
        const auto lines = server().lines();
        return static_cast<std::size_t>(std::count(lines.begin(), lines.end(), line));
    }
};

TEST_F(Uploading, SendsAFileInPartsAndComparesItsDigest) {
    const auto content = some_content(2500);
    write("data.bin", content);
    const auto done = api().upload(folder() / "data.bin", options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(done->size, 2500U);
    EXPECT_EQ(done->sent, 2500U);
    EXPECT_EQ(done->sha256, sha256_hex(content));
    EXPECT_EQ(server().stored(done->source), content);
    EXPECT_THAT(server().lines(),
                ElementsAre("GET /account", "POST /upload", "PUT /upload/u1/1", "PUT /upload/u1/2",
                            "PUT /upload/u1/3", "POST /upload/u1/complete"));
}

TEST_F(Uploading, SendsNothingOfAFileThatIsStoredAlready) {
    write("data.bin", some_content(2500));
    const auto first = api().upload(folder() / "data.bin", options());
    ASSERT_TRUE(first) << first.error();
    const auto again = api().upload(folder() / "data.bin", options());
    ASSERT_TRUE(again) << again.error();
    EXPECT_EQ(again->sent, 0U);
    EXPECT_EQ(again->source, first->source);
    EXPECT_EQ(server().stored_files(), 1U);
}

TEST_F(Uploading, StoresAnEmptyFile) {
    write("empty", "");
    const auto done = api().upload(folder() / "empty", options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(server().stored(done->source), "");
}

TEST_F(Uploading, GoesOnWithTheUploadThatWasInterrupted) {
    const auto content = some_content(3500);
    write("data.bin", content);
    break_at_part("3");
    const auto broken = api().upload(folder() / "data.bin", options());
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().kind, ErrorKind::Server);
    server().disturb({});
    auto other_options = options();
    other_options.part_size = 777;  // the parts that are there decide
    const auto done = api().upload(folder() / "data.bin", other_options);
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(done->sent, 1500U);
    EXPECT_EQ(server().stored(done->source), content);
    EXPECT_EQ(count_of("PUT /upload/u1/1"), 1U);
    EXPECT_EQ(count_of("POST /upload"), 1U);
}

TEST_F(Uploading, BeginsAnewWhenTheFileChangedSince) {
    write("data.bin", some_content(2500));
    break_at_part("2");
    ASSERT_FALSE(api().upload(folder() / "data.bin", options()));
    server().disturb({});
    write("data.bin", "another content");
    const auto done = api().upload(folder() / "data.bin", options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(server().stored(done->source), "another content");
    EXPECT_THAT(server().lines(), Contains("DELETE /upload/u1"));
}

TEST_F(Uploading, BeginsAnewWhenTheServerForgotTheUpload) {
    const auto content = some_content(2500);
    write("data.bin", content);
    break_at_part("2");
    ASSERT_FALSE(api().upload(folder() / "data.bin", options()));
    server().disturb([](const Request& request) -> std::optional<Response> {
        if (request.target.find("/upload/u1") != std::string::npos) return failure(404, "no such upload");
        return std::nullopt;
    });
    const auto done = api().upload(folder() / "data.bin", options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(done->sent, 2500U);
}

TEST_F(Uploading, BeginsAnewForAnotherServerOrPath) {
    write("data.bin", some_content(2500));
    break_at_part("2");
    ASSERT_FALSE(api().upload(folder() / "data.bin", options()));
    server().disturb({});
    std::filesystem::copy_file(folder() / "data.bin", folder() / "copy.bin");
    const auto done = api().upload(folder() / "copy.bin", options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(done->sent, 2500U);
}

TEST_F(Uploading, IgnoresAStateThatIsDamaged) {
    write("data.bin", some_content(2500));
    break_at_part("2");
    ASSERT_FALSE(api().upload(folder() / "data.bin", options()));
    server().disturb({});
    for (const auto& entry : std::filesystem::directory_iterator(folder() / "state"))
        std::ofstream(entry.path()) << "{\"about\":";
    const auto done = api().upload(folder() / "data.bin", options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(done->sent, 2500U);
}

TEST_F(Uploading, SendsAPartAgainWhenTheConnectionBreaksOrTheServerIsBusy) {
    const auto content = some_content(2500);
    write("data.bin", content);
    int met = 0;
    server().disturb([&met](const Request& request) -> std::optional<Response> {
        if (request.method != "PUT" || !request.target.ends_with("/2") || ++met > 2) return std::nullopt;
        if (met == 1) return Response{0, "", {}, true};
        auto busy = failure(503, "busy");
        busy.headers = {{"Retry-After", "0"}};
        return busy;
    });
    const auto done = api().upload(folder() / "data.bin", options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(server().stored(done->source), content);
    EXPECT_EQ(count_of("PUT /upload/u1/2"), 3U);
    EXPECT_EQ(count_of("PUT /upload/u1/1"), 1U);
}

TEST_F(Uploading, EndsAfterTheAttemptsAllowedAndCanGoOnLater) {
    write("data.bin", some_content(1500));
    server().disturb([](const Request& request) -> std::optional<Response> {
        if (request.method != "PUT" || !request.target.ends_with("/2")) return std::nullopt;
        auto busy = failure(503, "busy");
        busy.headers = {{"Retry-After", "0"}};
        return busy;
    });
    const auto broken = api().upload(folder() / "data.bin", options());
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(count_of("PUT /upload/u1/2"), 3U);
    server().disturb({});
    const auto done = api().upload(folder() / "data.bin", options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(done->sent, 500U);
}

TEST_F(Uploading, FindsTheFileWhenTheLastAnswerWasLost) {
    const auto content = some_content(1500);
    write("data.bin", content);
    server().lose_answer_of("/complete");
    const auto done = api().upload(folder() / "data.bin", options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(server().stored(done->source), content);
    EXPECT_EQ(server().stored_files(), 1U);
}

TEST_F(Uploading, TellsOfAFileThatChangesWhileItIsSent) {
    write("data.bin", some_content(1500));
    server().disturb([this](const Request& request) -> std::optional<Response> {
        if (request.method == "POST" && request.target.ends_with("/upload"))
            write("data.bin", some_content(1500, 7));
        return std::nullopt;
    });
    const auto done = api().upload(folder() / "data.bin", options());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::Damaged);
    EXPECT_THAT(done.error().message, HasSubstr("changed while it was sent"));
    EXPECT_EQ(server().stored_files(), 0U);
}

TEST_F(Uploading, TellsOfAFileThatGetsShorterWhileItIsSent) {
    write("data.bin", some_content(1500));
    server().disturb([this](const Request& request) -> std::optional<Response> {
        if (request.method == "POST" && request.target.ends_with("/upload")) write("data.bin", "short");
        return std::nullopt;
    });
    const auto done = api().upload(folder() / "data.bin", options());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::Damaged);
    EXPECT_EQ(server().stored_files(), 0U);
}

TEST_F(Uploading, TellsOfAServerThatStoredSomethingElse) {
    write("data.bin", some_content(1500));
    server().disturb([](const Request& request) -> std::optional<Response> {
        if (request.target.find("/complete") == std::string::npos) return std::nullopt;
        return fake::success(R"({"key": "uploads/file_1.bin", "size": 1500, "sha256": "00"})");
    });
    const auto done = api().upload(folder() / "data.bin", options());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::Damaged);
}

TEST_F(Uploading, IsCancelledBetweenBytesAndGoesOnLater) {
    write("data.bin", some_content(2500));
    auto cancelling = options();
    bool stop = false;
    cancelling.progress = [&stop](const Progress& now) {
        if (now.phase == Progress::Phase::Sending && now.bytes > 1000) stop = true;  // in the second part
    };
    cancelling.is_cancelled = [&stop] { return stop; };
    const auto cancelled = api().upload(folder() / "data.bin", cancelling);
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().kind, ErrorKind::Cancelled);
    const auto done = api().upload(folder() / "data.bin", options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_LE(done->sent, 1500U);
}

TEST_F(Uploading, TellsItsProgressOverTheWholeFile) {
    write("data.bin", some_content(2500));
    std::vector<Progress> told;
    auto watching = options();
    watching.progress = [&told](const Progress& now) { told.push_back(now); };
    ASSERT_TRUE(api().upload(folder() / "data.bin", watching));
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told.front().phase, Progress::Phase::Reading);
    EXPECT_EQ(told.back().phase, Progress::Phase::Waiting);
    std::uint64_t sent = 0;
    for (const auto& now : told) {
        EXPECT_EQ(now.total, 2500U);
        if (now.phase != Progress::Phase::Sending) continue;
        EXPECT_GE(now.bytes, sent);
        sent = now.bytes;
    }
    EXPECT_EQ(sent, 2500U);
}

TEST_F(Uploading, RefusesWhatIsNoFileWithoutARequest) {
    for (const auto& path : {folder() / "missing", folder() / "."}) {
        const auto done = api().upload(path, options());
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().kind, ErrorKind::LocalFile);
        EXPECT_THAT(done.error().message, HasSubstr(path));
    }
    EXPECT_TRUE(server().requests().empty());
}

TEST_F(Uploading, LeavesNothingOfTheTokenInItsState) {
    write("data.bin", some_content(2500));
    break_at_part("2");
    ASSERT_FALSE(api().upload(folder() / "data.bin", options()));
    std::size_t states = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder() / "state")) {
        ++states;
        EXPECT_THAT(read(entry.path()), Not(HasSubstr(kDigits)));
        EXPECT_THAT(entry.path().string(), Not(HasSubstr(kDigits)));
    }
    EXPECT_EQ(states, 1U);
}

TEST_F(Uploading, SaysWhatIsStoredUnderASource) {
    server().store("uploads/a b&c.bin", "content");
    const auto file = api().stored_file("uploads/a b&c.bin");
    ASSERT_TRUE(file) << file.error();
    EXPECT_EQ(file->size, 7U);
    EXPECT_EQ(file->sha256, sha256_hex("content"));
    const auto none = api().stored_file("uploads/none");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().kind, ErrorKind::NotFound);
}

}  // namespace
