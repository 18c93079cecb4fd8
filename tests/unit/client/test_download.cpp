#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "cript/cript.hpp"
#include "fake/file_server.hpp"
#include "transfer_fixture.hpp"

namespace {

using namespace cript;
using fake::failure;
using fake::Request;
using fake::Response;
using fake::sha256_hex;
using testing::ElementsAre;

constexpr const char* kUuid = "11111111-1111-4111-8111-111111111101";
constexpr std::size_t kSize = 100'000;

/// For its lifetime the process has no folder for states.
class NoStateFolder {
  public:
    NoStateFolder() {
        for (auto& [name, value] : former_) {
            if (const char* now = std::getenv(name)) value = now;
            ::unsetenv(name);
        }
    }
    ~NoStateFolder() {
        for (const auto& [name, value] : former_) {
            if (value) ::setenv(name, value->c_str(), 1);
        }
    }
    NoStateFolder(const NoStateFolder&) = delete;
    NoStateFolder& operator=(const NoStateFolder&) = delete;

  private:
    std::vector<std::pair<const char*, std::optional<std::string>>> former_{{"XDG_STATE_HOME", {}},
                                                                            {"HOME", {}}};
};

class Downloading : public Transferring {
  protected:
    Downloading() { server().set_content(kUuid, content_); }

    DownloadOptions options() {
        DownloadOptions options;
        options.state_folder = folder() / "state";
        options.attempts = 3;
        return options;
    }
    /// What the server would say, but broken off after so many bytes.
    [[nodiscard]] Response cut(std::size_t offset, std::size_t after) const {
        Response response{200, content_, {}};
        response.headers = fake::content_headers(content_);
        if (offset > 0) {
            response.status = 206;
            response.body = content_.substr(offset);
            response.headers.emplace_back("Content-Range", "bytes " + std::to_string(offset) + "-" +
                                                               std::to_string(kSize - 1) + "/" +
                                                               std::to_string(kSize));
        }
        response.cut_after = after;
        return response;
    }
    void leave_half() {
        server().disturb([this](const Request& request) -> std::optional<Response> {
            if (request.header("Range").empty()) return cut(0, kSize / 2);
            return failure(500, "no more");
        });
        const auto broken = api().download(kUuid, target(), options());
        ASSERT_FALSE(broken);
        EXPECT_EQ(broken.error().kind, ErrorKind::Server);
        ASSERT_EQ(std::filesystem::file_size(target() + ".part"), kSize / 2);
        EXPECT_FALSE(std::filesystem::exists(target()));
        server().disturb({});
    }
    [[nodiscard]] std::string target() const { return folder() / "data.bin"; }
    [[nodiscard]] Request last_request() const { return server().requests().back(); }

    const std::string content_ = some_content(kSize);
};

TEST_F(Downloading, WritesTheFileOnceItsDigestIsRight) {
    const auto done = api().download(kUuid, target(), options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(done->size, kSize);
    EXPECT_EQ(done->received, kSize);
    EXPECT_EQ(done->sha256, sha256_hex(content_));
    EXPECT_EQ(read(target()), content_);
    EXPECT_FALSE(std::filesystem::exists(target() + ".part"));
    EXPECT_TRUE(std::filesystem::is_empty(folder() / "state"));
}

TEST_F(Downloading, FetchesAnEmptyFile) {
    server().set_content(kUuid, "");
    const auto done = api().download(kUuid, target(), options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(std::filesystem::file_size(target()), 0U);
}

TEST_F(Downloading, GoesOnWithinOneCallWhenTheConnectionBreaks) {
    std::size_t met = 0;
    server().disturb([&](const Request& request) -> std::optional<Response> {
        if (++met == 1) return cut(0, 30'000);
        if (met == 2) return cut(30'000, 20'000);
        EXPECT_THAT(request.header("Range"), ElementsAre("bytes=50000-"));
        return std::nullopt;
    });
    const auto done = api().download(kUuid, target(), options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(done->received, kSize);
    EXPECT_EQ(read(target()), content_);
}

TEST_F(Downloading, TriesAsLongAsSomethingArrives) {
    std::size_t met = 0;
    server().disturb([&](const Request&) -> std::optional<Response> {
        const auto offset = met * 10'000;
        return ++met < 10 ? std::optional(cut(offset, 10'000)) : std::nullopt;
    });
    EXPECT_TRUE(api().download(kUuid, target(), options()));
    EXPECT_EQ(met, 10U);
}

TEST_F(Downloading, WaitsForABusyServer) {
    int met = 0;
    server().disturb([&met](const Request&) -> std::optional<Response> {
        if (++met > 2) return std::nullopt;
        auto busy = failure(503, "busy");
        busy.headers = {{"Retry-After", "0"}};
        return busy;
    });
    EXPECT_TRUE(api().download(kUuid, target(), options()));
}

TEST_F(Downloading, GoesOnWithThePartThatAnEarlierCallLeft) {
    leave_half();
    const auto done = api().download(kUuid, target(), options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(done->received, kSize / 2);
    EXPECT_EQ(read(target()), content_);
    EXPECT_THAT(last_request().header("Range"), ElementsAre("bytes=50000-"));
    EXPECT_EQ(last_request().header("If-Match").size(), 1U);
}

TEST_F(Downloading, BeginsAnewWhenTheFileOnTheServerIsAnotherByNow) {
    leave_half();
    const auto other = some_content(70'000, 9);
    server().set_content(kUuid, other);
    const auto done = api().download(kUuid, target(), options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(done->received, other.size());
    EXPECT_EQ(read(target()), other);
}

TEST_F(Downloading, BeginsAnewWhenThePartOnDiskWasTamperedWith) {
    leave_half();
    write("data.bin.part", some_content(kSize / 2, 5));
    const auto done = api().download(kUuid, target(), options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(read(target()), content_);
}

TEST_F(Downloading, LeavesAPartAloneOfWhichNothingTellsWhatItIs) {
    leave_half();
    std::filesystem::remove_all(folder() / "state");
    const auto before = server().requests().size();
    const auto refused = api().download(kUuid, target(), options());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::LocalFile);
    EXPECT_EQ(server().requests().size(), before);
    EXPECT_EQ(read(target() + ".part"), content_.substr(0, kSize / 2));
    auto overwriting = options();
    overwriting.overwrite = true;
    const auto done = api().download(kUuid, target(), overwriting);
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(done->received, kSize);
    EXPECT_EQ(read(target()), content_);
}

TEST_F(Downloading, LeavesAPartAloneThatIsLongerThanTheContent) {
    leave_half();
    write("data.bin.part", content_ + "mine");
    const auto refused = api().download(kUuid, target(), options());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::LocalFile);
    EXPECT_EQ(read(target() + ".part"), content_ + "mine");
}

TEST_F(Downloading, FollowsNoLinkInPlaceOfThePart) {
    write("victim", "mine");
    auto overwriting = options();
    overwriting.overwrite = true;
    for (const auto* name : {"victim", "missing"}) {
        std::filesystem::create_symlink(folder() / name, target() + ".part");
        const auto refused = api().download(kUuid, target(), overwriting);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::LocalFile);
        EXPECT_EQ(read(folder() / "victim"), "mine");
        EXPECT_FALSE(std::filesystem::exists(folder() / "missing"));
        std::filesystem::remove(target() + ".part");
    }
}

TEST_F(Downloading, WritesAPartOfItsOwnWhereNoStateCanBeKept) {
    const NoStateFolder nowhere;
    write("data.bin.part", "mine");
    auto stateless = options();
    stateless.state_folder.clear();
    server().disturb([this](const Request& request) -> std::optional<Response> {
        if (request.header("Range").empty()) return cut(0, kSize / 2);
        return failure(500, "no more");
    });
    EXPECT_FALSE(api().download(kUuid, target(), stateless));
    const auto entries = [this] {
        const std::filesystem::directory_iterator all(folder() / ".");
        return std::distance(begin(all), end(all));
    };
    EXPECT_EQ(entries(), 1) << "nothing is left of what cannot be gone on with";
    server().disturb({});
    const auto done = api().download(kUuid, target(), stateless);
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(read(target()), content_);
    EXPECT_EQ(read(target() + ".part"), "mine");
    EXPECT_EQ(entries(), 2);
}

TEST_F(Downloading, AsksForNothingWhenThePartIsComplete) {
    leave_half();
    write("data.bin.part", content_);
    const auto before = server().requests().size();
    const auto done = api().download(kUuid, target(), options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(done->received, 0U);
    EXPECT_EQ(server().requests().size(), before);
    EXPECT_EQ(read(target()), content_);
}

TEST_F(Downloading, TakesAWholeAnswerWhereItAskedForTheRest) {
    leave_half();
    server().disturb([this](const Request&) -> std::optional<Response> { return cut(0, kSize); });
    const auto done = api().download(kUuid, target(), options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(read(target()), content_);
}

TEST_F(Downloading, RefusesAContentThatIsNotOfItsDigest) {
    server().disturb([this](const Request&) -> std::optional<Response> {
        auto response = cut(0, kSize);
        response.body[kSize / 2] = static_cast<char>(response.body[kSize / 2] + 1);
        return response;
    });
    const auto done = api().download(kUuid, target(), options());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::Damaged);
    EXPECT_FALSE(std::filesystem::exists(target()));
    server().disturb({});
    EXPECT_TRUE(api().download(kUuid, target(), options())) << "what is damaged is not gone on with";
    EXPECT_EQ(read(target()), content_);
}

TEST_F(Downloading, RefusesAnAnswerWithoutADigest) {
    server().disturb([this](const Request&) -> std::optional<Response> { return Response{200, content_}; });
    const auto done = api().download(kUuid, target(), options());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::NotCript);
    EXPECT_FALSE(std::filesystem::exists(target() + ".part"));
}

TEST_F(Downloading, LeavesAFileThatIsThereAlone) {
    write("data.bin", "mine");
    const auto refused = api().download(kUuid, target(), options());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::LocalFile);
    EXPECT_TRUE(server().requests().empty());
    EXPECT_EQ(read(target()), "mine");
    auto overwriting = options();
    overwriting.overwrite = true;
    EXPECT_TRUE(api().download(kUuid, target(), overwriting));
    EXPECT_EQ(read(target()), content_);
}

TEST_F(Downloading, TellsWhatThereIsNot) {
    const auto done = api().download("22222222-1111-4111-8111-111111111101", target(), options());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::NotFound);
    EXPECT_FALSE(std::filesystem::exists(target() + ".part"));
}

TEST_F(Downloading, IsCancelledAndGoesOnLater) {
    const auto large = some_content(8'000'000);
    server().set_content(kUuid, large);
    auto cancelling = options();
    cancelling.is_cancelled = [part = target() + ".part"] {
        std::error_code missing;
        return std::filesystem::file_size(part, missing) > 0 && !missing;
    };
    const auto cancelled = api().download(kUuid, target(), cancelling);
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().kind, ErrorKind::Cancelled);
    const auto done = api().download(kUuid, target(), options());
    ASSERT_TRUE(done) << done.error();
    EXPECT_LT(done->received, large.size());
    EXPECT_EQ(read(target()), large);
}

TEST_F(Downloading, GivesItsPiecesToAFunctionInOrder) {
    std::size_t met = 0;
    server().disturb([&](const Request&) -> std::optional<Response> {
        return ++met == 1 ? std::optional(cut(0, 30'000)) : std::nullopt;
    });
    std::string got;
    const auto done = api().download(kUuid, [&got](std::string_view piece) {
        got.append(piece);
        return true;
    });
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(got, content_);
}

TEST_F(Downloading, EndsWhenTheFunctionTakesNoMore) {
    const auto done = api().download(kUuid, [](std::string_view) { return false; });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::LocalFile);
}

}  // namespace
