#include "running_server.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace cript::http::testing {

RunningServer::RunningServer(std::vector<Route> routes, ServerOptions options, ServerHooks hooks) {
    for (auto& route : routes) router_.add(std::move(route));
    options.port = 0;
    hooks.failure = [](const Request&, unsigned status, std::string_view message) {
        return Response{.status = status, .body = fmt::format("failure: {}", message)};
    };
    hooks.completed = [this](const Summary& summary) {
        const std::lock_guard lock(mutex_);
        completed_.push_back(fmt::format("{} {} {}", text(summary.method), summary.pattern, summary.status));
        changed_.notify_all();
    };
    auto server = Server::bind(std::move(options), router_, std::move(hooks));
    if (!server) throw std::runtime_error(server.error().message);
    server_ = std::move(*server);
    thread_ = std::thread([this] { server_->run(); });
}

RunningServer::~RunningServer() {
    stop();
    join();
}

void RunningServer::join() {
    if (thread_.joinable()) thread_.join();
}

std::vector<std::string> RunningServer::completed(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return completed_.size() >= count; });
    return completed_;
}

Response echo(const Request& request) {
    return Response{.body = fmt::format("{}|{}|{}", request.path, request.raw_query, request.body)};
}

Route pooled(Method method, std::string pattern, Handler handler, std::size_t body_limit) {
    Route route;
    route.method = method;
    route.pattern = std::move(pattern);
    route.handler = std::move(handler);
    route.body_limit = body_limit;
    return route;
}

Route quick(Method method, std::string pattern, QuickHandler handler) {
    Route route;
    route.method = method;
    route.pattern = std::move(pattern);
    route.quick = std::move(handler);
    return route;
}

}  // namespace cript::http::testing
