#include "cript/api.hpp"

#include "client/connection.hpp"
#include "client/environment.hpp"
#include "client/host.hpp"

namespace cript {

Api::Api(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Api::Api(Api&&) noexcept = default;
Api& Api::operator=(Api&&) noexcept = default;
Api::~Api() = default;

Result<Api> Api::from_environment(Options options) {
    const auto variables = client::process_environment();
    auto host = client::host_from(variables);
    if (!host) return std::move(host).error();
    auto token = client::token_from(variables);
    if (!token) return std::move(token).error();
    if (options.ca_file.empty()) {
        if (const char* file = variables("SSL_CERT_FILE")) options.ca_file = file;
    }
    return Api(std::make_unique<Connection>(std::move(*host), std::move(*token), std::move(options)));
}

Result<Api> Api::connect(std::string_view host, Token token, Options options) {
    auto normal = client::normalise_host(host);
    if (!normal) return std::move(normal).error();
    return Api(std::make_unique<Connection>(std::move(*normal), std::move(token), std::move(options)));
}

const std::string& Api::host() const noexcept {
    return connection_->host();
}

JsonApi Api::raw() {
    return JsonApi(*connection_);
}

Result<Account> Api::whoami() {
    const auto answer = raw().call("GET", "/account");
    if (!answer) return answer.error();
    const auto& data = answer->data;
    const auto* admin = data.find("admin");
    return Account{std::string(data.text_of("uuid")), std::string(data.text_of("username")),
                   std::string(data.text_of("email")), admin != nullptr && admin->as_bool().value_or(false),
                   std::string(data.text_of("created_at"))};
}

}  // namespace cript
