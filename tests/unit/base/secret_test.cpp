#include "base/secret.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <type_traits>

namespace {

/// One block of memory that is looked at in the moment it is given back.
std::atomic<const void*> g_watched{nullptr};
std::atomic<std::size_t> g_watched_size{0};
std::atomic<int> g_left{-1};  ///< bytes of it that were not zero then

void look_at(void* memory) {
    if (memory == nullptr || g_watched.load() != memory) return;
    int left = 0;
    for (std::size_t at = 0; at < g_watched_size; ++at)
        left += static_cast<const char*>(memory)[at] != 0 ? 1 : 0;
    g_left = left;
    g_watched = nullptr;
}

}  // namespace

void* operator new[](std::size_t size) {
    if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
    throw std::bad_alloc();
}
void operator delete[](void* memory) noexcept {
    look_at(memory);
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    look_at(memory);
    std::free(memory);
}

namespace cript::base {
namespace {

constexpr std::string_view kSecret = "0123456789abcdef0123456789abcdef01234567";

void watch(const SecretText& secret) {
    g_left = -1;
    g_watched_size = secret.reveal().size();
    g_watched = secret.reveal().data();
}

TEST(SecretText, IsOverwrittenWhenItEnds) {
    {
        const SecretText secret(kSecret);
        watch(secret);
    }
    EXPECT_EQ(g_left, 0);
}

TEST(SecretText, IsOverwrittenWhenAnotherTakesItsPlace) {
    SecretText secret(kSecret);
    watch(secret);
    secret = SecretText("other");
    EXPECT_EQ(g_left, 0);
    EXPECT_EQ(secret.reveal(), "other");
}

TEST(SecretText, MovesWithoutACopy) {
    SecretText first(kSecret);
    const auto* memory = first.reveal().data();
    const SecretText second(std::move(first));
    EXPECT_EQ(second.reveal().data(), memory);
    EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): what is left behind is the point
    EXPECT_EQ(first.reveal(), "");
}

TEST(SecretText, SurvivesBeingMovedOntoItself) {
    SecretText secret(kSecret);
    auto& same = secret;
    secret = std::move(same);
    EXPECT_EQ(secret.reveal(), kSecret);
}

TEST(SecretText, WipesTheStringItTakesOver) {
    std::string plain(kSecret);
    const auto* memory = plain.data();
    const auto capacity = plain.capacity();
    const auto secret = SecretText::take(std::move(plain));
    EXPECT_EQ(secret.reveal(), kSecret);
    ASSERT_EQ(plain.capacity(),
              capacity);  // NOLINT(bugprone-use-after-move): it still owns the memory looked at
    EXPECT_EQ(std::string_view(memory, kSecret.size()), std::string(kSecret.size(), '\0'));
}

TEST(SecretText, OfNothingIsEmpty) {
    EXPECT_TRUE(SecretText().empty());
    EXPECT_TRUE(SecretText("").empty());
    EXPECT_EQ(SecretText::take("").reveal(), "");
}

TEST(SecretText, CannotBeCopied) {
    EXPECT_FALSE(std::is_copy_constructible_v<SecretText>);
    EXPECT_FALSE(std::is_copy_assignable_v<SecretText>);
}

TEST(Wipe, OverwritesEveryByte) {
    std::string text(kSecret);
    wipe(text.data(), text.size());
    EXPECT_EQ(text, std::string(kSecret.size(), '\0'));
}

}  // namespace
}  // namespace cript::base
