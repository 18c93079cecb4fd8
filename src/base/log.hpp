#pragma once

#include <fmt/format.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace cript::base {

enum class LogLevel { Debug, Info, Warning, Error };

/// A named value of a log line. The text is written as it stands, so a secret must never get here.
using LogField = std::pair<std::string_view, std::string>;

/// Writes one JSON line on standard error: time, level, event and fields.
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

void set_log_level(LogLevel level);

}  // namespace cript::base
