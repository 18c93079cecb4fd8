#include "base/time.hpp"

#include <charconv>

namespace cript::base {

namespace {

/// Writes `value` as decimal digits, zeros in front, so that they end just before `end`.
void put_digits(char* end, std::uint32_t value, int digits) {
    for (; digits > 0; --digits, value /= 10) *--end = static_cast<char>('0' + value % 10);
}

/// Reads digits alone; what is none becomes a number that no date or time has.
unsigned read_digits(std::string_view digits) {
    unsigned value = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return status == std::errc{} && end == digits.data() + digits.size() ? value : 9'999'999;
}

}  // namespace

// By hand: every node of an answer carries two instants, and a format string costs more than the rest of its
// line.
void Timestamp::append_to(std::string& out) const {
    using namespace std::chrono;
    const sys_time<std::chrono::microseconds> instant{std::chrono::microseconds(microseconds)};
    const auto day = floor<days>(instant);
    const year_month_day date{day};
    const hh_mm_ss time{instant - day};
    char text[] = "0000-00-00T00:00:00.000000Z";
    put_digits(text + 4, static_cast<std::uint32_t>(static_cast<int>(date.year())), 4);
    put_digits(text + 7, static_cast<unsigned>(date.month()), 2);
    put_digits(text + 10, static_cast<unsigned>(date.day()), 2);
    put_digits(text + 13, static_cast<std::uint32_t>(time.hours().count()), 2);
    put_digits(text + 16, static_cast<std::uint32_t>(time.minutes().count()), 2);
    put_digits(text + 19, static_cast<std::uint32_t>(time.seconds().count()), 2);
    put_digits(text + 26, static_cast<std::uint32_t>(time.subseconds().count()), 6);
    out.append(text, sizeof(text) - 1);
}

std::string Timestamp::text() const {
    std::string out;
    append_to(out);
    return out;
}

std::optional<Timestamp> Timestamp::parse(std::string_view text) {
    using namespace std::chrono;
    if (text.size() != sizeof("0000-00-00T00:00:00.000000Z") - 1) return std::nullopt;
    const year_month_day date{year(static_cast<int>(read_digits(text.substr(0, 4)))),
                              month(read_digits(text.substr(5, 2))), day(read_digits(text.substr(8, 2)))};
    if (!date.ok()) return std::nullopt;
    const auto instant = sys_days(date) + hours(read_digits(text.substr(11, 2))) +
                         minutes(read_digits(text.substr(14, 2))) + seconds(read_digits(text.substr(17, 2))) +
                         std::chrono::microseconds(read_digits(text.substr(20, 6)));
    const Timestamp found{duration_cast<std::chrono::microseconds>(instant.time_since_epoch()).count()};
    // The marks between the digits, and hours, minutes and seconds that overflowed, show in the text.
    if (found.text() != text) return std::nullopt;
    return found;
}

Timestamp SystemClock::now() const {
    using namespace std::chrono;
    return {duration_cast<std::chrono::microseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace cript::base
