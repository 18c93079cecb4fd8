#pragma once

#include <string>

#include "store/store.hpp"

namespace cript::server {

/// Servers of one database keep the contents of files in one folder. The first one leaves a random mark in
/// both, the others compare. Of other kinds of blob stores nothing is asked. Errors: Conflict if the folder
/// is another one; Unavailable.
[[nodiscard]] base::Result<void> check_blob_place(store::Store& store, const std::string& blob_url);

}  // namespace cript::server
