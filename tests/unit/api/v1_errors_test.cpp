#include "api/v1/errors.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <regex>

#include "api_installation.hpp"
#include "service/save_graph.hpp"

namespace cript::api::v1 {
namespace {

using api::test::read_answer;
using base::ErrorKind;

constexpr auto kUuid = "00000000-0000-4000-8000-000000000001";

base::Error error_of(ErrorKind kind, std::string_view code, const std::string& message,
                     const std::string& pointer = "") {
    return {kind, message, {{pointer, message, std::string(code), ""}}};
}

std::string sentence(const base::Error& error) {
    return read_answer(failure(error)).error();
}

/// What SDK 2.4.0 does with a "duplicate item": it takes each {…}, turns ' into ", and reads that as JSON.
std::string name_as_the_sdk_reads_it(const std::string& text) {
    static const std::regex kGroup(R"(\{([\s\S]*?)\})");
    std::smatch found;
    RC_ASSERT(std::regex_search(text, found, kGroup));
    std::string group = found[0];
    std::replace(group.begin(), group.end(), '\'', '"');
    const auto document = base::JsonDocument::parse(group);
    RC_ASSERT(document.has_value());
    return std::string(std::string_view(document->root()["name"]));
}

// The exact forms of protocol v1 that clients take apart.

TEST(V1Sentence, OfAnUnknownUuidEndsWithTheWordProvided) {
    const auto text = sentence(error_of(ErrorKind::InvalidInput, service::kUnknownUuid,
                                        std::string("Bad uuid: ") + kUuid + " provided", "/material/0"));
    EXPECT_EQ(text, std::string("Bad uuid: ") + kUuid + " provided");
    EXPECT_EQ(text.substr(10, text.size() - 19), kUuid) << "the cut that SDK 2.4.0 makes";
}

TEST(V1Sentence, OfADuplicateUuidHasNoPath) {
    EXPECT_EQ(sentence(error_of(ErrorKind::Conflict, service::kDuplicateUuid,
                                std::string("Duplicate uuid: ") + kUuid + " provided", "/material/0")),
              std::string("Duplicate uuid: ") + kUuid + " provided");
}

TEST(V1Sentence, OfATakenProjectNameIsADuplicateItem) {
    EXPECT_EQ(sentence(error_of(ErrorKind::Conflict, service::kProjectNameTaken,
                                "Project name already in use: my project", "/name")),
              "duplicate item [{'name': 'my project'}] for Project");
}

TEST(V1Sentence, OfARenameToATakenNameIsAnother) {
    EXPECT_EQ(sentence(error_of(ErrorKind::Conflict, service::kProjectNameInUse,
                                "Project name already in use: X", "/name")),
              "Project name already in use: X");
}

TEST(V1Sentence, OfAnythingElseEndsWithThePath) {
    EXPECT_EQ(sentence(error_of(ErrorKind::InvalidInput, "required", "'name' is a required property", "")),
              "'name' is a required property at path: /");
    EXPECT_EQ(sentence(error_of(ErrorKind::InvalidInput, "too_short", "too short", "/collection/0/name")),
              "too short at path: /collection/0/name");
}

TEST(V1Sentence, WithoutProblemsIsTheMessage) {
    EXPECT_EQ(sentence({ErrorKind::Unavailable, "the disk is full", {}}), "the disk is full");
}

TEST(V1Sentence, OfNothingFoundIsTheOneThatTheSdkCompares) {
    EXPECT_EQ(
        sentence({ErrorKind::NotFound, "there is no such node", {}}),
        "The requested URL was not found on the server. If you entered the URL manually please check your "
        "spelling and try again.");
}

TEST(V1Sentence, OfAnOldRevisionIsAnsweredAsAFailedPrecondition) {
    const auto answer = read_answer(failure(error_of(ErrorKind::Conflict, service::kRevisionDiffers,
                                                     "the node is at revision 409 by now, you have seen 4")));
    EXPECT_EQ(answer.status(), 412U);
    EXPECT_EQ(std::int64_t(answer.at("/code")), 412);
    EXPECT_EQ(answer.error(), "the node is at revision 409 by now, you have seen 4");
}

TEST(V1QuotedName, EscapesWhatWouldBreakTheQuotation) {
    EXPECT_EQ(quoted_name("it's"), R"(it\u0027s)");
    EXPECT_EQ(quoted_name(R"(a"b{c}d\e)"), R"(a\u0022b\u007bc\u007dd\u005ce)");
    EXPECT_EQ(quoted_name(std::string("\n\t\x01", 3)), R"(\u000a\u0009\u0001)");
    EXPECT_EQ(quoted_name("Ünïcode 日本"), "Ünïcode 日本");
}

RC_GTEST_PROP(V1QuotedName, IsReadBackByTheSdkWhateverTheName, ()) {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "a", "'", "\"", "\\", "{", "}", "}]", "\n", "\x01", "é", "日", " ", "u0027", "': '", "/"));
    std::string name;
    for (const auto& piece : pieces) name.append(piece);
    const auto text = sentence(error_of(ErrorKind::Conflict, service::kProjectNameTaken,
                                        "Project name already in use: " + name, "/name"));
    RC_ASSERT(text.starts_with("duplicate item [{'name':"));
    RC_ASSERT(name_as_the_sdk_reads_it(text) == name);
}

}  // namespace
}  // namespace cript::api::v1
