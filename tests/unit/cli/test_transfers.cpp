#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "cli/file_name.hpp"
#include "cript/json.hpp"
#include "cript_run.hpp"
#include "fake/file_server.hpp"

namespace cript::cli {
namespace {

using fake::failure;
using fake::Request;
using fake::Response;
using fake::success;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kFile = "11111111-1111-4111-8111-111111111101";
constexpr const char* kData = "22222222-1111-4111-8111-111111111101";

std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

class FileCommands : public testing::Test {
  protected:
    FileCommands() { std::ofstream(folder_ / "run 1.csv") << "1,2,3\n"; }

    Ran run(const std::vector<std::string>& arguments) {
        auto variables = signed_in_at(server_.host());
        variables["XDG_STATE_HOME"] = folder_ / "state";
        return cript(arguments, variables);
    }
    /// The server also knows a File and a Data node, and takes a PATCH of the latter.
    void know_nodes(const std::string& file) {
        server_.disturb([file](const Request& request) -> std::optional<Response> {
            if (request.target.ends_with(std::string("/file/") + kFile + "/"))
                return success("[" + file + "]");
            if (request.target.find("/file/") != std::string::npos && request.target.ends_with("/"))
                return failure(404, "not found");
            if (request.target.find("/data/") == std::string::npos) return std::nullopt;
            if (request.method == "GET") return success(R"([{"node": ["Data"], "file": [)" + file + "]}]");
            return success(R"({"result": [], "count": 0})");
        });
    }

    const Folder folder_;
    fake::FileServer server_;
};

TEST_F(FileCommands, UploadStoresAFileAndSaysItsSource) {
    const auto ran = run({"upload", folder_ / "run 1.csv"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("source of a File node: uploads/file_1.bin"));
    EXPECT_EQ(server_.stored("uploads/file_1.bin"), "1,2,3\n");
}

TEST_F(FileCommands, UploadAnswersInJson) {
    const auto ran = run({"upload", "--json", folder_ / "run 1.csv"});
    ASSERT_EQ(ran.status, 0) << ran.out;
    const auto json = Json::parse(ran.out);
    ASSERT_TRUE(json) << ran.out;
    const auto& file = (*json->find("files")->if_array())[0];
    EXPECT_EQ(file.text_of("source"), "uploads/file_1.bin");
    EXPECT_EQ(file.find("sent")->as_integer(), 6);
    EXPECT_EQ(file.text_of("sha256"), fake::sha256_hex("1,2,3\n"));
}

TEST_F(FileCommands, UploadAttachesAFileToADataNode) {
    know_nodes("{}");
    const auto ran = run({"upload", folder_ / "run 1.csv", "--data", kData, "--type", "calibration"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("attached as File "));
    const auto requests = server_.requests();
    EXPECT_THAT(requests.at(1).target, HasSubstr(std::string("/data/") + kData + "/?dry_run=true"));
    EXPECT_EQ(requests.back().target, std::string("/api/v1/data/") + kData + "/");
    const auto sent = Json::parse(requests.back().body);
    const auto& file = (*sent->find("file")->if_array())[0];
    EXPECT_EQ(file.text_of("source"), "uploads/file_1.bin");
    EXPECT_EQ(file.text_of("name"), "run 1.csv");
    EXPECT_EQ(file.text_of("extension"), ".csv");
    EXPECT_EQ(file.text_of("type"), "calibration");
}

TEST_F(FileCommands, UploadSendsNothingWhenTheDataNodeIsNotTheirs) {
    server_.disturb([](const Request& request) -> std::optional<Response> {
        if (request.method == "PATCH") return failure(403, "you may read this data, not change it");
        if (request.target.find("/data/") != std::string::npos) return success(R"([{"node": ["Data"]}])");
        return std::nullopt;
    });
    const auto ran = run({"upload", folder_ / "run 1.csv", "--data", kData});
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(server_.requests().size(), 2U);
}

TEST_F(FileCommands, UploadEndsWith5ForAFileThatIsNotThereAndSendsNoOther) {
    const auto ran = run({"upload", folder_ / "run 1.csv", folder_ / "missing"});
    EXPECT_EQ(ran.status, 5);
    EXPECT_THAT(ran.err, HasSubstr("missing: No such file"));
    EXPECT_TRUE(server_.requests().empty());
}

TEST_F(FileCommands, UploadSaysHowToGoOnWhenTheServerIsGone) {
    server_.disturb([](const Request& request) -> std::optional<Response> {
        if (request.method == "PUT") return failure(500, "the disk is full");
        return std::nullopt;
    });
    const auto ran = run({"upload", folder_ / "run 1.csv"});
    EXPECT_EQ(ran.status, 4);
    EXPECT_THAT(ran.err, HasSubstr("the same command again goes on where it stopped"));
}

TEST_F(FileCommands, DownloadWritesAFileUnderItsName) {
    know_nodes(std::string(R"({"node": ["File"], "uuid": ")") + kFile +
               R"(", "source": "uploads/a.csv", "name": "run", "extension": ".csv"})");
    server_.set_content(kFile, "1,2,3\n");
    const auto ran = run({"download", kFile, "-o", folder_ / "."});
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(content(folder_ / "run.csv"), "1,2,3\n");
}

TEST_F(FileCommands, DownloadReplacesAFileOnlyByForce) {
    know_nodes(std::string(R"({"node": ["File"], "uuid": ")") + kFile + R"(", "source": "uploads/a.csv"})");
    server_.set_content(kFile, "new");
    const auto target = folder_ / "run 1.csv";
    const auto refused = run({"download", kFile, "-o", target});
    EXPECT_EQ(refused.status, 5);
    EXPECT_THAT(refused.err, HasSubstr("--force"));
    EXPECT_EQ(content(target), "1,2,3\n");
    EXPECT_EQ(run({"download", kFile, "-o", target, "--force"}).status, 0);
    EXPECT_EQ(content(target), "new");
}

TEST_F(FileCommands, DownloadWritesToStandardOutputAndNothingElseThere) {
    know_nodes(std::string(R"({"node": ["File"], "uuid": ")") + kFile + R"(", "source": "uploads/a.csv"})");
    server_.set_content(kFile, "1,2,3\n");
    const auto ran = run({"download", kFile, "-o", "-"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.out, "1,2,3\n");
    EXPECT_EQ(run({"download", kFile, "-o", "-", "--json"}).status, 2);
}

TEST_F(FileCommands, DownloadFetchesTheFilesOfADataNode) {
    know_nodes(std::string(R"({"node": ["File"], "uuid": ")") + kFile +
               R"(", "source": "uploads/a.csv", "name": "of data.csv"})");
    server_.set_content(kFile, "1,2,3\n");
    const auto ran = run({"download", kData, "-o", folder_ / ".", "--json"});
    ASSERT_EQ(ran.status, 0) << ran.out;
    EXPECT_EQ(content(folder_ / "of data.csv"), "1,2,3\n");
}

TEST_F(FileCommands, DownloadRefusesAFileWhoseUuidIsAPath) {
    const auto file = [](const std::string& uuid) {
        return R"({"node": ["File"], "source": "uploads/a.csv", "name": "run.csv", "uuid": ")" + uuid +
               R"("})";
    };
    std::filesystem::create_directory(folder_ / "into");
    for (const auto& uuid : {folder_ / "elsewhere", std::string("../elsewhere"), std::string()}) {
        know_nodes(file(kFile) + ", " + file(uuid));
        server_.set_content(kFile, "1,2,3\n");
        const auto ran = run({"download", kData, "-o", folder_ / "into"});
        EXPECT_EQ(ran.status, 4) << uuid;
        EXPECT_THAT(ran.err, HasSubstr("is not a uuid"));
        EXPECT_TRUE(std::filesystem::is_empty(folder_ / "into")) << "nothing of such an answer is fetched";
    }
}

TEST_F(FileCommands, DownloadLeavesAPartAloneThatIsNotItsOwn) {
    know_nodes(std::string(R"({"node": ["File"], "uuid": ")") + kFile + R"(", "source": "uploads/a.csv"})");
    server_.set_content(kFile, "new");
    std::ofstream(folder_ / "keep.part") << "mine";
    const auto refused = run({"download", kFile, "-o", folder_ / "keep"});
    EXPECT_EQ(refused.status, 5);
    EXPECT_THAT(refused.err, HasSubstr("keep.part"));
    EXPECT_THAT(refused.err, HasSubstr("--force"));
    EXPECT_EQ(content(folder_ / "keep.part"), "mine");
    EXPECT_EQ(run({"download", kFile, "-o", folder_ / "keep", "--force"}).status, 0);
    EXPECT_EQ(content(folder_ / "keep"), "new");
}

TEST_F(FileCommands, LetNothingOfTheServerSteerTheTerminal) {
    constexpr const char* kSteering = R"(\u001b]0;owned\u0007\u009b2J\u007f)";
    const auto expect_plain = [](const std::string& told) {
        for (const auto* steering : {"\x1b", "\x07", "\x7f", "\xc2\x9b"})
            EXPECT_THAT(told, Not(HasSubstr(steering)));
    };
    know_nodes(std::string(R"({"node": ["File"], "uuid": ")") + kFile +
               R"(", "source": "https://example.org/)" + kSteering + R"("})");
    const auto warned = run({"download", kFile});
    EXPECT_THAT(warned.err, HasSubstr("]0;owned"));
    expect_plain(warned.err);
    server_.disturb([&](const Request&) { return failure(403, kSteering); });
    const auto refused = run({"download", kFile});
    EXPECT_THAT(refused.err, HasSubstr("]0;owned"));
    expect_plain(refused.err);
    server_.disturb([&](const Request&) {
        return success(std::string(R"({"count": 1, "result": [{"revision": 1, "updated_at": "now)") +
                       kSteering + R"("}]})");
    });
    const auto said = run({"history", "data", kData});
    EXPECT_THAT(said.out, HasSubstr("]0;owned"));
    expect_plain(said.out);
}

TEST_F(FileCommands, DownloadTellsOfAContentThatIsElsewhere) {
    know_nodes(std::string(R"({"node": ["File"], "uuid": ")") + kFile +
               R"(", "source": "https://example.org/a.csv"})");
    const auto ran = run({"download", kFile});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("https://example.org/a.csv"));
}

TEST(TextOnATerminal, IsColouredByThisProgramAlone) {
    const auto painted = Paint(true)(Style::Red, "ä") + " b";
    EXPECT_EQ(Paint(true).shown(painted), painted);
    EXPECT_EQ(Paint(true).shown(painted + "\033[8mhidden\033[2J\xff"),
              painted + "\uFFFD[8mhidden\uFFFD[2J\uFFFD");
    EXPECT_EQ(Paint(false).shown(painted), "\uFFFD[1;31mä\uFFFD[0m b");
}

std::string name_of(const char* file) {
    return file_name_of(*Json::parse(file));
}

TEST(NameOfADownload, IsThatOfTheNodeOrOfItsSource) {
    EXPECT_EQ(name_of(R"({"name": "run", "extension": ".csv"})"), "run.csv");
    EXPECT_EQ(name_of(R"({"name": "run.csv", "extension": ".csv"})"), "run.csv");
    EXPECT_EQ(name_of(R"({"source": "uploads/run_11111111-1111-4111-8111-111111111101.csv"})"), "run.csv");
    EXPECT_EQ(name_of(R"({"source": "uploads/run_11111111-1111-4111-8111-111111111101"})"), "run");
    EXPECT_EQ(name_of(R"({"source": "old/key.csv"})"), "key.csv");
}

TEST(NameOfADownload, NeverLeavesTheFolderNorHides) {
    EXPECT_EQ(name_of(R"({"name": "../../etc/passwd"})"), "file.._.._etc_passwd");
    EXPECT_EQ(name_of(R"({"name": ".bashrc"})"), "file.bashrc");
    EXPECT_EQ(name_of(R"({"name": "-rf"})"), "_-rf");
    EXPECT_EQ(name_of(R"({"name": "a\nb"})"), "a_b");
    EXPECT_EQ(name_of(R"({"name": "a\u001b\u007f\u009bb\u00e4"})"), "a___b\u00e4");
    EXPECT_EQ(name_of(R"({})"), "file");
    EXPECT_EQ(name_of(R"({"source": "uploads/.."})"), "file..");
}

TEST(NameOfADownload, IsCutBetweenCharacters) {
    std::string name = "x";
    for (int at = 0; at < 150; ++at) name += "\u00e4";
    const auto cut = file_name_of(Json::object().set("name", name + "x"));
    EXPECT_LE(cut.size(), 200U);
    EXPECT_TRUE(cut.starts_with("\u00e4")) << cut;
}

}  // namespace
}  // namespace cript::cli
