#include <charconv>

#include "api/account/routes.hpp"
#include "api/envelope.hpp"
#include "api/json_body.hpp"
#include "base/json_writer.hpp"

namespace cript::api {

namespace {

constexpr unsigned kAuditPage = 50;

http::Response describe(const Call& call) {
    auto token = call.application.account_token.describe(call.caller().account);
    if (!token) return failure(token.error());
    std::string data;
    base::JsonWriter json(data);
    const auto text_or_null = [&json](std::string_view name, std::string_view text) {
        json.key(name);
        text.empty() ? json.null() : json.value(text);
    };
    json.begin_object().member("created_at", std::string_view(token->created_at.text()));
    text_or_null("last_used_at", token->last_used_at ? token->last_used_at->text() : std::string());
    text_or_null("last_used_from", token->last_used_from);
    text_or_null("last_used_client", token->last_used_client);
    json.end_object();
    return success(data);
}

http::Response reveal(const Call& call) {
    auto body = JsonBody::read(call.request.body, {"nonce", "purpose"});
    if (!body) return failure(body.error());
    const auto purpose = body->text("purpose");
    if (purpose != "reveal" && purpose != "copy") {
        return failure({base::ErrorKind::InvalidInput,
                        "'purpose' is 'reveal' or 'copy'",
                        {{"/purpose", "'purpose' is 'reveal' or 'copy'", "unknown_term", ""}}});
    }
    const auto nonce = body->secret("nonce");
    auto next = call.application.sessions.use_nonce(*call.who->session, nonce.reveal());
    if (!next) return failure(next.error());
    auto token = call.application.account_token.reveal(
        event_of(call, purpose == "copy" ? "token.copied" : "token.revealed"));
    if (!token) return failure(token.error());
    std::string data;
    data.reserve(256);  // one buffer, so that one wipe clears it
    base::JsonWriter json(data);
    json.begin_object().member("token", token->reveal()).member("nonce", next->reveal()).end_object();
    auto response = success(data);
    base::wipe(data.data(), data.size());
    return response;
}

http::Response regenerate(const Call& call) {
    auto body = JsonBody::read(call.request.body, {"nonce"});
    if (!body) return failure(body.error());
    const auto nonce = body->secret("nonce");
    auto next = call.application.sessions.use_nonce(*call.who->session, nonce.reveal());
    if (!next) return failure(next.error());
    auto token = call.application.account_token.regenerate(event_of(call, "token.regenerated"));
    if (!token) return failure(token.error());
    std::string data;
    base::JsonWriter json(data);
    json.begin_object()
        .member("created_at", std::string_view(token->created_at.text()))
        .member("nonce", next->reveal())
        .end_object();
    return success(data);
}

/// The id in `?before=`, 0 without one; nothing if it is not a number.
std::optional<std::int64_t> before_of(std::string_view raw_query) {
    constexpr std::string_view kName = "before=";
    if (raw_query.empty()) return 0;
    if (!raw_query.starts_with(kName)) return std::nullopt;
    raw_query.remove_prefix(kName.size());
    std::int64_t id = 0;
    const auto [end, status] = std::from_chars(raw_query.data(), raw_query.data() + raw_query.size(), id);
    if (status != std::errc{} || end != raw_query.data() + raw_query.size() || id < 0) return std::nullopt;
    return id;
}

http::Response audit(const Call& call) {
    const auto before = before_of(call.request.raw_query);
    if (!before) return failure(400, "'before' must be the id of an event");
    auto events = call.application.audit_log.page(call.caller().account, *before, kAuditPage);
    if (!events) return failure(events.error());
    std::string data;
    base::JsonWriter json(data);
    json.begin_array();
    for (const auto& event : *events) {
        json.begin_object()
            .member("id", std::string_view(std::to_string(event.id)))
            .member("at", std::string_view(event.at.text()))
            .member("action", std::string_view(event.action))
            .member("actor", std::string_view(event.actor))
            .member("address", std::string_view(event.address))
            .member("client", std::string_view(event.client))
            .member("detail", std::string_view(event.detail))
            .end_object();
    }
    json.end_array();
    return success(data);
}

}  // namespace

std::vector<ApiRoute> token_routes() {
    using http::Method;
    return {
        {.method = Method::Get,
         .pattern = "/api/v1/account/token",
         .access = Access::Caller,
         .scope = Scope::Account,
         .group = "Account token",
         .summary = "When the token was made and last used",
         .details = "Never the secret.",
         .handler = describe},
        {.method = Method::Post,
         .pattern = "/api/v1/account/token/reveal",
         .access = Access::Session,
         .scope = Scope::Account,
         .group = "Account token",
         .summary = "The full text of the token",
         .details = "Needs the one-shot nonce of a password given in the last ten minutes; answers with the "
                    "next one. "
                    "Written to the audit log.",
         .body = R"({"type":"object","required":["nonce","purpose"],"additionalProperties":false,)"
                 R"("properties":{"nonce":{"type":"string"},"purpose":{"enum":["reveal","copy"]}}})",
         .body_limit = kSmallBody,
         .handler = reveal},
        {.method = Method::Post,
         .pattern = "/api/v1/account/token/regenerate",
         .access = Access::Session,
         .scope = Scope::Account,
         .group = "Account token",
         .summary = "Make a new token and kill the old one",
         .details =
             "Needs a nonce, as reveal does. The old token is refused from the moment of the answer on.",
         .body = R"({"type":"object","required":["nonce"],"additionalProperties":false,)"
                 R"("properties":{"nonce":{"type":"string"}}})",
         .body_limit = kSmallBody,
         .handler = regenerate},
        {.method = Method::Get,
         .pattern = "/api/v1/account/audit",
         .access = Access::Caller,
         .scope = Scope::Account,
         .group = "Account",
         .summary = "What was done with the account and its token",
         .details = "Newest first, 50 at a time.",
         .parameters = {{"before", "query", "id of the last event seen", false}},
         .handler = audit},
    };
}

}  // namespace cript::api
