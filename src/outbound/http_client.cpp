#include "outbound/http_client.hpp"

#include <curl/curl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/encoding.hpp"
#include "crypto/sigv4.hpp"

namespace cript::outbound {

namespace {

/// Connections that wait for the next request, at most.
constexpr std::size_t kMostIdle = 32;
/// Bytes a second below which nothing is said to move.
constexpr long kStalled = 64;

/// libcurl's process-wide state; made before the first handle, and never undone.
void start_curl() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)started;
}

class HeaderLines {
  public:
    HeaderLines() = default;
    ~HeaderLines() { curl_slist_free_all(list_); }
    HeaderLines(const HeaderLines&) = delete;
    HeaderLines& operator=(const HeaderLines&) = delete;

    void add(const std::string& line) { list_ = curl_slist_append(list_, line.c_str()); }
    [[nodiscard]] curl_slist* get() const { return list_; }

  private:
    curl_slist* list_ = nullptr;
};

/// One request on its way: what libcurl's callbacks read from and write to.
class Exchange {
  public:
    Exchange(const Request& request, std::size_t longest_body)
        : request_(request), longest_body_(longest_body) {}

    [[nodiscard]] std::uint64_t length() const {
        if (const auto* part = std::get_if<FilePart>(&request_.body)) return part->length;
        return std::get<std::string>(request_.body).size();
    }
    [[nodiscard]] bool is_too_long() const { return is_too_long_; }
    Answer answer;

    static std::size_t on_send(char* out, std::size_t size, std::size_t count, void* self) {
        return static_cast<Exchange*>(self)->send({out, size * count});
    }
    static int on_seek(void* self, curl_off_t offset, int origin) {
        if (origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
        static_cast<Exchange*>(self)->sent_ = static_cast<std::uint64_t>(offset);
        return CURL_SEEKFUNC_OK;
    }
    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) {
        auto& exchange = *static_cast<Exchange*>(self);
        auto& body = exchange.answer.body;
        if (body.size() + size * count > exchange.longest_body_) {
            exchange.is_too_long_ = true;
            return 0;  // ends the transfer
        }
        body.append(data, size * count);
        return size * count;
    }
    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) {
        auto& headers = static_cast<Exchange*>(self)->answer.headers;
        const std::string_view line(data, size * count);
        if (line.starts_with("HTTP/")) headers.clear();  // those of an interim answer
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return size * count;
        auto value = line.substr(colon + 1);
        while (!value.empty() && std::strchr(" \t\r\n", value.front()) != nullptr) value.remove_prefix(1);
        while (!value.empty() && std::strchr(" \t\r\n", value.back()) != nullptr) value.remove_suffix(1);
        headers.emplace_back(base::ascii_lower(line.substr(0, colon)), value);
        return size * count;
    }

  private:
    std::size_t send(std::span<char> out) {
        const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), length() - sent_));
        if (const auto* text = std::get_if<std::string>(&request_.body)) {
            std::memcpy(out.data(), text->data() + sent_, most);
            sent_ += most;
            return most;
        }
        const auto& part = std::get<FilePart>(request_.body);
        while (most > 0) {
            const auto count =
                ::pread(part.descriptor, out.data(), most, static_cast<off_t>(part.offset + sent_));
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) return CURL_READFUNC_ABORT;
            sent_ += static_cast<std::uint64_t>(count);
            return static_cast<std::size_t>(count);
        }
        return 0;
    }

    const Request& request_;
    const std::size_t longest_body_;
    std::uint64_t sent_ = 0;
    bool is_too_long_ = false;
};

/// libcurl's question whether to give up.
int stops_the_transfer(void* is_ended, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return *static_cast<const std::atomic<bool>*>(is_ended) ? 1 : 0;
}

/// The authority of an origin, without a port that goes without saying.
std::string host_of(std::string_view origin) {
    const auto mark = origin.find("://");
    const auto scheme = origin.substr(0, mark);
    auto host = mark == std::string_view::npos ? origin : origin.substr(mark + 3);
    host = host.substr(0, host.find('/'));
    const std::string_view usual = scheme == "https" ? ":443" : ":80";
    if (host.ends_with(usual)) host.remove_suffix(usual.size());
    return std::string(host);
}

NoAnswer::Reason reason_of(CURLcode code) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
        case CURLE_SSL_CONNECT_ERROR:
            return NoAnswer::Reason::Unreachable;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
            return NoAnswer::Reason::Untrusted;
        default:
            return NoAnswer::Reason::Lost;
    }
}

}  // namespace

struct HttpClient::Handle {
    CURL* curl = curl_easy_init();
    std::array<char, CURL_ERROR_SIZE> reason{};
    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { curl_easy_cleanup(curl); }
};

std::string_view Answer::header(std::string_view name) const {
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [&](const auto& header) { return header.first == name; });
    return found == headers.end() ? std::string_view{} : found->second;
}

HttpClient::HttpClient(HttpOptions options) : options_(std::move(options)), host_(host_of(options_.origin)) {
    start_curl();
}

HttpClient::~HttpClient() = default;

std::unique_ptr<HttpClient::Handle> HttpClient::take() {
    const std::scoped_lock lock(mutex_);
    if (idle_.empty()) return std::make_unique<Handle>();
    auto handle = std::move(idle_.back());
    idle_.pop_back();
    return handle;
}

void HttpClient::give_back(std::unique_ptr<Handle> handle) {
    const std::scoped_lock lock(mutex_);
    if (idle_.size() < kMostIdle) idle_.push_back(std::move(handle));
}

tl::expected<Answer, NoAnswer> HttpClient::send(const Request& request) {
    if (is_ended_) return tl::unexpected(NoAnswer{NoAnswer::Reason::Unreachable, "this server is ending"});
    auto handle = take();
    CURL* curl = handle->curl;
    if (curl == nullptr)
        return tl::unexpected(NoAnswer{NoAnswer::Reason::Unreachable, "out of memory for a connection"});
    curl_easy_reset(curl);  // keeps the connection open
    handle->reason[0] = '\0';
    Exchange exchange(request, options_.longest_body);
    auto url = options_.origin + crypto::sigv4::encoded_path(request.path);
    if (!request.query.empty()) url.append("?").append(crypto::sigv4::encoded_query(request.query));
    HeaderLines lines;
    lines.add("Host: " + host_);
    lines.add("Expect:");  // no round trip before a body
    for (const auto& [name, value] : request.headers) lines.add(fmt::format("{}: {}", name, value));
    const auto patience = request.patience.count() > 0 ? request.patience : options_.stall_timeout;

    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);  // what is signed is signed for this server
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, kStalled);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(patience.count()));
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, handle->reason.data());
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, request.only_once ? 1L : 0L);
    if (!options_.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, options_.ca_file.c_str());
    if (request.method == "HEAD") {
        curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    } else if (request.method == "PUT" || request.method == "POST") {
        curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(exchange.length()));
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, &Exchange::on_send);
        curl_easy_setopt(curl, CURLOPT_READDATA, &exchange);
        curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, &Exchange::on_seek);
        curl_easy_setopt(curl, CURLOPT_SEEKDATA, &exchange);
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    } else {
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Exchange::on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &exchange);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &Exchange::on_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &exchange);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines.get());
    // Asked about once a second while nothing moves.
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &stops_the_transfer);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &is_ended_);

    const CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &exchange.answer.status);
    if (code == CURLE_OK) {
        give_back(std::move(handle));
        return std::move(exchange.answer);
    }
    if (exchange.is_too_long())
        return tl::unexpected(NoAnswer{NoAnswer::Reason::Lost, "the answer is longer than it may be"});
    // A connection that was never made had nothing sent on it.
    double connected = 0;
    curl_easy_getinfo(curl, CURLINFO_PRETRANSFER_TIME, &connected);
    const bool was_in_time = code != CURLE_OPERATION_TIMEDOUT || connected > 0;
    const auto reason = was_in_time ? reason_of(code) : NoAnswer::Reason::Unreachable;
    return tl::unexpected(
        NoAnswer{reason, handle->reason[0] != '\0' ? handle->reason.data() : curl_easy_strerror(code)});
}

}  // namespace cript::outbound
