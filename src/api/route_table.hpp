#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/application.hpp"
#include "api/authentication.hpp"
#include "api/envelope.hpp"
#include "http/router.hpp"

namespace cript::api {

/// Who may call a route.
enum class Access : std::uint8_t {
    Anyone,   ///< no credential is asked for, and none is looked at
    Caller,   ///< a token or a session
    Session,  ///< a session only: what a token must never do
};

/// What a token must be allowed to do. The account token may do all of it.
enum class Scope : std::uint8_t { None, Read, Write, Delete, Account };

/// One request on its way to a handler.
struct Call {
    Application& application;
    const http::Request& request;
    const Authenticated* who = nullptr;  ///< nothing on routes for anyone

    [[nodiscard]] const account::Caller& caller() const { return who->caller; }
};

using CallHandler = std::function<http::Response(const Call&)>;
using ReceiveCallHandler = std::function<http::Reception(const Call&)>;
using QuickCallHandler = std::function<std::optional<http::Response>(const Call&)>;

struct Parameter {
    std::string_view name;
    std::string_view place;  ///< "path", "query" or "header"
    std::string_view description;
    bool required = false;
};

/// One route with everything that the router, the OpenAPI document and the test of rights need to know.
struct ApiRoute {
    http::Method method;
    std::string pattern;
    Access access;
    Scope scope;
    std::string_view group{};  ///< heading in the API page
    std::string_view summary;  ///< one line
    std::string_view details;  ///< what a caller must know beyond it
    std::vector<Parameter> parameters{};
    std::string_view body{};  ///< JSON Schema of the body, or empty for none
    std::uint64_t body_limit = 0;
    CallHandler handler;
    QuickCallHandler quick{};
    /// On routes for anyone: asked before a body beyond http::kSmallBody is read.
    QuickCallHandler admit{};
    bool moves_files = false;      ///< the handler may wait for the store of files
    ReceiveCallHandler receive{};  ///< for bodies that are not held in memory; then there is no handler
    /// What a caller without the right credential is told, in the words of the route's dialect.
    http::Response (*refusal)(const base::Error&) = failure;
};

/// Every route of the API, in the order of the API page.
[[nodiscard]] std::vector<ApiRoute> all_routes();

/// The answer where no handler gives one, in the words of the dialect that the path belongs to.
[[nodiscard]] http::Response unrouted(const http::Request& request, unsigned status,
                                      std::string_view message);

/// Adds the routes to a router: authentication first, then the handler. `application` and `routes` outlive
/// the router.
void mount(http::Router& router, Application& application, const std::vector<ApiRoute>& routes);

[[nodiscard]] std::string_view text(Access access);
[[nodiscard]] std::string_view text(Scope scope);

}  // namespace cript::api
