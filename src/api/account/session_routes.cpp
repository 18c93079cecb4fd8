#include <charconv>

#include "account/session.hpp"
#include "api/account/routes.hpp"
#include "api/envelope.hpp"
#include "api/json_body.hpp"
#include "base/json_writer.hpp"

namespace cript::api {

namespace {

std::string_view session_cookie_of(const http::Request& request) {
    for (const bool secure : {true, false}) {
        if (const auto cookie = request.cookie(cookie_name(secure))) return *cookie;
    }
    return {};
}

http::Response sign_in(const Call& call) {
    auto& application = call.application;
    if (!is_same_origin(call.request)) return failure(403, "sign in from this server's own page");
    const bool secure = is_secure(application, call.request);
    if (!may_take_passwords(application, call.request)) {
        return failure(403, "passwords are not taken over plain HTTP from another machine: put TLS in front");
    }
    auto body = JsonBody::read(call.request.body, {"username", "password"});
    if (!body) return failure(body.error());
    auto opened = application.sessions.sign_in(body->text("username"), body->secret("password"),
                                               origin_of(application, call.request));
    if (!opened) return failure(opened.error());
    auto response = success(describe_account(application, opened->session.account, &opened->session,
                                             opened->cookie.reveal(), &opened->nonce));
    response.with("Set-Cookie", session_cookie(secure, opened->cookie.reveal()));
    return response;
}

http::Response sign_out(const Call& call) {
    auto ended = call.application.sessions.end(call.caller().account, call.caller().credential_id,
                                               event_of(call, "session.ended"));
    if (!ended) return failure(ended.error());
    auto response = success("null");
    response.with("Set-Cookie", session_cookie(is_secure(call.application, call.request), ""));
    return response;
}

http::Response who_am_i(const Call& call) {
    if (call.who->session) {
        return success(describe_account(call.application, call.who->session->account, &*call.who->session,
                                        session_cookie_of(call.request), nullptr));
    }
    auto account = call.application.accounts.find(call.caller().account);
    if (!account) return failure(account.error());
    return success(describe_account(call.application, *account, nullptr, {}, nullptr));
}

http::Response reauthenticate(const Call& call) {
    auto body = JsonBody::read(call.request.body, {"password"});
    if (!body) return failure(body.error());
    auto nonce = call.application.sessions.reauthenticate(*call.who->session, body->secret("password"),
                                                          origin_of(call.application, call.request));
    if (!nonce) return failure(nonce.error());
    std::string data;
    data.reserve(256);
    base::JsonWriter json(data);
    json.begin_object()
        .member("nonce", nonce->reveal())
        .member("valid_until",
                std::string_view(
                    call.application.context.clock.now().plus(account::kReauthenticationWindow).text()))
        .end_object();
    return success(data);
}

http::Response change_password(const Call& call) {
    auto body = JsonBody::read(call.request.body, {"current_password", "new_password"});
    if (!body) return failure(body.error());
    auto changed = call.application.accounts.change_password(
        call.caller().account, body->secret("current_password"), body->secret("new_password"),
        call.caller().credential_id, event_of(call, "password.changed"));
    if (!changed) return failure(changed.error());
    return success("null");
}

http::Response list_sessions(const Call& call) {
    auto sessions = call.application.sessions.list(call.caller().account);
    if (!sessions) return failure(sessions.error());
    std::string data;
    base::JsonWriter json(data);
    json.begin_array();
    for (const auto& session : *sessions) {
        json.begin_object()
            .member("id", std::string_view(std::to_string(session.id)))
            .member("created_at", std::string_view(session.created_at.text()))
            .member("last_seen_at", std::string_view(session.last_seen_at.text()))
            .member("address", std::string_view(session.address))
            .member("client", std::string_view(session.client))
            .member("current", session.id == call.caller().credential_id)
            .end_object();
    }
    json.end_array();
    return success(data);
}

http::Response end_session(const Call& call) {
    const auto& text = call.request.parameters.front();
    std::int64_t id = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (status != std::errc{} || end != text.data() + text.size())
        return failure(404, "there is no such session");
    auto ended = call.application.sessions.end(call.caller().account, id, event_of(call, "session.ended"));
    if (!ended) return failure(ended.error());
    return success("null");
}

http::Response end_all_sessions(const Call& call) {
    auto event = event_of(call, "session.ended");
    event.detail = "everywhere";
    if (auto ended = call.application.sessions.end_all(event); !ended) return failure(ended.error());
    auto response = success("null");
    response.with("Set-Cookie", session_cookie(is_secure(call.application, call.request), ""));
    return response;
}

ApiRoute route(http::Method method, std::string pattern, Access access, std::string_view summary,
               CallHandler handler) {
    return {.method = method,
            .pattern = std::move(pattern),
            .access = access,
            .scope = access == Access::Anyone ? Scope::None : Scope::Account,
            .group = "Account",
            .summary = summary,
            .details = "",
            .handler = std::move(handler)};
}

ApiRoute one_session(ApiRoute made) {
    made.parameters = {{"id", "path", "id of the session, as the list gives it", true}};
    return made;
}

ApiRoute with_body(ApiRoute made, std::string_view schema) {
    made.body = schema;
    made.body_limit = kSmallBody;
    return made;
}

}  // namespace

std::vector<ApiRoute> session_routes() {
    using http::Method;
    return {
        with_body(route(Method::Post, "/api/v1/account/session", Access::Anyone, "Sign in", sign_in),
                  R"({"type":"object","required":["username","password"],"additionalProperties":false,)"
                  R"("properties":{"username":{"type":"string"},"password":{"type":"string"}}})"),
        route(Method::Delete, "/api/v1/account/session", Access::Session, "Sign out", sign_out),
        route(Method::Get, "/api/v1/account", Access::Caller, "Who is calling?", who_am_i),
        with_body(
            route(Method::Post, "/api/v1/account/password", Access::Session, "Change the password",
                  change_password),
            R"({"type":"object","required":["current_password","new_password"],"additionalProperties":false,)"
            R"("properties":{"current_password":{"type":"string"},"new_password":{"type":"string","minLength":15}}})"),
        with_body(route(Method::Post, "/api/v1/account/reauthenticate", Access::Session,
                        "Give the password again, for what asks for it", reauthenticate),
                  R"({"type":"object","required":["password"],"additionalProperties":false,)"
                  R"("properties":{"password":{"type":"string"}}})"),
        route(Method::Get, "/api/v1/account/sessions", Access::Session, "List where the account is signed in",
              list_sessions),
        route(Method::Delete, "/api/v1/account/sessions", Access::Session, "Sign out everywhere",
              end_all_sessions),
        one_session(route(Method::Delete, "/api/v1/account/sessions/{id}", Access::Session,
                          "Sign out in one place", end_session)),
    };
}

}  // namespace cript::api
