#include <charconv>

#include "api/envelope.hpp"
#include "api/file_transfer.hpp"
#include "api/json_body.hpp"
#include "api/problem_details.hpp"
#include "api/v1/routes.hpp"
#include "base/json_writer.hpp"

namespace cript::api::v1 {

namespace {

constexpr std::uint64_t kLongestUpload = std::uint64_t{5} << 30U;

http::Response stored(const store::StoredFileRow& file) {
    std::string data;
    base::JsonWriter json(data);
    json.begin_object()
        .member("key", std::string_view(file.key))
        .member("size", file.size)
        .member("sha256", std::string_view(base::to_hex(file.digest)))
        .end_object();
    return success(data);
}

/// Looks at the caller again once the body is here: their right may have ended meanwhile.
class UploadReceiver : public FileReceiver {
  public:
    UploadReceiver(Application& application, std::unique_ptr<blob::Spool> spool, blob::ContentChecks checks)
        : FileReceiver(std::move(spool), std::move(checks), std::nullopt), application_(application) {}

    http::Response finish(const http::Request& request) final {
        auto response = FileReceiver::finish(request);
        use_problem_details(request, response);
        return response;
    }

  protected:
    http::Response store(const http::Request& request, blob::Spool& spool) final {
        auto who = authenticate(application_, request);
        if (!who) return failure(who.error());
        return keep(who->caller, request, spool);
    }
    [[nodiscard]] virtual http::Response keep(const account::Caller& caller, const http::Request& request,
                                              blob::Spool& spool) = 0;
    http::Response refusal(const base::Error& error) const final { return failure(error); }
    [[nodiscard]] service::FileStorage& files() { return application_.files; }

  private:
    Application& application_;
};

class WholeFile final : public UploadReceiver {
  public:
    WholeFile(Application& application, std::unique_ptr<blob::Spool> spool, blob::ContentChecks checks,
              service::FileAddress address)
        : UploadReceiver(application, std::move(spool), std::move(checks)), address_(std::move(address)) {}

  protected:
    http::Response keep(const account::Caller& caller, const http::Request& request,
                        blob::Spool& spool) override {
        auto file = files().put(caller, address_, media_type_of(request.headers), spool);
        return file ? stored(*file) : failure(file.error());
    }

  private:
    service::FileAddress address_;
};

unsigned part_number(std::string_view text) {
    unsigned number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    return status == std::errc{} && end == text.data() + text.size() ? number : 0;
}

void write_part(base::JsonWriter& json, const store::UploadPartRow& part) {
    json.begin_object()
        .member("number", part.number)
        .member("size", part.size)
        .member("md5", std::string_view(base::to_hex(part.md5)))
        .member("sha256", std::string_view(base::to_hex(part.digest)))
        .end_object();
}

class FilePart final : public UploadReceiver {
  public:
    using UploadReceiver::UploadReceiver;

  protected:
    http::Response keep(const account::Caller& caller, const http::Request& request,
                        blob::Spool& spool) override {
        const auto& parameters = request.parameters;
        auto part = files().put_part(caller, parameters.at(0), part_number(parameters.at(1)), spool);
        if (!part) return failure(part.error());
        std::string data;
        base::JsonWriter json(data);
        write_part(json, *part);
        return success(data);
    }
};

std::uint64_t length_of(const http::Request& request) {
    const auto text = request.headers.find("Content-Length").value_or("0");
    std::uint64_t length = 0;
    std::from_chars(text.data(), text.data() + text.size(), length);
    return length;
}

http::Reception receive_file(const Call& call) {
    auto& files = call.application.files;
    service::FileAddress address{files.limits().buckets.front(),
                                 service::new_key(call.request.parameters.at(0))};
    auto checks = content_checks(call.request.headers);
    if (!checks) return failure(checks.error());
    auto spool = files.receive(call.caller(), address, length_of(call.request));
    if (!spool) return failure(spool.error());
    return std::make_unique<WholeFile>(call.application, std::move(*spool), std::move(*checks),
                                       std::move(address));
}

http::Reception receive_part(const Call& call) {
    auto& files = call.application.files;
    const auto& parameters = call.request.parameters;
    auto checks = content_checks(call.request.headers);
    if (!checks) return failure(checks.error());
    auto spool = files.receive_part(call.caller(), parameters.at(0), part_number(parameters.at(1)),
                                    length_of(call.request));
    if (!spool) return failure(spool.error());
    return std::make_unique<FilePart>(call.application, std::move(*spool), std::move(*checks));
}

http::Response begin_upload(const Call& call) {
    auto body = JsonBody::read(call.request.body, {"name"});
    if (!body) return failure(body.error());
    auto& files = call.application.files;
    const service::FileAddress address{files.limits().buckets.front(), service::new_key(body->text("name"))};
    auto upload = files.begin_upload(call.caller(), address, "application/octet-stream");
    if (!upload) return failure(upload.error());
    std::string data;
    base::JsonWriter json(data);
    json.begin_object()
        .member("id", std::string_view(upload->uuid.text()))
        .member("key", std::string_view(upload->key))
        .end_object();
    return success(data);
}

http::Response describe_upload(const Call& call) {
    const auto& id = call.request.parameters.at(0);
    auto upload = call.application.files.find_upload(call.caller(), id);
    if (!upload) return failure(upload.error());
    auto parts = call.application.files.parts(call.caller(), id);
    if (!parts) return failure(parts.error());
    std::string data;
    base::JsonWriter json(data);
    json.begin_object()
        .member("id", std::string_view(upload->uuid.text()))
        .member("key", std::string_view(upload->key))
        .key("parts")
        .begin_array();
    for (const auto& part : *parts) write_part(json, part);
    json.end_array().end_object();
    return success(data);
}

http::Response complete_upload(const Call& call) {
    auto& files = call.application.files;
    auto completion = files.complete(call.caller(), call.request.parameters.at(0), std::nullopt);
    if (!completion) return failure(completion.error());
    return answer_later(std::move(*completion), [](const service::Completion::Outcome& file) {
        return file ? stored(*file) : failure(file.error());
    });
}

/// `key=KEY`, and nothing else. Errors: InvalidInput.
base::Result<std::string> key_in(std::string_view query) {
    constexpr std::string_view kName = "key=";
    if (query.starts_with(kName)) {
        if (auto key = base::percent_decode(query.substr(kName.size()))) return *key;
    }
    return base::fail({base::ErrorKind::InvalidInput,
                       "the one option is 'key', the source of a File",
                       {{"", "unknown or missing option", "unknown_parameter", ""}}});
}

http::Response describe_stored(const Call& call) {
    auto& files = call.application.files;
    const auto key = key_in(call.request.raw_query);
    if (!key) return failure(key.error());
    auto file = files.find(call.caller(), {files.limits().buckets.front(), *key});
    return file ? stored(*file) : failure(file.error());
}

http::Response abort_upload(const Call& call) {
    auto done = call.application.files.abort(call.caller(), call.request.parameters.at(0));
    return done ? success("null") : failure(done.error());
}

constexpr Parameter kKey{"key", "query", "what a File node has as its `source`", true};
constexpr Parameter kUpload{"id", "path", "of an upload, as `POST /upload/` answered", true};
constexpr Parameter kNumber{"number", "path", "1 to 10,000; parts are put together in this order", true};
constexpr Parameter kName{"name", "path", "what the file is called; part of its key", true};
constexpr Parameter kMd5{"Content-MD5", "header", "the body is refused if it is not of this MD5 (RFC 1864)",
                         false};

}  // namespace

std::vector<ApiRoute> upload_routes() {
    using http::Method;
    return {
        {.method = Method::Put,
         .pattern = "/api/v1/upload/{name}",
         .access = Access::Caller,
         .scope = Scope::Write,
         .group = "Files",
         .summary = "Store a file in one go",
         .details =
             "The body is the content. `data.key` is what a File node takes as its `source`; a file that "
             "no File node names is deleted after 48 hours.",
         .parameters = {kName, kMd5},
         .body_limit = kLongestUpload,
         .handler = {},
         .receive = receive_file},
        {.method = Method::Post,
         .pattern = "/api/v1/upload",
         .access = Access::Caller,
         .scope = Scope::Write,
         .group = "Files",
         .summary = "Begin a file that is sent in parts",
         .details = "Parts may come in any order, several at a time and again. The upload ends with the "
                    "credential that began it, and after seven days.",
         .body = R"({"type":"object","required":["name"],"properties":{"name":{"type":"string"}}})",
         .body_limit = 8'192,
         .handler = begin_upload},
        {.method = Method::Get,
         .pattern = "/api/v1/upload",
         .access = Access::Caller,
         .scope = Scope::Read,
         .group = "Files",
         .summary = "What is stored under a key",
         .details =
             "Of the caller, or of a File node that the caller may read. To see whether an upload whose "
             "last answer was lost was completed, or whether a file must be sent at all.",
         .parameters = {kKey},
         .handler = describe_stored},
        {.method = Method::Put,
         .pattern = "/api/v1/upload/{id}/{number}",
         .access = Access::Caller,
         .scope = Scope::Write,
         .group = "Files",
         .summary = "Send a part",
         .details =
             "The body is the content of the part; one that came before under that number is replaced.",
         .parameters = {kUpload, kNumber, kMd5},
         .body_limit = kLongestUpload,
         .handler = {},
         .receive = receive_part},
        {.method = Method::Get,
         .pattern = "/api/v1/upload/{id}",
         .access = Access::Caller,
         .scope = Scope::Write,
         .group = "Files",
         .summary = "Which parts are there",
         .details = "To go on where an upload was interrupted.",
         .parameters = {kUpload},
         .handler = describe_upload},
        {.method = Method::Post,
         .pattern = "/api/v1/upload/{id}/complete",
         .access = Access::Caller,
         .scope = Scope::Write,
         .group = "Files",
         .summary = "Put the parts together",
         .details = "In the order of their numbers, which need not be without gaps. Asked again, also while "
                    "it is under way, it tells of the same file.",
         .parameters = {kUpload},
         .handler = complete_upload,
         .moves_files = true},
        {.method = Method::Delete,
         .pattern = "/api/v1/upload/{id}",
         .access = Access::Caller,
         .scope = Scope::Write,
         .group = "Files",
         .summary = "Give an upload up",
         .details = "",
         .parameters = {kUpload},
         .handler = abort_upload},
    };
}

}  // namespace cript::api::v1
