#include "api/envelope.hpp"
#include "api/file_transfer.hpp"
#include "api/storage/signed_address.hpp"
#include "api/v1/routes.hpp"
#include "base/json_writer.hpp"

namespace cript::api::v1 {

namespace {

http::Response download(const Call& call) {
    const auto uuid = base::Uuid::parse(call.request.parameters.at(0));
    if (!uuid) return failure(404, kNotFoundText);
    auto file = call.application.files.find_of_node(call.caller(), *uuid);
    if (!file) return failure(file.error());
    auto answer = file_answer(call.application, call.request, *file);
    if (!answer) return failure(answer.error());
    if (answer->status != 412 && answer->status != 416) return std::move(*answer);
    auto refused = failure(answer->status, answer->status == 412 ? "the file has another ETag than that"
                                                                 : "the file has no such bytes");
    for (auto& header : answer->headers) {
        if (header.first == "Content-Range") refused.headers.push_back(std::move(header));
    }
    return refused;
}

http::Response sign_address(const Call& call) {
    const auto uuid = base::Uuid::parse(call.request.parameters.at(0));
    if (!uuid) return failure(404, kNotFoundText);
    auto file = call.application.files.find_of_node(call.caller(), *uuid);
    if (!file) return failure(file.error());
    const auto url = storage::signed_address(call.application, call.request, call.caller(),
                                             {"GET", {file->bucket, file->key}});
    if (!url) return failure(url.error());
    const auto until = call.application.context.clock.now().plus(service::StorageCredentials::kUrlLife);
    std::string data;
    base::JsonWriter json(data);
    json.begin_object()
        .member("url", std::string_view(*url))
        .member("valid_until", std::string_view(until.text()))
        .member("size", file->size)
        .member("sha256", std::string_view(base::to_hex(file->digest)))
        .end_object();
    return success(data);
}

http::Response storage_use(const Call& call) {
    auto use = call.application.files.use(call.caller());
    if (!use) return failure(use.error());
    std::string data;
    base::JsonWriter json(data);
    json.begin_object().member("used", use->used).member("quota", *use->quota).end_object();
    return success(data);
}

constexpr Parameter kFile{"uuid", "path", "of a File node", true};
constexpr Parameter kRange{"Range", "header", "`bytes=FIRST-LAST`: that part is answered 206", false};

}  // namespace

std::vector<ApiRoute> download_routes() {
    using http::Method;
    return {
        {.method = Method::Get,
         .pattern = "/api/v1/file/{uuid}/content",
         .access = Access::Caller,
         .scope = Scope::Read,
         .group = "Files",
         .summary = "The content of a File",
         .details = "For everyone who may read the node. The body is the content itself, not an envelope.",
         .parameters = {kFile, kRange},
         .handler = download,
         .moves_files = true},
        {.method = Method::Get,
         .pattern = "/api/v1/file/{uuid}/url",
         .access = Access::Caller,
         .scope = Scope::Read,
         .group = "Files",
         .summary = "An address that gives the content of a File without a token",
         .details = "For 15 minutes, and no longer than the credential that asked for it lives.",
         .parameters = {kFile},
         .handler = sign_address},
        {.method = Method::Get,
         .pattern = "/api/v1/account/storage",
         .access = Access::Caller,
         .scope = Scope::Read,
         .group = "Files",
         .summary = "Bytes that the files of the account take, and may take",
         .details = "",
         .handler = storage_use},
    };
}

}  // namespace cript::api::v1
