#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "cript/json.hpp"
#include "cript_run.hpp"
#include "fake/file_server.hpp"

namespace cript::cli {
namespace {

using fake::failure;
using fake::Request;
using fake::Response;
using fake::success;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class PushedFiles : public testing::Test {
  protected:
    PushedFiles() {
        std::filesystem::create_directory(folder_ / "data");
        std::ofstream(folder_ / "data/run1.csv") << "1,2,3\n";
        server_.disturb([this](const Request& request) { return answer(request); });
    }

    /// A project whose Data has files of these sources.
    void write_project(const std::vector<std::string>& sources) {
        std::string files;
        for (const auto& source : sources)
            files += (files.empty() ? "" : ",\n") +
                     (R"({"node": ["File"], "type": "data", "source": ")" + source + R"("})");
        std::ofstream(folder_ / "demo.json")
            << R"({"node": ["Project"], "name": "demo", "collection": [{"node": ["Collection"], "name": "c",
  "experiment": [{"node": ["Experiment"], "name": "e", "data": [{"node": ["Data"], "name": "d", "type": "nmr_h1",
  "file": [)"
            << files << "]}]}]}]}";
    }
    Ran push(std::vector<std::string> options = {}) {
        auto variables = signed_in_at(server_.host());
        variables["XDG_STATE_HOME"] = folder_ / "state";
        std::vector<std::string> arguments{"push", folder_ / "demo.json"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return cript(arguments, variables);
    }
    [[nodiscard]] std::vector<std::string> sources_saved() const {
        std::vector<std::string> sources;
        const auto* files = &saved_;
        for (const auto* field : {"collection", "experiment", "data", "file"}) {
            files = files->find(field);
            if (field != std::string("file")) files = &(*files->if_array())[0];
        }
        for (const auto& file : *files->if_array()) sources.emplace_back(file.text_of("source"));
        return sources;
    }
    [[nodiscard]] std::string project_text() const {
        std::ifstream file(folder_ / "demo.json");
        return {std::istreambuf_iterator<char>(file), {}};
    }

    const Folder folder_;
    fake::FileServer server_;
    Json saved_;
    std::string dry_run_ = R"({"dry_run": true, "created": 5, "changed": 0, "unchanged": 0, "nodes": []})";
    std::string dry_run_warnings_ = "[]";
    std::string dry_run_errors_;
    std::string former_source_;
    bool takes_files_ = true;

  private:
    std::optional<Response> answer(const Request& request) {
        if (request.target.find("/project/") != std::string::npos) {
            if (request.target.find("dry_run") == std::string::npos) {
                saved_ = *Json::parse(request.body);
                auto response = success(R"({"result": [)" + request.body + R"(], "count": 1})");
                response.headers = {{"ETag", "\"r1\""}};
                return response;
            }
            if (!dry_run_errors_.empty()) return failure(400, "wrong", dry_run_errors_);
            return Response{200, R"({"code": 200, "data": )" + dry_run_ + R"(, "error": null, "warnings": )" +
                                     dry_run_warnings_ + "}"};
        }
        if (request.method == "PUT" && !takes_files_) return failure(403, "no files of yours");
        if (request.target.starts_with("/api/v1/file/")) {
            if (former_source_.empty()) return failure(404, "not found");
            return success(R"([{"node": ["File"], "source": ")" + former_source_ + R"("}])");
        }
        return std::nullopt;
    }
};

constexpr const char* kPointer = "/collection/0/experiment/0/data/0/file/";

TEST_F(PushedFiles, AreUploadedAndTheirSourcesReplacedInWhatIsSent) {
    write_project({"data/run1.csv", "https://example.org/x.csv", "data/run1.csv"});
    const auto before = project_text();
    const auto ran = push();
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(sources_saved(),
                ElementsAre("uploads/file_1.bin", "https://example.org/x.csv", "uploads/file_1.bin"));
    EXPECT_EQ(server_.stored_files(), 1U) << "a file that two nodes name is sent once";
    EXPECT_THAT(ran.out, HasSubstr("1 file uploaded"));
    EXPECT_EQ(project_text(), before);
}

TEST_F(PushedFiles, AreWrittenIntoTheProjectFileOnRequestOnly) {
    write_project({"data/run1.csv"});
    ASSERT_EQ(push({"--write-sources"}).status, 0);
    EXPECT_THAT(project_text(), AllOf(HasSubstr(R"("source": "uploads/file_1.bin"})"),
                                      Not(HasSubstr("run1.csv")), HasSubstr("\n  \"experiment\": [")));
}

TEST_F(PushedFiles, AreWrittenThroughALinkIntoAFileThatKeepsItsMode) {
    namespace fs = std::filesystem;
    write_project({"data/run1.csv"});
    fs::rename(folder_ / "demo.json", folder_ / "data/real.json");
    fs::create_symlink("data/real.json", folder_ / "demo.json");
    const auto only_the_owner = fs::perms::owner_read | fs::perms::owner_write;
    fs::permissions(folder_ / "data/real.json", only_the_owner);
    ASSERT_EQ(push({"--write-sources"}).status, 0);
    EXPECT_TRUE(fs::is_symlink(folder_ / "demo.json"));
    EXPECT_THAT(project_text(), HasSubstr("uploads/file_1.bin"));
    EXPECT_EQ(fs::status(folder_ / "data/real.json").permissions(), only_the_owner);
}

TEST_F(PushedFiles, AreNamedBeforeTheyAreSent) {
    write_project({"./data/run1.csv"});
    takes_files_ = false;
    const auto ran = push();
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(ran.out, "\u2191 ./data/run1.csv 6 B\n");
}

TEST_F(PushedFiles, AreNotSentWhenTheNodeHasThatContentAlready) {
    write_project({"data/run1.csv"});
    server_.store("uploads/of-before.csv", "1,2,3\n");
    former_source_ = "uploads/of-before.csv";
    ASSERT_EQ(push().status, 0);
    EXPECT_THAT(sources_saved(), ElementsAre("uploads/of-before.csv"));
    EXPECT_EQ(server_.stored_files(), 1U);
}

TEST_F(PushedFiles, AreSentWhenTheirContentChanged) {
    write_project({"data/run1.csv"});
    server_.store("uploads/of-before.csv", "3,2,1\n");
    former_source_ = "uploads/of-before.csv";
    ASSERT_EQ(push().status, 0);
    EXPECT_THAT(sources_saved(), ElementsAre("uploads/file_1.bin"));
}

TEST_F(PushedFiles, AreListedByADryRunWithTheirSize) {
    write_project({"data/run1.csv"});
    dry_run_warnings_ = std::string(R"([{"pointer": ")") + kPointer +
                        R"(0/source", "code": "no_stored_file", "message": "no file is stored"}])";
    dry_run_ = std::string(R"({"dry_run": true, "created": 1, "changed": 0, "unchanged": 0, "nodes": [
        {"uuid": "u", "node": "Data", "pointer": "/collection/0/experiment/0/data/0", "change": "created", "fields": []}]})");
    const auto ran = push({"--dry-run"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("↑ data/run1.csv 6 B\n1 file would be uploaded, 6 B.\n"));
    EXPECT_THAT(ran.out, HasSubstr("/collection/0/experiment/0/data/0 'd'"));
    EXPECT_THAT(ran.err, Not(HasSubstr("no file is stored")));
    EXPECT_EQ(server_.stored_files(), 0U);
    const auto json = Json::parse(push({"--dry-run", "--json"}).out);
    ASSERT_TRUE(json);
    const auto& file = (*json->find("files")->if_array())[0];
    EXPECT_EQ(file.find("size")->as_integer(), 6);
    EXPECT_EQ(file.find("stored")->as_bool(), false);
}

TEST_F(PushedFiles, ThatAreMissingAreProblemsWithTheirPlaceAndNothingIsSent) {
    write_project({"data/run1.csv", "data/run2.csv"});
    dry_run_warnings_ = std::string(R"([{"pointer": ")") + kPointer +
                        R"(1/source", "code": "no_stored_file", "message": "no file is stored"}])";
    const auto ran = push();
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("there is no file 'data/run2.csv' beside the project file"));
    EXPECT_THAT(ran.err, HasSubstr(std::string("at ") + kPointer + "1/source"));
    EXPECT_THAT(ran.err, HasSubstr("nothing was stored"));
    EXPECT_EQ(server_.stored_files(), 0U);
    EXPECT_TRUE(saved_.is_null());
}

TEST_F(PushedFiles, ThatAreMissingAreToldTogetherWithAllOtherProblemsInOrder) {
    write_project({"data/run2.csv"});
    dry_run_errors_ = std::string(R"([{"pointer": "/name", "code": "x", "message": "the name is bad"},
        {"pointer": ")") +
                      kPointer + R"(0/type", "code": "x", "message": "the type is bad"}])";
    const auto ran = push({"--json"});
    EXPECT_EQ(ran.status, 1);
    const auto report = Json::parse(ran.out);
    ASSERT_TRUE(report) << ran.out;
    std::vector<std::string> pointers;
    for (const auto& problem : *report->find("error")->find("problems")->if_array())
        pointers.emplace_back(problem.text_of("pointer"));
    EXPECT_THAT(pointers,
                ElementsAre("/name", std::string(kPointer) + "0/type", std::string(kPointer) + "0/source"));
}

TEST_F(PushedFiles, KeepAKeyThatTheServerKnowsOrTheNodeHadBefore) {
    write_project({"uploads/of-before.csv"});
    ASSERT_EQ(push().status, 0);
    EXPECT_THAT(sources_saved(), ElementsAre("uploads/of-before.csv"));
}

TEST_F(PushedFiles, AreNeverTakenFromOutsideTheFolderOfTheProject) {
    const Folder other;
    std::ofstream(other / "secret") << "my key";
    std::filesystem::create_symlink(other / "secret", folder_ / "data/link.csv");
    for (const auto& source :
         {other / "secret", std::string("data/link.csv"), std::string("../../") + "etc/hostname"}) {
        write_project({source});
        dry_run_warnings_ = std::string(R"([{"pointer": ")") + kPointer +
                            R"(0/source", "code": "no_stored_file", "message": "no file is stored"}])";
        const auto ran = push();
        EXPECT_EQ(ran.status, 1) << source;
        EXPECT_TRUE(saved_.is_null());
    }
    EXPECT_EQ(server_.stored_files(), 0U);
    write_project({"data/link.csv"});
    EXPECT_THAT(push().err, HasSubstr("lies outside the folder of the project file"));
}

TEST_F(PushedFiles, AreNeverHiddenOnes) {
    namespace fs = std::filesystem;
    fs::create_directory(folder_ / ".ssh");
    std::ofstream(folder_ / ".ssh/id_ed25519") << "my key";
    std::ofstream(folder_ / "data/.netrc") << "my password";
    fs::create_symlink("../.ssh/id_ed25519", folder_ / "data/link.csv");
    for (const auto* source :
         {".ssh/id_ed25519", "data/.netrc", "data/../.ssh/id_ed25519", "data/link.csv"}) {
        write_project({source});
        dry_run_warnings_ = std::string(R"([{"pointer": ")") + kPointer +
                            R"(0/source", "code": "no_stored_file", "message": "no file is stored"}])";
        const auto ran = push();
        EXPECT_EQ(ran.status, 1) << source;
        EXPECT_THAT(ran.err, HasSubstr("hidden"));
        EXPECT_TRUE(saved_.is_null());
    }
    EXPECT_EQ(server_.stored_files(), 0U);
}

TEST_F(PushedFiles, MayLieBelowAHiddenFolderThatHoldsTheProjectToo) {
    std::filesystem::create_directory(folder_ / ".work");
    std::ofstream(folder_ / ".work/run.csv") << "1,2,3\n";
    write_project({"run.csv"});
    std::filesystem::rename(folder_ / "demo.json", folder_ / ".work/demo.json");
    auto variables = signed_in_at(server_.host());
    variables["XDG_STATE_HOME"] = folder_ / "state";
    EXPECT_EQ(cript({"push", folder_ / ".work/demo.json"}, variables).status, 0);
    EXPECT_EQ(server_.stored_files(), 1U);
}

TEST_F(PushedFiles, AreNotTakenAlongWithAProjectFromStandardInput) {
    write_project({"data/run1.csv"});
    dry_run_warnings_ = std::string(R"([{"pointer": ")") + kPointer +
                        R"(0/source", "code": "no_stored_file", "message": "no file is stored"}])";
    auto variables = signed_in_at(server_.host());
    variables["XDG_STATE_HOME"] = folder_ / "state";
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder_ / ".");
    const auto ran = cript({"push", "-"}, variables, project_text());
    std::filesystem::current_path(before);
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("save the project to a file"));
    EXPECT_EQ(server_.stored_files(), 0U);
    EXPECT_TRUE(saved_.is_null());
}

TEST_F(PushedFiles, HaveProblemsThatDoNotSteerTheTerminal) {
    write_project({"data/run1.csv"});
    dry_run_errors_ =
        R"([{"pointer": "/name", "code": "x", "message": "bad \u001b[2J\u009b", "suggestion": ""}])";
    const auto ran = push({"--dry-run"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("bad "), Not(HasSubstr("\x1b")), Not(HasSubstr("\xc2\x9b"))));
}

}  // namespace
}  // namespace cript::cli
