#include "base/time.hpp"

namespace cript::base {

namespace {

/// Writes `value` as decimal digits, zeros in front, so that they end just before `end`.
void put_digits(char* end, std::uint32_t value, int digits) {
    for (; digits > 0; --digits, value /= 10) *--end = static_cast<char>('0' + value % 10);
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

Timestamp SystemClock::now() const {
    using namespace std::chrono;
    return {duration_cast<std::chrono::microseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace cript::base
