#include "server/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <mutex>
#include <tuple>

#include "server/version.hpp"

namespace cript::server {

namespace {

/// Resident memory of this process (proc(5), statm).
double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double total = 0;
    double resident = 0;
    statm >> total >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

struct Metrics::Families {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                            .Name("cript_http_requests_total")
                                                            .Help("Requests answered.")
                                                            .Register(registry);
    prometheus::Family<prometheus::Histogram>& seconds =
        prometheus::BuildHistogram()
            .Name("cript_http_request_seconds")
            .Help("From the first byte of a request to its answer.")
            .Register(registry);
    prometheus::Counter& received = prometheus::BuildCounter()
                                        .Name("cript_http_received_bytes_total")
                                        .Help("Bytes of request bodies.")
                                        .Register(registry)
                                        .Add({});
    prometheus::Counter& sent = prometheus::BuildCounter()
                                    .Name("cript_http_sent_bytes_total")
                                    .Help("Bytes of answers.")
                                    .Register(registry)
                                    .Add({});
    prometheus::Gauge& resident = prometheus::BuildGauge()
                                      .Name("process_resident_memory_bytes")
                                      .Help("Resident memory size in bytes.")
                                      .Register(registry)
                                      .Add({});

    prometheus::Gauge& body_bytes = prometheus::BuildGauge()
                                        .Name("cript_http_body_memory_bytes")
                                        .Help("Memory that bodies of requests take.")
                                        .Register(registry)
                                        .Add({});
    prometheus::Gauge& takes_files = prometheus::BuildGauge()
                                         .Name("cript_files_available")
                                         .Help("1 while files can be stored, 0 while they cannot.")
                                         .Register(registry)
                                         .Add({});

    // Label sets are looked up once: the strings of patterns live as long as the router.
    using Key = std::tuple<const char*, http::Method, unsigned>;
    struct Series {
        prometheus::Counter* requests;
        prometheus::Histogram* seconds;
    };
    std::mutex mutex;
    std::map<Key, Series> series;

    Series& find(const http::Summary& summary) {
        auto& entry = series[{summary.pattern.data(), summary.method, summary.status}];
        if (entry.requests != nullptr) return entry;
        const std::map<std::string, std::string> route{{"method", std::string(http::text(summary.method))},
                                                       {"route", std::string(summary.pattern)}};
        auto labels = route;
        labels.emplace("status", std::to_string(summary.status));
        entry.requests = &requests.Add(labels);
        entry.seconds = &seconds.Add(
            route, prometheus::Histogram::BucketBoundaries{0.0001, 0.001, 0.01, 0.05, 0.1, 0.5, 1, 5, 30});
        return entry;
    }
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {
    prometheus::BuildGauge()
        .Name("cript_build_info")
        .Help("Constant 1, labelled with the version.")
        .Register(families_->registry)
        .Add({{"version", std::string(kVersion)}})
        .Set(1);
}

Metrics::~Metrics() = default;

void Metrics::count(const http::Summary& summary) {
    const std::scoped_lock lock(families_->mutex);
    const auto& series = families_->find(summary);
    series.requests->Increment();
    series.seconds->Observe(std::chrono::duration<double>(summary.duration).count());
    families_->received.Increment(static_cast<double>(summary.request_bytes));
    families_->sent.Increment(static_cast<double>(summary.response_bytes));
}

std::string Metrics::text() const {
    families_->resident.Set(resident_bytes());
    const auto state = state_ ? state_() : State{};
    families_->body_bytes.Set(static_cast<double>(state.body_bytes));
    families_->takes_files.Set(state.takes_files ? 1 : 0);
    return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

}  // namespace cript::server
