#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "cript/cript.hpp"
#include "fake/file_server.hpp"

/// A folder, a server that stores files, and an account at it.
class Transferring : public testing::Test {
  protected:
    static constexpr const char* kDigits = "0123456789abcdef0123456789abcdef01234567";

    class Folder {
      public:
        Folder() {
            std::string pattern = (std::filesystem::temp_directory_path() / "cript-test-XXXXXX").string();
            path_ = ::mkdtemp(pattern.data());
        }
        ~Folder() {
            std::error_code ignored;
            std::filesystem::remove_all(path_, ignored);
        }
        Folder(const Folder&) = delete;
        Folder& operator=(const Folder&) = delete;
        [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }

      private:
        std::filesystem::path path_;
    };

    [[nodiscard]] const Folder& folder() const { return folder_; }
    [[nodiscard]] cript::fake::FileServer& server() { return server_; }
    [[nodiscard]] const cript::fake::FileServer& server() const { return server_; }
    [[nodiscard]] cript::Api& api() { return api_; }

    void write(const std::string& name, const std::string& content) const {
        std::ofstream(folder_ / name, std::ios::binary) << content;
    }
    [[nodiscard]] static std::string read(const std::filesystem::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    /// Bytes in which no two stretches are alike.
    [[nodiscard]] static std::string some_content(std::size_t size, unsigned seed = 1) {
        std::string content;
        for (unsigned number = seed; content.size() < size; number = number * 1664525U + 1013904223U)
            content.push_back(static_cast<char>(number >> 24U));
        return content;
    }

  private:
    static cript::Options quick() {
        cript::Options options;
        options.longest_wait = std::chrono::milliseconds(1);
        return options;
    }
    Folder folder_;
    cript::fake::FileServer server_;
    cript::Api api_ = std::move(*cript::Api::connect(server_.host(), *cript::Token::parse(kDigits), quick()));
};
