#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace cript::http::testing {

struct RawResponse {
    unsigned status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;
    std::string text;  ///< all of it, as it came
};

/// A client that sends exactly the bytes it is told to. Every wait ends after ten seconds.
class RawClient {
  public:
    explicit RawClient(std::uint16_t port);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    /// Sends all of it, or as much as the server takes before it closes.
    void send(std::string_view bytes);
    /// The next response; `head_only` for the answer to HEAD. Nothing if the connection ends before.
    [[nodiscard]] std::optional<RawResponse> receive(bool head_only = false);
    [[nodiscard]] std::optional<RawResponse> ask(std::string_view request) {
        send(request);
        return receive();
    }
    /// Does the server end the connection, with nothing more to read?
    [[nodiscard]] bool is_closed_by_server();
    /// Does nothing arrive for that long?
    [[nodiscard]] bool is_silent(std::chrono::milliseconds span = {}) const;
    /// Ends the connection by a reset.
    void vanish();

  private:
    bool fill();

    int socket_ = -1;
    std::string pending_;
};

}  // namespace cript::http::testing
