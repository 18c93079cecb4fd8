#include "client/connection.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <charconv>
#include <thread>

#include "base/encoding.hpp"
#include "base/secret.hpp"
#include "client/token.hpp"

namespace cript {

namespace {

constexpr std::string_view kVersion = "0.1.0";
constexpr std::string_view kBasePath = "/api/v1";
constexpr std::size_t kLongestAnswer = std::size_t{1} << 30U;

/// libcurl's process-wide state; made before the first handle, and never undone, as other code may use
/// libcurl too.
void start_curl() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)started;
}

/// The name and value of a header line, if it is one.
std::optional<std::pair<std::string_view, std::string_view>> split_header(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto value = line.substr(colon + 1);
    const auto first = value.find_first_not_of(" \t\r\n");
    value = first == std::string_view::npos
                ? std::string_view()
                : value.substr(first, value.find_last_not_of(" \t\r\n") - first + 1);
    return std::pair{line.substr(0, colon), value};
}

std::string_view without_quotes(std::string_view etag) {
    if (etag.substr(0, 2) == "W/") etag.remove_prefix(2);
    if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"') return etag.substr(1, etag.size() - 2);
    return etag;
}

std::optional<std::uint64_t> number_in(std::string_view text) {
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return number;
}

int status_of(CURL* curl) {
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    return static_cast<int>(status);
}

bool is_read(const WireRequest& request) {
    return request.is_read || request.method == "GET";
}

/// Failures of the network that another attempt may not meet.
bool may_pass(CURLcode code, bool is_content) {
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return is_content;  // it stalled
        case CURLE_SEND_FAIL_REWIND:
        case CURLE_COULDNT_CONNECT:
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_PARTIAL_FILE:
            return true;
        default:
            return false;
    }
}

}  // namespace

/// A list of header lines that is overwritten when it ends: one of them is the token.
class Connection::Headers {
  public:
    Headers() = default;
    ~Headers() {
        for (auto* line = list_; line != nullptr; line = line->next)
            base::wipe(line->data, std::strlen(line->data));
        curl_slist_free_all(list_);
    }
    Headers(const Headers&) = delete;
    Headers& operator=(const Headers&) = delete;

    void add(const char* line) { list_ = curl_slist_append(list_, line); }
    [[nodiscard]] curl_slist* get() const { return list_; }

  private:
    curl_slist* list_ = nullptr;
};

struct Connection::Handle {
    CURL* curl = curl_easy_init();
    std::array<char, CURL_ERROR_SIZE> reason{};
    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { curl_easy_cleanup(curl); }
};

/// One request on its way: what libcurl's callbacks write to.
class Connection::Attempt {
  public:
    Attempt(const ProgressCallback& progress, const WireRequest& request)
        : progress_(progress),
          request_(request),
          has_body_(!request.body.empty() || (request.stream != nullptr && request.stream->size())) {}

    void listen(CURL* curl) {
        curl_ = curl;
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Attempt::on_body);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
        curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &Attempt::on_header);
        curl_easy_setopt(curl, CURLOPT_HEADERDATA, this);
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, &Attempt::on_read);
        curl_easy_setopt(curl, CURLOPT_READDATA, this);
        if (!progress_ && request_.is_cancelled == nullptr) return;
        curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &Attempt::on_progress);
        curl_easy_setopt(curl, CURLOPT_XFERINFODATA, this);
    }
    [[nodiscard]] WireAnswer& answer() { return answer_; }
    [[nodiscard]] bool too_large() const { return too_large_; }
    [[nodiscard]] bool was_cancelled() const { return was_cancelled_; }

  private:
    static std::size_t on_read(char* data, std::size_t size, std::size_t count, void* self) {
        const auto read = static_cast<Attempt*>(self)->request_.stream->read(data, size * count);
        return read == 0 ? CURL_READFUNC_ABORT : read;
    }

    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) {
        auto& attempt = *static_cast<Attempt*>(self);
        if (attempt.answer_.status == 0) attempt.answer_.status = status_of(attempt.curl_);
        const bool is_content = attempt.answer_.status == 200 || attempt.answer_.status == 206;
        if (is_content && attempt.request_.stream != nullptr && !attempt.request_.stream->size())
            return attempt.request_.stream->take(attempt.answer_, {data, size * count}) ? size * count : 0;
        if (attempt.answer_.body.size() + size * count > kLongestAnswer) {
            attempt.too_large_ = true;
            return 0;  // ends the transfer
        }
        attempt.answer_.body.append(data, size * count);
        return size * count;
    }

    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) {
        auto& answer = static_cast<Attempt*>(self)->answer_;
        if (const auto header = split_header({data, size * count})) {
            const auto& [name, value] = *header;
            if (base::equals_ignoring_case(name, "ETag")) answer.revision = without_quotes(value);
            if (base::equals_ignoring_case(name, "Location")) answer.location = value;
            if (base::equals_ignoring_case(name, "Retry-After")) answer.retry_after = std::string(value);
            if (base::equals_ignoring_case(name, "Repr-Digest")) answer.digest = value;
            if (base::equals_ignoring_case(name, "Content-Range")) answer.content_range = value;
            if (base::equals_ignoring_case(name, "Content-Length")) answer.content_length = number_in(value);
        }
        return size * count;
    }

    static int on_progress(void* self, curl_off_t down_total, curl_off_t down, curl_off_t up_total,
                           curl_off_t up) {
        auto& attempt = *static_cast<Attempt*>(self);
        if (attempt.request_.is_cancelled != nullptr && (*attempt.request_.is_cancelled)()) {
            attempt.was_cancelled_ = true;
            return 1;
        }
        if (!attempt.progress_) return 0;
        if (attempt.has_body_ && up_total == 0) return 0;  // not connected yet
        Progress progress;
        if (down > 0) {
            progress = {Progress::Phase::Receiving, static_cast<std::uint64_t>(down),
                        static_cast<std::uint64_t>(down_total)};
        } else if (up < up_total) {
            progress = {Progress::Phase::Sending, static_cast<std::uint64_t>(up),
                        static_cast<std::uint64_t>(up_total)};
        } else {
            progress = {Progress::Phase::Waiting, 0, 0};
        }
        attempt.progress_(progress);
        return 0;
    }

    const ProgressCallback& progress_;
    const WireRequest& request_;
    CURL* curl_ = nullptr;
    bool has_body_;
    WireAnswer answer_;
    bool too_large_ = false;
    bool was_cancelled_ = false;
};

namespace {

/// The token as a header line, in memory that is wiped.
base::SecretText authorization(const base::SecretText& token) {
    constexpr std::string_view kName = "Authorization: Token ";
    std::string line;
    line.reserve(kName.size() + token.reveal().size() +
                 1);  // one buffer: a grown one would leave a copy behind
    line.append(kName).append(token.reveal());
    line.push_back('\0');
    return base::SecretText::take(std::move(line));
}

Error unreachable(CURLcode code, std::string_view host, std::string_view reason) {
    if (code == CURLE_OPERATION_TIMEDOUT) {
        return {ErrorKind::TimedOut, 0, fmt::format("{} did not answer in time", host), {}};
    }
    if (code == CURLE_COULDNT_RESOLVE_HOST) {
        return {
            ErrorKind::Unreachable,
            0,
            fmt::format("cannot reach {}: no server has this name; check CRIPT_HOST and the network", host),
            {}};
    }
    if (code == CURLE_PEER_FAILED_VERIFICATION) {
        return {ErrorKind::Unreachable,
                0,
                fmt::format("{} is not trusted: {}. For a server with a certificate of an own authority, set "
                            "SSL_CERT_FILE to the authority's PEM file",
                            host, reason),
                {}};
    }
    return {ErrorKind::Unreachable, 0, fmt::format("cannot reach {}: {}", host, reason), {}};
}

/// How long to wait before the next attempt: what the server asks for, else longer each time.
std::chrono::milliseconds pause_before(int attempt, const WireAnswer& answer,
                                       std::chrono::milliseconds longest) {
    std::chrono::milliseconds pause{200 << std::min(attempt, 8)};
    if (answer.retry_after) {
        constexpr std::uint64_t kDay = 86'400;
        if (const auto seconds = number_in(*answer.retry_after))
            pause = std::chrono::seconds(std::min(*seconds, kDay));
    }
    return std::min(pause, longest);
}

/// Can the server just not now, so that a later attempt may do?
bool is_busy(const WireAnswer& answer, bool is_content) {
    if (answer.status == 503 && answer.retry_after) return true;
    return is_content && answer.status >= 502 && answer.status <= 504;
}

bool is_cancelled(const WireRequest& request) {
    return request.is_cancelled != nullptr && (*request.is_cancelled)();
}

/// Waits, and looks now and then whether it still should.
void pause(const WireRequest& request, std::chrono::milliseconds duration) {
    constexpr std::chrono::milliseconds kSlice{50};
    const auto end = std::chrono::steady_clock::now() + duration;
    for (auto now = end - duration; now < end && !is_cancelled(request);
         now = std::chrono::steady_clock::now())
        std::this_thread::sleep_for(
            std::min(kSlice, std::chrono::ceil<std::chrono::milliseconds>(end - now)));
}

}  // namespace

Connection::Connection(std::string host, Token token, Options options)
    : host_(std::move(host)), token_(std::move(token)), options_(std::move(options)) {
    start_curl();
    handle_ = std::make_unique<Handle>();
}

Connection::~Connection() = default;

Result<WireAnswer> Connection::exchange(const WireRequest& request) {
    const std::lock_guard guard(in_use_);
    if (handle_->curl == nullptr)
        return Error{ErrorKind::Unreachable, 0, "out of memory for a connection", {}};
    const bool is_content = request.stream != nullptr;
    const int attempts = request.attempts > 0 ? request.attempts : options_.attempts;
    const auto& progress = request.progress != nullptr ? *request.progress : options_.progress;
    for (int number = 1;; ++number) {
        const auto taken = is_content ? request.stream->taken() : 0;
        Attempt attempt(progress, request);
        const CURLcode code = perform(request, attempt);
        if (attempt.was_cancelled() || is_cancelled(request))
            return Error{ErrorKind::Cancelled, 0, "it was cancelled", {}};
        if (is_content && request.stream->taken() > taken) number = 1;
        const bool busy = code == CURLE_OK && is_busy(attempt.answer(), is_content);
        const bool again = is_read(request) && number < attempts && (busy || may_pass(code, is_content));
        if (!again) {
            if (attempt.too_large()) {
                return Error{ErrorKind::TooLarge, 0, fmt::format("the answer of {} is too large", host_), {}};
            }
            if (code != CURLE_OK) return unreachable(code, host_, reason(code));
            return std::move(attempt.answer());
        }
        pause(request, pause_before(number, attempt.answer(), options_.longest_wait));
    }
}

CURLcode Connection::perform(const WireRequest& request, Attempt& attempt) {
    CURL* curl = handle_->curl;
    curl_easy_reset(curl);  // keeps the connection open
    handle_->reason[0] = '\0';
    const auto url = fmt::format("{}{}{}", host_, kBasePath, request.target);
    const auto agent =
        fmt::format("{}{}libcript/{}", options_.user_agent, options_.user_agent.empty() ? "" : " ", kVersion);
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_USERAGENT, agent.c_str());
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);  // a redirect would carry the token to another place
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, handle_->reason.data());
    if (!options_.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, options_.ca_file.c_str());

    Headers headers;
    const auto line = authorization(token_.secret_->text);
    headers.add(line.reveal().begin());  // it ends with a NUL
    headers.add("Expect:");              // no round trip before a large body
    if (!request.if_match.empty()) headers.add(fmt::format("If-Match: \"{}\"", request.if_match).c_str());
    if (request.stream != nullptr) {
        set_stream(*request.stream, headers);
    } else {
        headers.add("Accept: application/json");
        curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.request_timeout.count()));
        curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");  // whatever this libcurl can unpack
    }
    if (!request.body.empty()) {
        headers.add("Content-Type: application/json");
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    attempt.listen(curl);

    const CURLcode code = curl_easy_perform(curl);
    attempt.answer().status = status_of(curl);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, nullptr);
    return code;
}

void Connection::set_stream(ContentStream& stream, Headers& headers) {
    CURL* curl = handle_->curl;
    // A content may take days; but it moves.
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(options_.stall_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_BUFFERSIZE, 256L << 10);
    for (const auto& line : stream.begin()) headers.add(line.c_str());
    if (const auto size = stream.size()) {
        headers.add("Content-Type: application/octet-stream");
        curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl, CURLOPT_UPLOAD_BUFFERSIZE, 256L << 10);
        curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(*size));
    }
}

std::string_view Connection::reason(CURLcode code) const {
    return handle_->reason[0] != '\0' ? handle_->reason.data() : curl_easy_strerror(code);
}

}  // namespace cript
