// What Beast costs by itself: every GET is answered with the same JSON, on one thread, by callbacks.

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;

namespace {

/// As long as the answer to the read of one node.
std::string node_json() {
    std::string json =
        R"({"code":200,"error":null,"data":[{"uuid":"0b6d3b1e-3c0a-4c52-9e0e-5d1f5d1f5d1f","notes":")";
    json.append(500, 'n');
    return json.append(R"("}]})");
}

class Session : public std::enable_shared_from_this<Session> {
  public:
    explicit Session(Socket socket) : socket_(std::move(socket)) {
        response_.result(http::status::ok);
        response_.set(http::field::server, "bare_beast");
        response_.set(http::field::content_type, "application/json");
        response_.body() = node_json();
        response_.prepare_payload();
        buffer_.reserve(4096);
        error_code ignored;
        socket_.set_option(tcp::no_delay(true), ignored);
    }

    void read() {
        request_ = {};
        http::async_read(socket_, buffer_, request_, [self = shared_from_this()](error_code ec, std::size_t) {
            if (!ec) self->write();
        });
    }

  private:
    void write() {
        http::async_write(socket_, response_, [self = shared_from_this()](error_code ec, std::size_t) {
            if (!ec && self->request_.keep_alive()) self->read();
        });
    }

    Socket socket_;
    boost::beast::flat_buffer buffer_;
    http::request<http::string_body> request_;
    http::response<http::string_body> response_;
};

void accept(Acceptor& acceptor) {
    acceptor.async_accept([&acceptor](error_code ec, Socket socket) {
        if (!ec) std::make_shared<Session>(std::move(socket))->read();
        accept(acceptor);
    });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: bare_beast PORT\n";
        return EXIT_FAILURE;
    }
    asio::io_context context{1};
    const auto port = static_cast<unsigned short>(std::atoi(argv[1]));
    Acceptor acceptor{context, tcp::endpoint(asio::ip::address_v4::loopback(), port)};
    accept(acceptor);
    context.run();
}
