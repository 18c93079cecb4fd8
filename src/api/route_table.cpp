#include "api/route_table.hpp"

#include <iterator>

#include "api/account/routes.hpp"
#include "api/envelope.hpp"
#include "api/legacy/errors.hpp"
#include "api/legacy/routes.hpp"
#include "api/openapi.hpp"
#include "api/operation.hpp"
#include "api/problem_details.hpp"
#include "api/v1/routes.hpp"

namespace cript::api {

namespace {

/// Checks the credential as the route asks for it, then goes on.
template <class Answer, class Handler>
Answer guarded(Application& application, const ApiRoute& route, const http::Request& request,
               const Handler& handler) {
    if (route.access == Access::Anyone) {
        if (auto refused = refuse_token_in_query(application, request); !refused)
            return route.refusal(refused.error());
        return handler(Call{application, request, nullptr});
    }
    auto who = authenticate(application, request);
    if (!who) {
        // Only the older dialect tells no token from a wrong one.
        if (who.error().message == kNoCredential && route.refusal != legacy::failure)
            who.error().message = "a valid API token is needed";
        return route.refusal(who.error());
    }
    if (route.access == Access::Session && !who->session) {
        return route.refusal({base::ErrorKind::Forbidden,
                              "this needs a person who is signed in; a token cannot do it",
                              {{"", "a session is needed", "session_required", ""}}});
    }
    return handler(Call{application, request, &*who});
}

/// Ends a request that would wait for a database that is away.
std::optional<http::Response> refuse_while_lost(Application& application, const http::Request& request) {
    if (application.context.store.is_reachable()) return std::nullopt;
    auto response = failure({base::ErrorKind::Unavailable, "the database does not answer", {}});
    use_problem_details(request, response);
    return response;
}

/// Ends a request whose credential is wrong before its body is read.
std::optional<http::Response> admit(Application& application, const ApiRoute& route,
                                    const http::Request& request) {
    const auto ask = [&route](const Call& call) {
        return route.admit ? route.admit(call) : std::optional<http::Response>{};
    };
    auto refusal = guarded<std::optional<http::Response>>(application, route, request, ask);
    if (refusal) use_problem_details(request, *refusal);
    return refusal;
}

/// Shapes an answer, also one that comes later.
class ShapedLater final : public http::LateAnswer {
  public:
    explicit ShapedLater(std::shared_ptr<http::LateAnswer> inner) : inner_(std::move(inner)) {}
    void await(std::function<void()> ready) override { inner_->await(std::move(ready)); }
    void forget() override { inner_->forget(); }
    http::Response make(const http::Request& request) override {
        auto response = inner_->make(request);
        use_problem_details(request, response);
        return response;
    }

  private:
    std::shared_ptr<http::LateAnswer> inner_;
};

}  // namespace

std::string_view text(Access access) {
    switch (access) {
        case Access::Anyone:
            return "anyone";
        case Access::Caller:
            return "caller";
        case Access::Session:
            return "session";
    }
    return "";
}

std::string_view text(Scope scope) {
    switch (scope) {
        case Scope::None:
            return "none";
        case Scope::Read:
            return "read";
        case Scope::Write:
            return "write";
        case Scope::Delete:
            return "delete";
        case Scope::Account:
            return "account";
    }
    return "";
}

std::vector<ApiRoute> all_routes() {
    std::vector<ApiRoute> routes;
    for (auto part : {account_routes(), v1::model_routes(), v1::node_routes(), v1::validation_routes(),
                      v1::history_routes(), v1::search_routes(), v1::measured_routes(), v1::download_routes(),
                      v1::upload_routes(), legacy::routes(), openapi_routes(), operation_routes()}) {
        routes.insert(routes.end(), std::make_move_iterator(part.begin()),
                      std::make_move_iterator(part.end()));
    }
    return routes;
}

http::Response unrouted(const http::Request& request, unsigned status, std::string_view message) {
    const std::string_view path = request.path;
    const bool is_v1 = path == "/api/v1" || path.starts_with("/api/v1/");
    if ((path == "/api" || path.starts_with("/api/")) && !is_v1) {
        if (status == 404) return legacy::not_found();
        if (status == 405) return legacy::not_allowed(http::text(request.method));
        return legacy::refusal(status, message);
    }
    return failure(status, status == 404 ? kNotFoundText : message);
}

void mount(http::Router& router, Application& application, const std::vector<ApiRoute>& routes) {
    // Whoever is asked for a credential waits for the database: on an I/O thread only if that is no wait.
    const bool may_check_at_once = !application.context.store.is_remote();
    for (const auto& route : routes) {
        http::Route mounted;
        mounted.method = route.method;
        mounted.pattern = route.pattern;
        mounted.body_limit = route.body_limit;
        mounted.moves_files = route.moves_files;
        if (route.handler) {
            mounted.handler = [&application, &route](const http::Request& request) {
                auto response = guarded<http::Response>(application, route, request, route.handler);
                if (response.later) response.later = std::make_shared<ShapedLater>(std::move(response.later));
                use_problem_details(request, response);
                return response;
            };
        }
        if (route.receive) {
            mounted.receive = [&application, &route](const http::Request& request) {
                auto reception = guarded<http::Reception>(application, route, request, route.receive);
                if (auto* refusal = std::get_if<http::Response>(&reception))
                    use_problem_details(request, *refusal);
                return reception;
            };
        }
        if (route.quick && (may_check_at_once || route.access == Access::Anyone)) {
            mounted.quick = [&application, &route](const http::Request& request) {
                auto response =
                    guarded<std::optional<http::Response>>(application, route, request, route.quick);
                if (response) use_problem_details(request, *response);
                return response;
            };
        }
        if (route.access != Access::Anyone && !may_check_at_once) {
            mounted.quick = [&application](const http::Request& request) {
                return refuse_while_lost(application, request);
            };
        }
        // What receives a body asks on the pool, before it comes.
        const bool is_asked = route.access != Access::Anyone || route.admit;
        if (route.body_limit > 0 && is_asked && (may_check_at_once || !route.receive)) {
            mounted.admit_waits = !may_check_at_once || route.admit;
            mounted.admit = [&application, &route, lost = mounted.quick](const http::Request& request) {
                if (auto refusal = lost ? lost(request) : std::nullopt) return refusal;
                return admit(application, route, request);
            };
        } else if (route.body_limit > 0 && is_asked) {
            mounted.admit = mounted.quick;
        }
        router.add(std::move(mounted));
    }
}

}  // namespace cript::api
