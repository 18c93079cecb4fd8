// Files: an SDK asks for a signed address for each upload. Small files come as a form, larger ones in parts,
// which go to the storage gateway.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "api/file_transfer.hpp"
#include "api/legacy/address.hpp"
#include "api/legacy/errors.hpp"
#include "api/legacy/form_content.hpp"
#include "api/legacy/routes.hpp"
#include "api/storage/signed_address.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "service/attach_file.hpp"

namespace cript::api::legacy {

namespace {

namespace dom = simdjson::dom;
using base::ErrorKind;

/// A little more than the six MiB from which on the SDK sends parts.
constexpr std::size_t kLargestForm = std::size_t{7} << 20U;

std::string_view text_at(dom::element object, std::string_view key) {
    std::string_view text;
    return object.at_key(key).get(text) == simdjson::SUCCESS ? text : std::string_view{};
}

/// Where the content of a File node goes. What was stored once never changes, so another content has another
/// key.
service::FileAddress address_of(const Application& application, const base::Uuid& node,
                                std::string_view checksum) {
    std::string plain;
    for (const char digit : checksum.substr(0, 64)) {
        if (std::isxdigit(static_cast<unsigned char>(digit)) != 0) plain.push_back(digit);
    }
    return {application.files.limits().buckets.front(),
            fmt::format("uploads/{}/{}", node.text(), plain.empty() ? "content" : plain)};
}

/// What the keys of a signed form address sign.
std::string form_message(std::string_view node, std::string_view key) {
    return fmt::format("PUT\n{}\n{}", node, key);
}

std::string sign(const base::SecretText& secret, const std::string& message) {
    return base::to_hex(crypto::HmacKey(base::as_bytes(secret.reveal())).sign(base::as_bytes(message)));
}

std::string json_text(std::string_view text) {
    std::string out;
    base::JsonWriter::append_string(out, text);
    return out;
}

base::Result<std::string> form_url(const Call& call, const std::string& site, const base::Uuid& node,
                                   const service::FileAddress& address) {
    const auto keys =
        call.application.storage_credentials.derive(call.caller(), service::StorageCredentials::kUrlLife);
    CRIPT_CHECK(keys);
    return fmt::format("{}/api/s3-upload/{}/?key={}&access={}&proof={}&signature={}", site, node.text(),
                       base::percent_encode(address.key), base::percent_encode(keys->access_key),
                       base::percent_encode(keys->session_token),
                       sign(keys->secret, form_message(node.text(), address.key)));
}

/// The File node that a request to the storage concerns.
struct Request {
    base::JsonDocument body;
    base::Uuid node;
    service::FileAddress address;
};

base::Result<Request> read_request(const Call& call) {
    auto body = base::JsonDocument::parse(call.request.body);
    CRIPT_CHECK(body);
    const auto node = base::Uuid::parse(text_at(body->root(), "file_uid"));
    if (!node) return base::fail(ErrorKind::InvalidInput, "file_uid is the uid of a file");
    auto row = service::file_to_fill(call.application.context, call.caller(), *node);
    CRIPT_CHECK(row);
    auto address = address_of(call.application, *node, text_at(body->root(), "file_checksum"));
    address.sha256 = service::announced_sha256(*row);
    return Request{std::move(*body), *node, address};
}

http::Response sign_upload(const Call& call) {
    auto site = site_of(call);
    if (!site) return failure(site.error());
    auto request = read_request(call);
    if (!request) return failure(request.error());
    const auto upload = text_at(request->body.root(), "upload_id");
    if (upload.empty()) {
        const auto url = form_url(call, *site, request->node, request->address);
        return url ? answer(200, json_text(*url)) : failure(url.error());
    }
    std::int64_t number = 0;
    if (request->body.root().at_key("part_number").get(number) != simdjson::SUCCESS)
        return failure({ErrorKind::InvalidInput, "part_number is a number from 1", {}});
    auto found = call.application.files.find_upload(call.caller(), upload);
    if (!found) return failure(found.error());
    const auto url = storage::signed_address(
        call.application, call.request, call.caller(),
        {"PUT",
         {found->bucket, found->key},
         {{"partNumber", std::to_string(number)}, {"uploadId", std::string(upload)}}});
    return url ? answer(200, json_text(*url)) : failure(url.error());
}

http::Response attach(Application& application, const account::Caller& caller, const base::Uuid& node,
                      const base::Result<store::StoredFileRow>& file) {
    if (!file) return failure(file.error());
    auto attached = service::attach_file(application.context, caller, node, *file);
    if (!attached) return failure(attached.error());
    return answer(200, "{}");
}

http::Response complete(const Call& call, const Request& request) {
    std::vector<service::FileStorage::Part> parts;
    dom::array list;
    if (request.body.root().at_key("parts").get(list) != simdjson::SUCCESS)
        return failure({ErrorKind::InvalidInput, "parts is a list of PartNumber and ETag", {}});
    for (const auto entry : list) {
        std::int64_t number = 0;
        if (entry.at_key("PartNumber").get(number) != simdjson::SUCCESS) number = 0;
        std::string etag(text_at(entry, "ETag"));
        std::erase(etag, '"');
        parts.push_back(
            {static_cast<unsigned>(std::clamp<std::int64_t>(number, 0, 100'000)), std::move(etag)});
    }
    auto completion = call.application.files.complete(
        call.caller(), text_at(request.body.root(), "upload_id"), parts, request.address.sha256);
    if (!completion) return failure(completion.error());
    return answer_later(
        std::move(*completion),
        [&application = call.application, caller = call.caller(), node = request.node](
            const service::Completion::Outcome& file) { return attach(application, caller, node, file); });
}

http::Response upload_in_parts(const Call& call) {
    auto request = read_request(call);
    if (!request) return failure(request.error());
    const auto action = text_at(request->body.root(), "action");
    if (action == "complete") return complete(call, *request);
    if (action != "create") return failure({ErrorKind::InvalidInput, "action is create or complete", {}});
    auto upload =
        call.application.files.begin_upload(call.caller(), request->address, "application/octet-stream");
    if (!upload) return failure(upload.error());
    return answer(200, fmt::format(R"({{"UploadId":"{}"}})", upload->uuid.text()));
}

std::string parameter(const http::Request& request, std::string_view name) {
    const auto query = std::string("&") + request.raw_query;
    const auto at = query.find(fmt::format("&{}=", name));
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 2;
    return base::percent_decode(query.substr(begin, query.find('&', begin) - begin)).value_or("");
}

/// Whoever has a signed address may send the content of that file, for a quarter of an hour.
base::Result<account::Caller> signer_of(const Call& call, const base::Uuid& node) {
    auto& application = call.application;
    auto signer = application.storage_credentials.check(parameter(call.request, "access"),
                                                        parameter(call.request, "proof"),
                                                        begin_of(application, call.request));
    CRIPT_CHECK(signer);
    const auto message = form_message(node.text(), parameter(call.request, "key"));
    const auto expected = sign(signer->secret, message);
    const auto sent = parameter(call.request, "signature");
    if (!crypto::equal_in_constant_time(base::as_bytes(expected), base::as_bytes(sent)))
        return base::fail(ErrorKind::Forbidden, "the address is not signed by this server");
    return signer->caller;
}

std::optional<http::Response> admit_form(const Call& call) {
    const auto node = base::Uuid::parse(call.request.parameters[0]);
    if (!node) return not_found();
    auto signer = signer_of(call, *node);
    return signer ? std::nullopt : std::optional(failure(signer.error()));
}

http::Response take_form(const Call& call) {
    const auto node = base::Uuid::parse(call.request.parameters[0]);
    if (!node) return not_found();
    auto& application = call.application;
    const auto key = parameter(call.request, "key");
    auto signer = signer_of(call, *node);
    if (!signer) return failure(signer.error());
    const auto content =
        form_content(call.request.headers.find("Content-Type").value_or(""), call.request.body);
    if (!content) return failure({ErrorKind::InvalidInput, "expected a form with one file (RFC 7578)", {}});
    auto row = service::file_to_fill(application.context, *signer, *node);
    if (!row) return failure(row.error());
    const service::FileAddress address{application.files.limits().buckets.front(), key,
                                       service::announced_sha256(*row)};
    auto spool = application.files.receive(*signer, address, content->size());
    if (!spool) return failure(spool.error());
    if (auto written = (*spool)->write(*content); !written) return failure(written.error());
    auto file = application.files.put(*signer, address, "application/octet-stream", **spool);
    return attach(application, *signer, *node, file);
}

http::Response download(const Call& call) {
    const auto node = base::Uuid::parse(call.request.parameters[0]);
    if (!node) return not_found();
    auto file = call.application.files.find_of_node(call.caller(), *node);
    if (!file) return failure(file.error());
    auto content = file_answer(call.application, call.request, *file);
    return content ? std::move(*content) : failure(content.error());
}

http::Response refuse_globus(const Call&) {
    return failure({ErrorKind::InvalidInput,
                    "this server keeps files itself and has no Globus endpoint: storage_info says s3",
                    {}});
}

}  // namespace

std::vector<ApiRoute> file_routes() {
    using http::Method;
    const auto route = [](Method method, std::string pattern, Access access, std::string_view summary,
                          CallHandler handler) {
        ApiRoute made{.method = method,
                      .pattern = std::move(pattern),
                      .access = access,
                      .scope = method == Method::Get ? Scope::Read : Scope::Write,
                      .summary = summary,
                      .details = "",
                      .handler = std::move(handler),
                      .moves_files = true};
        if (made.pattern.ends_with("{uid}")) made.parameters = {kUid};
        if (method != Method::Get) made.body_limit = kLargestBody;
        return made;
    };
    auto form =
        route(Method::Put, "/api/s3-upload/{uid}", Access::Anyone, "Send the content of a file", take_form);
    form.scope = Scope::None;
    form.admit = admit_form;
    form.details = "To an address that the server has signed, and that is good for 15 minutes.";
    form.body_limit = kLargestForm;
    return {route(Method::Post, "/api/s3-signed-url", Access::Caller,
                  "An address to send a file or a part to", sign_upload),
            route(Method::Post, "/api/s3-multipart-upload", Access::Caller, "Begin or end a file in parts",
                  upload_in_parts),
            std::move(form),
            route(Method::Get, "/file/download/{uid}", Access::Caller, "The content of a file", download),
            route(Method::Post, "/api/globus-stage-upload", Access::Caller,
                  "Refused: there is no Globus here", refuse_globus),
            route(Method::Post, "/api/globus-stage-download", Access::Caller,
                  "Refused: there is no Globus here", refuse_globus)};
}

}  // namespace cript::api::legacy
