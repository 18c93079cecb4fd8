#include "blob/s3/s3_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "blob/s3/xml_element.hpp"
#include "fixture/temporary_folder.hpp"

namespace cript::blob {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(S3Place, IsAtAmazonUnlessAnEndpointIsNamed) {
    S3Settings settings;
    settings.region = "eu-central-1";
    const auto place = read_place("s3://a-bucket/some/prefix/", settings);
    ASSERT_TRUE(place) << place.error().message;
    EXPECT_EQ(place->origin, "https://a-bucket.s3.eu-central-1.amazonaws.com");
    EXPECT_EQ(place->prefix, "some/prefix/");
    EXPECT_EQ(place->path_of("k"), "/k");
    EXPECT_EQ(place->path_of(""), "/");
}

TEST(S3Place, HasItsBucketInThePathElsewhere) {
    S3Settings settings;
    settings.endpoint = "https://s3.example.org:9000/";
    const auto place = read_place("s3://a-bucket", settings);
    ASSERT_TRUE(place) << place.error().message;
    EXPECT_EQ(place->origin, "https://s3.example.org:9000");
    EXPECT_EQ(place->prefix, "");
    EXPECT_EQ(place->path_of("k"), "/a-bucket/k");
    settings.addressing = "host";
    EXPECT_EQ(read_place("s3://a-bucket", settings)->origin, "https://a-bucket.s3.example.org:9000");
}

TEST(S3Place, IsRefusedWithoutRepeatingWhatMayBeASecret) {
    S3Settings settings;
    for (const std::string url : {"s3://KEY:geheim@bucket/x", "s3://", "s3://ab", "s3://bucket/a b",
                                  "s3:bucket", "s3://bucket//x", "s3://bucket/?geheim"}) {
        const auto place = read_place(url, settings);
        ASSERT_FALSE(place) << url;
        EXPECT_EQ(place.error().kind, base::ErrorKind::InvalidInput);
        EXPECT_THAT(place.error().message, Not(HasSubstr("geheim")));
    }
    for (const std::string endpoint :
         {"https://KEY:geheim@host", "host", "ftp://host", "https://", "https://h/geheim"}) {
        settings.endpoint = endpoint;
        const auto place = read_place("s3://bucket", settings);
        ASSERT_FALSE(place) << endpoint;
        EXPECT_THAT(place.error().message, Not(HasSubstr("geheim")));
    }
}

class S3Keys : public testing::Test {
  protected:
    void SetUp() override { settings_.credentials = folder_ / "keys"; }
    void write(const std::string& text, std::filesystem::perms mode = std::filesystem::perms::owner_read) {
        std::filesystem::remove(settings_.credentials);
        std::ofstream(settings_.credentials) << text;
        std::filesystem::permissions(settings_.credentials, mode);
    }

    test::TemporaryFolder folder_;
    S3Settings settings_;
};

TEST_F(S3Keys, ComeFromAFileOfTheFormThatAmazonsToolsWrite) {
    write(
        "[default]\naws_access_key_id = AKIA\r\n# mine\n\naws_secret_access_key=s/e=cret\naws_session_token "
        "= t\n");
    const auto signer = read_signer(settings_);
    ASSERT_TRUE(signer) << signer.error().message;
    EXPECT_EQ(signer->access_key, "AKIA");
    EXPECT_EQ(signer->secret_key.reveal(), "s/e=cret");
    EXPECT_EQ(signer->session_token.reveal(), "t");
}

TEST_F(S3Keys, AreNotTakenFromAFileThatOthersMayRead) {
    using std::filesystem::perms;
    write("aws_access_key_id = AKIA\naws_secret_access_key = geheim\n",
          perms::owner_read | perms::group_read);
    const auto signer = read_signer(settings_);
    ASSERT_FALSE(signer);
    EXPECT_THAT(signer.error().message, HasSubstr("0600"));
}

TEST_F(S3Keys, AreMissedWithoutBeingTold) {
    for (const auto* text : {"", "aws_access_key_id = AKIA\n", "geheim\n", "secret = geheim\n",
                             "aws_secret_access_key = geheim\naws_secret_access_key = geheim\n"}) {
        write(text);
        const auto signer = read_signer(settings_);
        ASSERT_FALSE(signer) << text;
        EXPECT_THAT(signer.error().message, Not(HasSubstr("geheim")));
    }
    settings_.credentials = folder_ / "nowhere";
    EXPECT_FALSE(read_signer(settings_));
}

TEST(S3Xml, IsReadWithItsChildrenAndEntities) {
    const auto document =
        read_xml("<?xml version='1.0'?><a:R xmlns:a='u'><U><Key>a&amp;b</Key></U><U><Key>c</Key></U></a:R>");
    ASSERT_TRUE(document) << document.error().message;
    EXPECT_EQ(document->name, "R");
    ASSERT_EQ(document->children.size(), 2U);
    EXPECT_EQ(document->children[0].text_of("Key"), "a&b");
    EXPECT_EQ(document->children[1].text_of("Key"), "c");
    EXPECT_EQ(document->children[1].text_of("Other"), "");
}

TEST(S3Xml, IsRefusedWhenItIsNoneOrTooMuch) {
    std::string deep;
    for (int depth = 0; depth < 100; ++depth) deep.append("<a>");
    for (const std::string& text :
         {std::string(), std::string("text"), std::string("<a>"), std::string("<a></b>"), deep,
          std::string("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>")}) {
        EXPECT_FALSE(read_xml(text)) << text;
    }
}

}  // namespace
}  // namespace cript::blob
