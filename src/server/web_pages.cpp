#include "server/web_pages.hpp"

#include <algorithm>
#include <array>

#include "api/envelope.hpp"
#include "api/route_table.hpp"
#include "base/uuid.hpp"

namespace cript::server {

namespace {

constexpr std::array<std::string_view, 8> kPages{"/",        "/projects", "/signin",  "/setup",
                                                 "/account", "/security", "/connect", "/reference"};

// Older clients show these addresses to people, with a uuid behind them. They lead to the page of a project.
constexpr std::array<std::string_view, 9> kRecords{
    "/collection/", "/experiment/", "/inventory/",   "/material/",
    "/process/",    "/data/",       "/computation/", "/computational-process/",
    "/file/"};

bool is_page(std::string_view path) {
    if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    if (std::ranges::find(kPages, path) != kPages.end() || path.starts_with("/project/")) return true;
    return std::ranges::any_of(kRecords, [&](std::string_view kind) {
        return path.starts_with(kind) && base::Uuid::parse(path.substr(kind.size()));
    });
}

/// The strictest policy that the pages can live with: everything is theirs, nothing is inline, nobody frames
/// them.
void add_protection(http::Response& response) {
    response
        .with("Content-Security-Policy",
              "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action "
              "'self'; "
              "frame-ancestors 'none'")
        .with("Referrer-Policy", "same-origin")
        .with("X-Frame-Options", "DENY")
        .with("Cross-Origin-Opener-Policy", "same-origin")
        .with("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
}

}  // namespace

base::Result<WebPages> WebPages::load(const std::filesystem::path& folder) {
    auto files = http::StaticFiles::load(folder);
    CRIPT_CHECK(files);
    WebPages pages;
    pages.files_ = std::move(*files);
    return pages;
}

void WebPages::mount(http::Router& router) const {
    // The storage gateway takes a POST at the root; the page is there nevertheless.
    for (const auto* pattern : {"/", "/{page...}"}) {
        http::Route route;
        route.method = http::Method::Get;
        route.pattern = pattern;
        route.quick = [this](const http::Request& request) { return std::optional(answer(request)); };
        router.add(std::move(route));
    }
}

http::Response WebPages::answer(const http::Request& request) const {
    if (!files_ || request.path.starts_with("/api/")) return api::unrouted(request, 404, "");
    if (auto file = files_->find(request)) {
        add_protection(*file);
        return std::move(*file);
    }
    const bool known = is_page(request.path);
    const bool is_person =
        request.headers.find("Accept").value_or("").find("text/html") != std::string_view::npos;
    if (!known && !is_person) return api::failure(404, api::kNotFoundText);
    auto page = files_->serve(request, "/index.html");
    if (!page) return api::failure(404, api::kNotFoundText);
    add_protection(*page);
    if (!known && page->status == 200) page->status = 404;
    return std::move(*page);
}

std::optional<std::filesystem::path> find_web_folder(const std::filesystem::path& configured) {
    if (!configured.empty()) return configured;
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) return std::nullopt;
    auto beside = program.parent_path().parent_path() / "share" / "opencript" / "web";
    if (!std::filesystem::exists(beside / "index.html", error)) return std::nullopt;
    return beside;
}

}  // namespace cript::server
