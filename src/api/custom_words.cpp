#include "api/custom_words.hpp"

namespace cript::api {

base::Result<OwnWords> own_words(const Call& call, std::optional<model::Vocabulary> vocabulary) {
    const auto who = authenticate(call.application, call.request);
    if (!who) {
        if (who.error().kind == base::ErrorKind::Unavailable) return base::fail(who.error());
        return OwnWords{};
    }
    auto words = service::list_custom_words(call.application.context, who->caller, vocabulary);
    CRIPT_CHECK(words);
    return OwnWords{true, std::move(words->words), words->is_cut};
}

void allow_keeping(http::Response& response, const OwnWords& own) {
    const std::string_view wanted = own.is_known_caller ? "private, no-cache" : "public, max-age=3600";
    bool is_there = false;
    for (auto& [name, value] : response.headers) {
        if (name != "Cache-Control") continue;
        value = wanted;
        is_there = true;
    }
    if (!is_there) response.with("Cache-Control", std::string(wanted));
    response.with("Vary", "Authorization, Cookie");
    if (own.is_cut) response.with("Warning", "199 - \"not all words of users' own are listed\"");
}

}  // namespace cript::api
