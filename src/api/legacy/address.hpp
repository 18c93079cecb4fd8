#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/legacy/fields.hpp"
#include "api/route_table.hpp"
#include "base/uuid.hpp"

namespace cript::api::legacy {

/// Scheme and host as the caller reached us, `http://127.0.0.1:8000`. The SDK finds its session again by the host
/// of a URL, so all URLs have the caller's spelling of it (decision D22).
/// Errors: InvalidInput for a host that this server does not answer for.
[[nodiscard]] base::Result<std::string> site_of(const Call& call);

/// `http://127.0.0.1:8000/api/material/…/`
[[nodiscard]] std::string url_of(std::string_view site, std::string_view slug, const base::Uuid& uuid);

/// What a URL names: the slug (`group` too) and the uuid. The scheme and host do not matter, nor does a missing
/// `/api` or last slash: people copy the addresses of pages.
struct Named {
    std::string slug;
    base::Uuid uuid;
};
[[nodiscard]] std::optional<Named> read_url(std::string_view url);

}  // namespace cript::api::legacy
