#include <gtest/gtest.h>

#include <map>

#include "client/environment.hpp"

namespace {

using cript::client::LookUp;

constexpr const char* kDigits = "0123456789abcdef0123456789abcdef01234567";

LookUp variables(std::map<std::string, std::string> set) {
    return [set = std::move(set)](const char* name) -> const char* {
        const auto found = set.find(name);
        return found == set.end() ? nullptr : found->second.c_str();
    };
}

TEST(Environment, TakesTheTokenFromTheApiKeyFirst) {
    const auto both = variables({{"CRIPT_API_KEY", kDigits}, {"CRIPT_TOKEN", "other"}});
    EXPECT_STREQ(cript::client::token_variable(both), "CRIPT_API_KEY");
    EXPECT_TRUE(cript::client::token_from(both));
}

TEST(Environment, CountsAnEmptyVariableAsNotSet) {
    const auto empty_first = variables({{"CRIPT_API_KEY", ""}, {"CRIPT_TOKEN", kDigits}});
    EXPECT_STREQ(cript::client::token_variable(empty_first), "CRIPT_TOKEN");
    const auto host = variables({{"CRIPT_HOST", ""}, {"CRIPT_BASE_URL", "https://a.example/api/v1"}});
    EXPECT_EQ(*cript::client::host_from(host), "https://a.example");
}

TEST(Environment, SaysWhatToSetAndWhereToFindTheToken) {
    const auto token = cript::client::token_from(variables({}));
    ASSERT_FALSE(token);
    EXPECT_NE(token.error().message.find("CRIPT_API_KEY"), std::string::npos);
    EXPECT_NE(token.error().message.find("Security settings"), std::string::npos);
}

TEST(Environment, SaysThatTheHostIsMissing) {
    const auto host = cript::client::host_from(variables({{"CRIPT_TOKEN", kDigits}}));
    ASSERT_FALSE(host);
    EXPECT_NE(host.error().message.find("CRIPT_HOST"), std::string::npos);
}

TEST(Environment, NamesTheVariableThatHoldsNoUsableToken) {
    const auto token = cript::client::token_from(variables({{"CRIPT_TOKEN", "my secret text"}}));
    ASSERT_FALSE(token);
    EXPECT_NE(token.error().message.find("CRIPT_TOKEN"), std::string::npos);
    EXPECT_EQ(token.error().message.find("secret"), std::string::npos);
}

}  // namespace
