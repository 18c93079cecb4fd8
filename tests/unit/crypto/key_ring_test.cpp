#include "crypto/key_ring.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "crypto/aead.hpp"
#include "fixture/temporary_folder.hpp"

namespace cript::crypto {
namespace {

using base::ErrorKind;

constexpr base::Timestamp kNow{1'800'000'000'000'000};

class KeyRingFile : public testing::Test {
  protected:
    KeyRingFile() { initialise(); }

    [[nodiscard]] std::string text() const {
        std::ostringstream out;
        out << std::ifstream(file_, std::ios::binary).rdbuf();
        return out.str();
    }
    void write(const std::string& text) const {
        std::ofstream(file_, std::ios::binary | std::ios::trunc) << text;
        std::filesystem::permissions(
            file_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    [[nodiscard]] static std::string line(int version, char digit) {
        const std::string key(64, digit);
        return "version " + std::to_string(version) + " made 2026-11-24T10:00:00.000000Z pepper " + key +
               " data " + key + " audit " + key + "\n";
    }
    [[nodiscard]] ErrorKind refusal() const {
        const auto ring = KeyRing::load(file_);
        EXPECT_FALSE(ring);
        return ring ? ErrorKind::Conflict : ring.error().kind;
    }

    const std::string heading_ = "opencript key ring 1\n";
    test::TemporaryFolder folder_;
    std::filesystem::path file_ = folder_ / "keyring";
};

TEST_F(KeyRingFile, IsMadeWithOneVersionThatIsActive) {
    const auto ring = KeyRing::create(file_, kNow);
    ASSERT_TRUE(ring);
    EXPECT_EQ(ring->versions().size(), 1U);
    EXPECT_EQ(ring->active().version, 1U);
    EXPECT_EQ(ring->find(1), &ring->active());
    EXPECT_EQ(ring->find(2), nullptr);
}

TEST_F(KeyRingFile, HasTheFormThatItsDescriptionSays) {
    ASSERT_TRUE(KeyRing::create(file_, kNow));
    const std::regex form(
        "opencript key ring 1\n"
        "version 1 made 2027-01-15T08:00:00\\.000000Z pepper [0-9a-f]{64} data [0-9a-f]{64} "
        "audit [0-9a-f]{64}\n");
    EXPECT_TRUE(std::regex_match(text(), form));
}

TEST_F(KeyRingFile, IsForItsOwnerOnly) {
    const auto mask = ::umask(0);
    ASSERT_TRUE(KeyRing::create(file_, kNow));
    ::umask(mask);
    struct stat status{};
    ASSERT_EQ(::stat(file_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777U, 0600U);
}

TEST_F(KeyRingFile, IsNeverOverwritten) {
    ASSERT_TRUE(KeyRing::create(file_, kNow));
    const auto before = text();
    const auto second = KeyRing::create(file_, kNow);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(text(), before);
}

TEST_F(KeyRingFile, IsTheOnlyFileThatMakingOneLeaves) {
    ASSERT_TRUE(KeyRing::create(file_, kNow));
    EXPECT_FALSE(KeyRing::create(file_, kNow));
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
        names.push_back(entry.path().filename());
    EXPECT_EQ(names, std::vector<std::string>{"keyring"});
}

TEST_F(KeyRingFile, ThatCouldNotBeWrittenToItsEndIsNotThere) {
    rlimit former{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &former), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit short_files{100, former.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &short_files), 0);
    const auto ring = KeyRing::create(file_, kNow);
    ::setrlimit(RLIMIT_FSIZE, &former);
    std::signal(SIGXFSZ, handler);
    ASSERT_FALSE(ring);
    EXPECT_EQ(ring.error().kind, ErrorKind::Unavailable);
    EXPECT_NE(ring.error().message.find("File too large"), std::string::npos) << ring.error().message;
    EXPECT_FALSE(std::filesystem::exists(file_));
    EXPECT_TRUE(KeyRing::create(file_, kNow)) << "the next start makes one";
}

TEST_F(KeyRingFile, InAFolderThatIsMissingCannotBeMade) {
    const auto ring = KeyRing::create(folder_ / "missing/keyring", kNow);
    ASSERT_FALSE(ring);
    EXPECT_EQ(ring.error().kind, ErrorKind::Unavailable);
    EXPECT_NE(ring.error().message.find("missing/keyring"), std::string::npos);
}

TEST_F(KeyRingFile, ReadAgainSignsAndOpensAsBefore) {
    const auto made = KeyRing::create(file_, kNow);
    const auto loaded = KeyRing::load(file_);
    ASSERT_TRUE(made && loaded);
    const auto message = base::as_bytes("message");
    EXPECT_EQ(made->active().pepper.sign(message), loaded->active().pepper.sign(message));
    EXPECT_EQ(made->active().audit.sign(message), loaded->active().audit.sign(message));
    const auto opened = open(loaded->active().data, "here", seal(made->active().data, "here", "text"));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->reveal(), "text");
}

TEST_F(KeyRingFile, HasThreeKeysThatDiffer) {
    const auto ring = KeyRing::create(file_, kNow);
    ASSERT_TRUE(ring);
    const auto message = base::as_bytes("message");
    EXPECT_NE(ring->active().pepper.sign(message), ring->active().audit.sign(message));
    EXPECT_NE(ring->active().pepper.sign(message), HmacKey(ring->active().data.bytes()).sign(message));
}

TEST_F(KeyRingFile, ThatIsMissingIsNotFound) {
    EXPECT_EQ(refusal(), ErrorKind::NotFound);
}

TEST_F(KeyRingFile, ThatOthersMayReadIsRefusedWithTheWayToMendIt) {
    ASSERT_TRUE(KeyRing::create(file_, kNow));
    for (const mode_t mode : {0644U, 0640U, 0604U, 0660U, 0601U}) {
        ASSERT_EQ(::chmod(file_.c_str(), mode), 0);
        const auto ring = KeyRing::load(file_);
        ASSERT_FALSE(ring) << mode;
        EXPECT_EQ(ring.error().kind, ErrorKind::Forbidden);
        EXPECT_NE(ring.error().message.find("chmod 600 " + file_.string()), std::string::npos);
    }
    ASSERT_EQ(::chmod(file_.c_str(), 0400), 0);
    EXPECT_TRUE(KeyRing::load(file_));
}

TEST_F(KeyRingFile, CutShortAnywhereIsDamaged) {
    ASSERT_TRUE(KeyRing::create(file_, kNow));
    const auto whole = text();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        write(whole.substr(0, size));
        ASSERT_EQ(refusal(), ErrorKind::InvalidInput) << "after " << size << " bytes";
    }
}

TEST_F(KeyRingFile, WithAnythingOutOfPlaceIsDamaged) {
    const auto good = line(1, 'a');
    const auto with = [&](const std::string& from, const std::string& to) {
        auto text = good;
        return text.replace(text.find(from), from.size(), to);
    };
    for (const auto& text : {
             "opencript key ring 2\n" + good,
             heading_ + with("version 1", "version 0"),
             heading_ + with("version 1", "version x"),
             heading_ + with("version 1", "version 99999999999"),
             heading_ + with("pepper", "peper"),
             heading_ + with("pepper a", "pepper g"),
             heading_ + with("pepper a", "pepper "),
             heading_ + with("data aa", "data aaaa"),
             heading_ + with("\n", " more\n"),
             heading_ + with("\n", "\n\n"),
             heading_ + good + "rubbish\n",
         }) {
        write(text);
        EXPECT_EQ(refusal(), ErrorKind::InvalidInput) << text;
    }
}

TEST_F(KeyRingFile, HasItsVersionsInAscendingOrderAndTheLastIsActive) {
    write(heading_ + line(1, 'a') + line(3, 'b') + line(4, 'c'));
    const auto ring = KeyRing::load(file_);
    ASSERT_TRUE(ring);
    EXPECT_EQ(ring->active().version, 4U);
    ASSERT_NE(ring->find(3), nullptr);
    EXPECT_EQ(ring->find(3)->data.bytes()[0], 0xbb);
    EXPECT_EQ(ring->find(2), nullptr);
}

TEST_F(KeyRingFile, WithVersionsOutOfOrderOrTwiceIsDamaged) {
    write(heading_ + line(2, 'a') + line(1, 'b'));
    EXPECT_EQ(refusal(), ErrorKind::InvalidInput);
    write(heading_ + line(1, 'a') + line(1, 'b'));
    EXPECT_EQ(refusal(), ErrorKind::InvalidInput);
}

TEST_F(KeyRingFile, HasACheckValueThatEveryOneOfItsKeysChanges) {
    const auto check_of = [&](char pepper, char data, char audit) {
        write(heading_ + "version 1 made 2026-11-24T10:00:00.000000Z pepper " + std::string(64, pepper) +
              " data " + std::string(64, data) + " audit " + std::string(64, audit) + "\n");
        const auto ring = KeyRing::load(file_);
        EXPECT_TRUE(ring);
        return KeyRing::check_value(ring->active());
    };
    std::set<Digest> values;
    for (const char pepper : {'a', 'b'}) {
        for (const char data : {'a', 'b'}) {
            for (const char audit : {'a', 'b'}) values.insert(check_of(pepper, data, audit));
        }
    }
    EXPECT_EQ(values.size(), 8U);
    EXPECT_EQ(check_of('a', 'b', 'a'), check_of('a', 'b', 'a'));
}

}  // namespace
}  // namespace cript::crypto
