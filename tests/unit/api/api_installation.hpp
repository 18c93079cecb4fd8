#pragma once

#include <gtest/gtest.h>

#include <future>
#include <string>
#include <utility>
#include <vector>

#include "api/route_table.hpp"
#include "base/json_reader.hpp"
#include "unit/service/installation.hpp"

namespace cript::api::test {

using service::test::kPassword;

/// An answer of the API, read.
struct Answer {
    http::Response response;
    base::JsonDocument document;

    [[nodiscard]] unsigned status() const { return response.status; }
    [[nodiscard]] simdjson::dom::element at(std::string_view pointer) const {
        simdjson::dom::element element;
        EXPECT_EQ(document.root().at_pointer(pointer).get(element), simdjson::SUCCESS)
            << pointer << " in " << response.body;
        return element;
    }
    [[nodiscard]] std::string text(std::string_view pointer) const {
        const auto element = at(pointer);
        EXPECT_TRUE(element.is_string()) << pointer << " in " << response.body;
        return element.is_string() ? std::string(std::string_view(element)) : "";
    }
    [[nodiscard]] bool has(std::string_view pointer) const {
        return document.root().at_pointer(pointer).error() == simdjson::SUCCESS;
    }
    [[nodiscard]] std::string error() const { return text("/error"); }
    [[nodiscard]] std::string header(std::string_view name) const {
        for (const auto& [field, value] : response.headers) {
            if (field == name) return value;
        }
        return "";
    }
};

inline Answer read_answer(http::Response response) {
    auto document = base::JsonDocument::parse(response.body);
    EXPECT_TRUE(document) << response.body;
    return {std::move(response), std::move(*document)};
}

using Fields = std::vector<std::pair<std::string, std::string>>;

inline http::Request request(http::Method method, const std::string& target, const Fields& headers = {},
                             std::string body = "") {
    http::Request made;
    made.method = method;
    const auto question = target.find('?');
    made.path = target.substr(0, question);
    if (question != std::string::npos) made.raw_query = target.substr(question + 1);
    for (const auto& [name, value] : headers) made.headers.add(name, value);
    made.body = std::move(body);
    made.remote_address = "127.0.0.1";
    return made;
}

/// The whole application without a connection in front of it.
class ApiInstallation : public service::test::Installation {
  protected:
    void SetUp() override {
        Installation::SetUp();
        if (HasFatalFailure()) return;
        auto blobs = blob::open_filesystem(folder_ / "blobs");
        ASSERT_TRUE(blobs) << blobs.error().message;
        blobs_ = std::move(*blobs);
        application_.emplace(context(), *blobs_);
        application_->version = "1.2.3";
        routes_ = all_routes();
        mount(router_, *application_, routes_);
    }

    store::AccountRow add(const std::string& username) {
        service::NewAccount wanted{username, username + "@example.org", base::SecretText(kPassword), false};
        auto made = application_->accounts.create(wanted, {0, "account.created", "operator", "", "", ""});
        EXPECT_TRUE(made) << made.error().message;
        return *made;
    }
    /// The text of an account's token, as a page hands it over.
    std::string token_of(const store::AccountRow& account) {
        auto text =
            application_->account_token.reveal({account.id, "token.revealed", "operator", "", "", ""});
        EXPECT_TRUE(text) << text.error().message;
        return std::string(text->reveal());
    }
    service::Sessions::Opened sign_in(const std::string& username) {
        auto opened =
            application_->sessions.sign_in(username, base::SecretText(kPassword), {"127.0.0.1", "Firefox"});
        EXPECT_TRUE(opened) << opened.error().message;
        return std::move(*opened);
    }
    /// The headers of a page that changes something in that session.
    Fields page_headers(const service::Sessions::Opened& session) {
        return {{"Cookie", "cript_session=" + std::string(session.cookie.reveal())},
                {"X-CSRF-Token",
                 std::string(application_->sessions.csrf_token(session.cookie.reveal()).reveal())},
                {"Sec-Fetch-Site", "same-origin"}};
    }

    /// Takes a request the way a connection does: the route, what admits it, the quick handler, the handler.
    http::Response respond(http::Request made) {
        const auto match = router_.find(made.method, made.path);
        if (match.route == nullptr) {
            ADD_FAILURE() << "no route for " << made.path;
            return {};
        }
        made.parameters = match.parameters;
        if (match.route->admit) {
            if (auto ended = match.route->admit(made)) return std::move(*ended);
        }
        if (match.route->quick) {
            if (auto answered = match.route->quick(made)) return std::move(*answered);
        }
        auto response = match.route->handler(made);
        if (const auto later = response.later) {
            std::promise<void> ready;
            later->await([&ready] { ready.set_value(); });
            ready.get_future().wait();
            return later->make(made);
        }
        return response;
    }
    Answer call(http::Method method, const std::string& target, const Fields& headers = {},
                std::string body = "") {
        return read_answer(respond(request(method, target, headers, std::move(body))));
    }

    http::Router router_;
    std::unique_ptr<blob::BlobStore> blobs_;
    std::optional<Application> application_;
    std::vector<ApiRoute> routes_;
};

}  // namespace cript::api::test
