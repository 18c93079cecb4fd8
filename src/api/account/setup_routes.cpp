#include "api/account/routes.hpp"
#include "api/envelope.hpp"
#include "api/json_body.hpp"
#include "base/json_writer.hpp"

namespace cript::api {

namespace {

http::Response status(const Call& call) {
    auto empty = call.application.accounts.is_empty();
    if (!empty) return failure(empty.error());
    bool signed_in = false;
    for (const bool secure : {true, false}) {
        const auto cookie = call.request.cookie(cookie_name(secure));
        if (cookie && call.application.sessions.check(*cookie)) signed_in = true;
    }
    std::string data;
    base::JsonWriter json(data);
    json.begin_object()
        .member("setup_needed", *empty)
        .member("signed_in", signed_in)
        .member("version", std::string_view(call.application.version))
        .end_object();
    return success(data);
}

http::Response set_up(const Call& call) {
    auto& application = call.application;
    if (!is_same_origin(call.request))
        return failure(403, "the set-up page of this server is the one place for this");
    const bool secure = is_secure(application, call.request);
    if (!may_take_passwords(application, call.request)) {
        return failure(403, "passwords are not taken over plain HTTP from another machine: put TLS in front");
    }
    auto body = JsonBody::read(call.request.body, {"setup_token", "username", "email", "password"});
    if (!body) return failure(body.error());
    service::NewAccount wanted{body->text("username"), body->text("email"), body->secret("password"), true};
    const auto secret = body->secret("setup_token");
    auto account =
        application.accounts.create_first(secret.reveal(), wanted, event_of(call, "account.created"));
    if (!account) return failure(account.error());
    auto opened = application.sessions.open(*account, origin_of(application, call.request));
    if (!opened) return failure(opened.error());
    auto response = success(
        describe_account(application, *account, &opened->session, opened->cookie.reveal(), &opened->nonce));
    response.with("Set-Cookie", session_cookie(secure, opened->cookie.reveal()));
    return response;
}

}  // namespace

std::vector<ApiRoute> setup_routes() {
    return {
        {.method = http::Method::Get,
         .pattern = "/api/v1/account/status",
         .access = Access::Anyone,
         .scope = Scope::None,
         .group = "Account",
         .summary = "Is there an account yet, and is this browser signed in?",
         .details = "",
         .handler = status},
        {.method = http::Method::Post,
         .pattern = "/api/v1/account/setup",
         .access = Access::Anyone,
         .scope = Scope::None,
         .group = "Account",
         .summary = "Make the first account, an administrator",
         .details = "`setup_token` is the fragment of the set-up link that a fresh server prints. Single "
                    "use, one hour.",
         .body =
             R"({"type":"object","required":["setup_token","username","email","password"],"additionalProperties":false,)"
             R"("properties":{"setup_token":{"type":"string"},"username":{"type":"string"},)"
             R"("email":{"type":"string"},"password":{"type":"string","minLength":15}}})",
         .body_limit = kSmallBody,
         .handler = set_up},
    };
}

}  // namespace cript::api
