#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cript::base {

/// Microseconds since 1970-01-01T00:00:00Z, the resolution of every stored instant.
struct Timestamp {
    std::int64_t microseconds = 0;

    /// `2023-03-14T00:45:02.196297Z`, always with six decimals.
    [[nodiscard]] std::string text() const;
    void append_to(std::string& out) const;
    /// Reads what text() writes; nothing for any other form.
    [[nodiscard]] static std::optional<Timestamp> parse(std::string_view text);
    [[nodiscard]] Timestamp plus(std::chrono::microseconds span) const {
        return {microseconds + span.count()};
    }
    [[nodiscard]] std::chrono::microseconds since(Timestamp earlier) const {
        return std::chrono::microseconds(microseconds - earlier.microseconds);
    }
    auto operator<=>(const Timestamp&) const = default;
};

/// The seam through which tests move time.
class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] Timestamp now() const override;
};

/// A clock that stands still until it is moved.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(Timestamp start) : now_(start) {}
    [[nodiscard]] Timestamp now() const override { return now_; }
    void advance(std::chrono::microseconds span) { now_ = now_.plus(span); }

  private:
    Timestamp now_;
};

}  // namespace cript::base
