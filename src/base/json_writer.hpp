#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

namespace cript::base {

/// Appends JSON (RFC 8259) to a string that the caller owns. It keeps commas right; nesting is the caller's.
/// Doubles are written in their shortest exact form, and always with `.0` or an exponent, so that a number
/// that came in as a float goes out as one.
class JsonWriter {
  public:
    explicit JsonWriter(std::string& out) : out_(out) {}

    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }

    JsonWriter& key(std::string_view name) {
        separate();
        append_string(out_, name);
        out_.push_back(':');
        fresh_ = true;
        return *this;
    }
    JsonWriter& value(std::string_view text) {
        separate();
        append_string(out_, text);
        return *this;
    }
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(bool flag) { return raw(flag ? "true" : "false"); }
    JsonWriter& value(std::int64_t number) { return integer(number); }
    JsonWriter& value(std::uint64_t number) { return integer(number); }
    JsonWriter& value(int number) { return integer(number); }
    JsonWriter& value(unsigned number) { return integer(number); }
    JsonWriter& value(double number) {
        separate();
        append_double(out_, number);
        return *this;
    }
    JsonWriter& null() { return raw("null"); }
    /// Text that is JSON already.
    JsonWriter& raw(std::string_view json) {
        separate();
        out_.append(json);
        return *this;
    }
    template <class T>
    JsonWriter& member(std::string_view name, const T& content) {
        return key(name).value(content);
    }

    static void append_string(std::string& out, std::string_view text);
    static void append_double(std::string& out, double number);

  private:
    JsonWriter& open(char bracket) {
        separate();
        out_.push_back(bracket);
        fresh_ = true;
        return *this;
    }
    JsonWriter& close(char bracket) {
        out_.push_back(bracket);
        fresh_ = false;
        return *this;
    }
    void separate() {
        if (!fresh_) out_.push_back(',');
        fresh_ = false;
    }
    template <class Integer>
    JsonWriter& integer(Integer number) {
        std::array<char, 24> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
        return raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
    }

    std::string& out_;
    bool fresh_ = true;
};

}  // namespace cript::base
