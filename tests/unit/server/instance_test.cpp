#include "server/instance.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "fixture/temporary_folder.hpp"
#include "server/operator_commands.hpp"

namespace cript::server {
namespace {

using base::ErrorKind;
using testing::HasSubstr;

class InstanceTest : public testing::Test {
  protected:
    InstanceTest() {
        crypto::initialise();
        options_.data = folder_ / "data";
    }
    base::Result<std::unique_ptr<Instance>> open() { return Instance::open(options_); }
    base::Error refusal() {
        auto opened = open();
        EXPECT_FALSE(opened);
        return opened ? base::Error{} : opened.error();
    }
    static void add_account(Instance& instance) {
        Command command{"user add",
                        {{"name", "ada"}, {"email", "ada@example.org"}},
                        base::SecretText("correct horse battery 1")};
        const auto outcome = execute(instance.application(), command);
        ASSERT_EQ(outcome.exit, 0) << outcome.error;
    }
    std::string token() {
        auto opened = open();
        EXPECT_TRUE(opened) << opened.error().message;
        const auto outcome = execute((*opened)->application(), {"token show", {{"name", "ada"}}, {}});
        return std::string(outcome.output.reveal());
    }
    /// Makes the installation anew with an account in it.
    void populate() {
        auto opened = open();
        ASSERT_TRUE(opened) << opened.error().message;
        add_account(**opened);
    }

    cript::test::TemporaryFolder folder_;
    Options options_;
};

TEST_F(InstanceTest, MakesItsFolderForItsOwnerOnly) {
    ASSERT_TRUE(open());
    EXPECT_EQ(std::filesystem::status(options_.data).permissions(), std::filesystem::perms::owner_all);
    for (const auto& file : {options_.database_file(), options_.key_ring_file(), options_.lock_file()}) {
        EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms(0600)) << file;
    }
}

TEST_F(InstanceTest, HoldsItsFolderAlone) {
    const auto first = open();
    ASSERT_TRUE(first);
    const auto error = refusal();
    EXPECT_EQ(error.kind, ErrorKind::Conflict);
    EXPECT_THAT(error.message, HasSubstr(options_.data.string()));
}

TEST_F(InstanceTest, LetsItsFolderGoAtItsEnd) {
    ASSERT_TRUE(open());
    EXPECT_TRUE(open());
}

TEST_F(InstanceTest, ShowsTheSameTokenAfterARestart) {
    populate();
    const auto before = token();
    EXPECT_THAT(before, testing::MatchesRegex("Token [0-9a-f]{40}\n"));
    EXPECT_EQ(token(), before);
}

TEST_F(InstanceTest, RefusesToStartWithoutItsKeyRingOnceThereAreAccounts) {
    populate();
    std::filesystem::remove(options_.key_ring_file());
    const auto error = refusal();
    EXPECT_EQ(error.kind, ErrorKind::NotFound);
    EXPECT_THAT(error.message, HasSubstr(options_.key_ring_file().string()));
    EXPECT_THAT(error.message, HasSubstr("backup"));
    EXPECT_FALSE(std::filesystem::exists(options_.key_ring_file())) << "and makes no other";
}

TEST_F(InstanceTest, RefusesTheKeyRingOfAnotherInstallation) {
    populate();
    const auto keys = options_.key_ring_file();
    std::filesystem::rename(keys, folder_ / "kept");
    ASSERT_TRUE(crypto::KeyRing::create(keys, {}));
    EXPECT_EQ(refusal().kind, ErrorKind::Conflict);
    std::filesystem::rename(folder_ / "kept", keys);
    EXPECT_TRUE(open());
}

TEST_F(InstanceTest, StartsWithANewKeyRingWhileThereAreNoAccounts) {
    ASSERT_TRUE(open());
    std::filesystem::remove(options_.key_ring_file());
    ASSERT_TRUE(open()) << "nothing is sealed yet that the lost ring would be needed for";
    populate();
    EXPECT_FALSE(token().empty());
}

TEST_F(InstanceTest, RefusesAKeyRingThatOthersMayRead) {
    populate();
    std::filesystem::permissions(options_.key_ring_file(), std::filesystem::perms(0644));
    EXPECT_EQ(refusal().kind, ErrorKind::Forbidden);
}

TEST_F(InstanceTest, RefusesADamagedKeyRing) {
    populate();
    std::ofstream(options_.key_ring_file(), std::ios::trunc) << "opencript key ring 1\n";
    EXPECT_EQ(refusal().kind, ErrorKind::InvalidInput);
}

TEST_F(InstanceTest, TakesAKeyRingThatGotAnotherVersion) {
    populate();
    const auto before = token();
    std::ofstream(options_.key_ring_file(), std::ios::app)
        << "version 2 made 2026-11-24T10:00:00.000000Z pepper " << std::string(64, 'a') << " data "
        << std::string(64, 'b') << " audit " << std::string(64, 'c') << "\n";
    EXPECT_EQ(token(), before);
}

TEST_F(InstanceTest, SaysWhyItsFolderCannotBeUsed) {
    std::ofstream(folder_ / "file") << "x";
    options_.data = folder_ / "file";
    const auto error = refusal();
    EXPECT_EQ(error.kind, ErrorKind::Unavailable);
    EXPECT_THAT(error.message, HasSubstr(options_.data.string()));
}

}  // namespace
}  // namespace cript::server
