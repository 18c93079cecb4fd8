#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "cript_run.hpp"

namespace cript::cli {
namespace {

const std::vector<std::string> kCommands{"whoami",   "token",  "push",   "pull",    "check",     "upload",
                                         "download", "search", "delete", "history", "completion"};

std::string content(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(std::string(CRIPT_SOURCE_DIR "/") + path).rdbuf();
    return text.str();
}

/// Every long option that the help of the program and of its commands names.
std::set<std::string> all_options() {
    std::string help = cript({"--help"}).out;
    for (const auto& command : kCommands) help += cript({command, "--help"}).out;
    std::set<std::string> options;
    const std::regex option("--[a-z-]+");
    for (std::sregex_iterator at(help.begin(), help.end(), option), end; at != end; ++at)
        options.insert(at->str());
    return options;
}

TEST(Documentation, NamesEveryCommand) {
    const auto man = content("docs/man/cript.1");
    const auto page = content("docs/reference/cli.md");
    for (const auto& command : kCommands) {
        EXPECT_THAT(cript({"--help"}).out, testing::HasSubstr(command));
        EXPECT_THAT(man, testing::HasSubstr("cript " + command));
        EXPECT_THAT(page, testing::HasSubstr("`cript " + command));
    }
}

TEST(Documentation, NamesEveryOption) {
    auto man = content("docs/man/cript.1");
    man = std::regex_replace(man, std::regex(R"(\\-)"), "-");
    const auto page = content("docs/reference/cli.md");
    const auto options = all_options();
    EXPECT_GE(options.size(), 9U);
    for (const auto& option : options) {
        EXPECT_THAT(man, testing::HasSubstr(option));
        EXPECT_THAT(page, testing::HasSubstr("`" + option));
    }
}

class Completion : public testing::TestWithParam<const char*> {};

TEST_P(Completion, KnowsEveryCommandAndOption) {
    const auto script = cript({"completion", GetParam()});
    EXPECT_EQ(script.status, 0);
    for (const auto& command : kCommands) EXPECT_THAT(script.out, testing::HasSubstr(command));
    for (const auto& option : all_options()) {
        const bool is_fish = std::string_view(GetParam()) == "fish";
        EXPECT_THAT(script.out, testing::HasSubstr(is_fish ? "-l " + option.substr(2) : option));
    }
}

INSTANTIATE_TEST_SUITE_P(Shells, Completion, testing::Values("bash", "zsh", "fish"));

TEST(CompletionScript, OfAnUnknownShellIsAUsageError) {
    EXPECT_EQ(cript({"completion", "tcsh"}).status, 2);
}

}  // namespace
}  // namespace cript::cli
