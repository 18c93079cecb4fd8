#include "api/account/routes.hpp"

#include <iterator>

#include "account/session.hpp"
#include "base/json_writer.hpp"

namespace cript::api {

std::vector<ApiRoute> account_routes() {
    std::vector<ApiRoute> routes;
    for (auto part : {setup_routes(), session_routes(), token_routes()}) {
        routes.insert(routes.end(), std::make_move_iterator(part.begin()),
                      std::make_move_iterator(part.end()));
    }
    return routes;
}

account::AuditEvent event_of(const Call& call, std::string_view action) {
    const auto origin = origin_of(call.application, call.request);
    account::AuditEvent event;
    if (call.who != nullptr) {
        event.account = call.caller().account;
        event.actor = call.caller().credential == account::Credential::Session ? "session" : "token";
    } else {
        event.actor = "session";
    }
    event.action = action;
    event.address = origin.address;
    event.client = origin.client;
    return event;
}

std::string describe_account(const Application& application, const store::AccountRow& account,
                             const service::ActiveSession* session, std::string_view cookie,
                             const base::SecretText* nonce) {
    std::string data;
    data.reserve(1024);  // it may hold secrets: one buffer, wiped with the response
    base::JsonWriter json(data);
    json.begin_object()
        .member("uuid", std::string_view(account.uuid.text()))
        .member("username", std::string_view(account.username))
        .member("email", std::string_view(account.email))
        .member("admin", account.is_admin)
        .member("created_at", std::string_view(account.created_at.text()))
        .member("authenticated_by", session != nullptr ? "session" : "token");
    if (session != nullptr) {
        json.key("session").begin_object().member("id", std::string_view(std::to_string(session->row.id)));
        json.member("csrf", application.sessions.csrf_token(cookie).reveal());
        json.key("reauthenticated_until");
        if (session->row.reauthenticated_at) {
            json.value(std::string_view(
                session->row.reauthenticated_at->plus(account::kReauthenticationWindow).text()));
        } else {
            json.null();
        }
        json.end_object();
    }
    if (nonce != nullptr) json.member("nonce", nonce->reveal());
    json.end_object();
    return data;
}

}  // namespace cript::api
