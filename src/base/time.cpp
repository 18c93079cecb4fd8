#include "base/time.hpp"

#include <fmt/format.h>

namespace cript::base {

void Timestamp::append_to(std::string& out) const {
    using namespace std::chrono;
    const sys_time<std::chrono::microseconds> instant{std::chrono::microseconds(microseconds)};
    const auto day = floor<days>(instant);
    const year_month_day date{day};
    const hh_mm_ss time{instant - day};
    fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z",
                   static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                   static_cast<unsigned>(date.day()), time.hours().count(), time.minutes().count(),
                   time.seconds().count(), time.subseconds().count());
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
