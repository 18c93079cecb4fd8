#pragma once

#include <string>

#include "api/route_table.hpp"
#include "crypto/sigv4.hpp"

namespace cript::api {

/// Path and query of a request to the storage gateway, signed with keys that die with the caller's credential
/// (AWS Signature Version 4, "query parameters"). `options` are further parameters, such as the number of a
/// part.
[[nodiscard]] std::string signed_path(const Call& call, std::string_view method,
                                      const service::FileAddress& address, crypto::sigv4::Pairs options,
                                      std::string_view host);

}  // namespace cript::api
