#include "server/serve.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <cstdio>

#include "api/authentication.hpp"
#include "api/envelope.hpp"
#include "api/route_table.hpp"
#include "api/storage/routes.hpp"
#include "base/log.hpp"
#include "server/instance.hpp"
#include "server/machine_memory.hpp"
#include "server/metrics.hpp"
#include "server/operator_socket.hpp"
#include "server/periodic_jobs.hpp"
#include "server/version.hpp"
#include "server/web_pages.hpp"
#include "service/reindex.hpp"

namespace cript::server {

namespace {

sigset_t ending_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

/// An eighth of the machine's memory, since what is made of a body takes several times as much; a document of
/// the largest size has room in any case.
http::BodyMemory::Limits body_memory(const Options& options) {
    constexpr std::uint64_t kMiB = std::uint64_t{1} << 20U;
    http::BodyMemory::Limits limits;
    limits.total = options.body_memory > 0 ? options.body_memory * kMiB
                                           : std::clamp(machine_memory() / 8, 256 * kMiB, 4096 * kMiB);
    limits.per_client = options.body_memory_per_client > 0 ? options.body_memory_per_client * kMiB
                                                           : std::max(limits.total / 4, 128 * kMiB);
    return limits;
}

http::ServerHooks hooks_of(Metrics& metrics, const api::Application& application) {
    http::ServerHooks hooks;
    hooks.failure = [](const http::Request& request, unsigned status, std::string_view message) {
        return api::unrouted(request, status, message);
    };
    hooks.clients = [&application](const http::Request& request) {
        return api::holders_of(application, request);
    };
    hooks.completed = [&metrics](const http::Summary& summary) { metrics.count(summary); };
    return hooks;
}

/// `/metrics` on a listener of its own, so that it is never open where the API is.
class MetricsListener {
  public:
    static base::Result<std::unique_ptr<MetricsListener>> start(const Options& options,
                                                                const Metrics& metrics) {
        if (options.metrics.empty()) return nullptr;
        auto endpoint = read_endpoint(options.metrics);
        CRIPT_CHECK(endpoint);
        auto listener = std::make_unique<MetricsListener>();
        http::Route route;
        route.pattern = "/metrics";
        route.quick = [&metrics](const http::Request&) {
            http::Response response;
            response.body = metrics.text();
            response.with("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            return std::optional(std::move(response));
        };
        listener->router_.add(std::move(route));
        http::ServerOptions server_options;
        server_options.address = endpoint->address;
        server_options.port = endpoint->port;
        server_options.io_threads = 1;
        server_options.pool_threads = 1;
        server_options.transfer_threads = 1;
        server_options.connections = 64;
        http::ServerHooks hooks;
        hooks.failure = [](const http::Request&, unsigned status, std::string_view message) {
            return api::failure(status, message);
        };
        auto server = http::Server::bind(server_options, listener->router_, std::move(hooks));
        if (!server) {
            if (!options.metrics_is_default) return base::fail(server.error());
            base::log(base::LogLevel::Warning, "metrics.not_served", {{"reason", server.error().message}});
            return nullptr;
        }
        listener->server_ = std::move(*server);
        listener->thread_ = std::thread([raw = listener->server_.get()] { raw->run(); });
        return listener;
    }
    MetricsListener() = default;
    ~MetricsListener() {
        if (server_) server_->stop();
        if (thread_.joinable()) thread_.join();
    }
    MetricsListener(const MetricsListener&) = delete;
    MetricsListener& operator=(const MetricsListener&) = delete;

  private:
    http::Router router_;
    std::unique_ptr<http::Server> server_;
    std::thread thread_;
};

/// Searches find nothing in side tables of older rules: first they are made anew.
base::Result<void> bring_indexes_up_to_date(service::Context& context) {
    constexpr std::uint64_t kNodesBetweenLines = 100'000;
    std::uint64_t told = 0;
    return service::reindex_if_older(context, [&](const service::Reindexed& done) {
        if (done.nodes >= told + kNodesBetweenLines) {
            told = done.nodes;
            base::log(base::LogLevel::Info, "index.going_on", {{"nodes", std::to_string(done.nodes)}});
        }
        sigset_t pending;
        sigpending(&pending);
        return sigismember(&pending, SIGTERM) != 1 && sigismember(&pending, SIGINT) != 1;
    });
}

base::Result<void> announce(api::Application& application, const std::string& url) {
    fmt::print("OpenCRIPT is ready at {}\n", url);
    auto secret = application.accounts.new_setup_secret();
    CRIPT_CHECK(secret);
    if (*secret) fmt::print("Set up the first account: {}/setup#{}\n", url, (*secret)->reveal());
    std::fflush(stdout);
    return {};
}

base::Result<WebPages> load_pages(const Options& options) {
    const auto folder = find_web_folder(options.web);
    if (!folder) {
        base::log(base::LogLevel::Warning, "web.not_built", {{"hint", "./run builds the pages"}});
        return WebPages{};
    }
    return WebPages::load(*folder);
}

std::string url_of(const Options& options, const Endpoint& endpoint, std::uint16_t port) {
    if (!options.public_url.empty()) {
        auto url = options.public_url;
        while (url.ends_with('/')) url.pop_back();
        return url;
    }
    const bool is_v6 = endpoint.address.find(':') != std::string::npos;
    return fmt::format("http://{}{}{}:{}", is_v6 ? "[" : "", endpoint.address, is_v6 ? "]" : "", port);
}

}  // namespace

base::Result<void> serve(const Options& options) {
    // Blocked before any thread starts, so that only the waiting thread below takes them.
    const auto signals = ending_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    ::signal(SIGPIPE, SIG_IGN);

    auto endpoint = read_endpoint(options.listen);
    CRIPT_CHECK(endpoint);
    auto instance = Instance::open(options);
    CRIPT_CHECK(instance);
    auto& application = (*instance)->application();
    CRIPT_CHECK(bring_indexes_up_to_date(application.context));
    auto pages = load_pages(options);
    CRIPT_CHECK(pages);

    const auto routes = api::all_routes();
    http::Router router;
    api::mount(router, application, routes);
    api::storage::mount(router, application);
    pages->mount(router);

    Metrics metrics;
    http::ServerOptions server_options;
    server_options.address = endpoint->address;
    server_options.port = endpoint->port;
    server_options.io_threads = options.io_threads;
    server_options.pool_threads = options.pool_threads;
    server_options.transfer_threads = options.pool_threads;
    server_options.body_memory = body_memory(options);
    auto server = http::Server::bind(server_options, router, hooks_of(metrics, application));
    CRIPT_CHECK(server);
    metrics.watch([raw = server->get(), &application] {
        return Metrics::State{raw->body_bytes(), application.files.check_condition().has_value()};
    });
    auto metrics_listener = MetricsListener::start(options, metrics);
    CRIPT_CHECK(metrics_listener);
    auto socket = OperatorSocket::listen(options.socket_file(), [&application](const Command& command) {
        return execute(application, command);
    });
    CRIPT_CHECK(socket);
    if (auto checked = (*instance)->blobs().check(); !checked) {
        if (checked.error().kind != base::ErrorKind::Unavailable) return base::fail(checked.error());
        fmt::print(stderr, "Files are not available yet: {}\n", checked.error().message);
    }
    // What was on its way when a server that has the database for itself ended, is nobody's.
    if (!(*instance)->store().is_remote()) CRIPT_CHECK(application.file_collection.run_at_start());
    const auto watch = (*instance)->watch();
    const PeriodicJobs jobs(application, *watch);

    base::log(base::LogLevel::Info, "server.started",
              {{"version", std::string(kVersion)},
               {"listen", options.listen},
               {"data", options.data.string()},
               {"store", (*instance)->store().name()},
               {"blobs", (*instance)->blobs().name()}});
    CRIPT_CHECK(announce(application, url_of(options, *endpoint, (*server)->port())));

    std::thread waiting([&] {
        int signal = 0;
        sigwait(&signals, &signal);
        base::log(base::LogLevel::Info, "server.stopping", {{"signal", std::to_string(signal)}});
        (*server)->stop();
    });
    (*server)->run();
    application.files.end();  // before those are waited for that wait for the store of the files
    waiting.join();
    base::log(base::LogLevel::Info, "server.stopped");
    return {};
}

}  // namespace cript::server
