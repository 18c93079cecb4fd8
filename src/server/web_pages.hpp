#pragma once

#include <filesystem>
#include <optional>

#include "http/router.hpp"
#include "http/static_files.hpp"

namespace cript::server {

/// The web UI: the built files, and one page for every address that the UI routes by itself in the browser.
class WebPages {
  public:
    /// Errors: those of StaticFiles::load.
    [[nodiscard]] static base::Result<WebPages> load(const std::filesystem::path& folder);
    /// A server without pages: every address outside the API is unknown.
    WebPages() = default;

    /// Adds the route of last resort. `this` outlives the router.
    void mount(http::Router& router) const;

  private:
    [[nodiscard]] http::Response answer(const http::Request& request) const;

    std::optional<http::StaticFiles> files_;
};

/// Where the built pages are: as configured, else beside the program. Nothing if they were not built.
[[nodiscard]] std::optional<std::filesystem::path> find_web_folder(const std::filesystem::path& configured);

}  // namespace cript::server
