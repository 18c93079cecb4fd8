#include "api/legacy/address.hpp"
#include "api/legacy/answer.hpp"
#include "api/legacy/errors.hpp"
#include "api/legacy/routes.hpp"
#include "api/legacy/vocabulary.hpp"
#include "base/json_writer.hpp"
#include "service/records.hpp"

namespace cript::api::legacy {

namespace {

/// The last SDK of this dialect: to an older one it is told with a warning.
constexpr std::string_view kLatestVersion = "0.6.0";
/// Larger files are refused by the SDK itself.
constexpr std::int64_t kLargestFile = std::int64_t{50} << 30U;

/// SDKs before 0.6 read the vocabularies under another key.
bool wants_keys(const http::Request& request) {
    const auto accept = request.headers.find("Accept").value_or("");
    return accept.find("version=0.6") == std::string_view::npos;
}

http::Response session_info(const Call& call) {
    auto site = site_of(call);
    if (!site) return failure(site.error());
    auto user = service::read_record(call.application.context, call.caller(), model::NodeType::User,
                                     call.caller().uuid);
    if (!user) return failure(user.error());
    std::string info;
    RecordAnswer(*site, user->set, call.caller()).append_record(info, user->id);
    std::string body;
    body.reserve(vocabulary_json().size() + 2048);
    base::JsonWriter json(body);
    json.begin_object()
        .member("latest_version", kLatestVersion)
        .member("version_warning", "A newer version of the CRIPT SDK is available. Please upgrade.")
        .key("user_info")
        .raw(info)
        .key("storage_info")
        .begin_object()
        .member("provider", "s3")
        .member("max_file_size", kLargestFile)
        .end_object()
        .key("vocab")
        .raw(vocabulary_json());
    if (wants_keys(call.request)) json.key("keys").raw(vocabulary_json());
    json.end_object();
    return answer(200, std::move(body));
}

}  // namespace

std::vector<ApiRoute> session_info_routes() {
    return {{.method = http::Method::Get,
             .pattern = "/api/session-info",
             .access = Access::Caller,
             .scope = Scope::Read,
             .summary = "Who is calling, and what the client must know",
             .details = "The SDK's only request when it connects.",
             .handler = session_info}};
}

}  // namespace cript::api::legacy
