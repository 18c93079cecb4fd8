#pragma once

#include "server/options.hpp"

namespace cript::server {

/// Opens the data folder and serves until SIGTERM or SIGINT, then lets running requests end.
/// Prints on standard output where it listens and, on a fresh installation, the one-time set-up link.
[[nodiscard]] base::Result<void> serve(const Options& options);

}  // namespace cript::server
