#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace cript::model {

/// Finds the number of a word in a fixed list in constant time: open addressing, at most half full.
/// The words are views; they outlive the index.
class WordIndex {
  public:
    static constexpr int kAbsent = -1;

    explicit WordIndex(std::size_t expected) : slots_(capacity(expected)) {}

    /// A word that is there already keeps its number.
    void add(std::string_view word, int number) {
        auto at = hash(word) & (slots_.size() - 1);
        while (slots_[at].number != kAbsent) {
            if (slots_[at].word == word) return;
            at = (at + 1) & (slots_.size() - 1);
        }
        slots_[at] = {word, number};
    }

    [[nodiscard]] int find(std::string_view word) const {
        auto at = hash(word) & (slots_.size() - 1);
        while (slots_[at].number != kAbsent) {
            if (slots_[at].word == word) return slots_[at].number;
            at = (at + 1) & (slots_.size() - 1);
        }
        return kAbsent;
    }

  private:
    struct Slot {
        std::string_view word;
        int number = kAbsent;
    };

    static std::size_t capacity(std::size_t expected) {
        std::size_t size = 4;
        while (size < expected * 2) size *= 2;
        return size;
    }

    /// FNV-1a with a final mix, since only the low bits choose the slot.
    static std::size_t hash(std::string_view word) {
        std::uint64_t value = 0xcbf29ce484222325ULL;
        for (const char c : word) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
        return static_cast<std::size_t>(value ^ (value >> 32U));
    }

    std::vector<Slot> slots_;
};

}  // namespace cript::model
