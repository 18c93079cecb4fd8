#include "cript/search.hpp"

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "client/connection.hpp"
#include "client/envelope.hpp"

namespace cript {

namespace {

constexpr int kLargestPage = 100;

int page_size(const SearchOptions& options) {
    return options.page_size < 1 ? 1 : options.page_size > kLargestPage ? kLargestPage : options.page_size;
}

Hit hit_of(Json node) {
    Hit hit;
    hit.uuid = node.text_of("uuid");
    hit.name = node.text_of("name");
    const auto* marker = node.find("node");
    const auto* types = marker == nullptr ? nullptr : marker->if_array();
    if (types != nullptr && !types->empty() && types->front().if_text() != nullptr)
        hit.node_type = *types->front().if_text();
    if (const auto* score = node.find("score")) hit.score = score->as_double();
    hit.node = std::move(node);
    return hit;
}

}  // namespace

Result<Json> Search::ask() const {
    const Hit* last = hits_.empty() ? nullptr : &hits_.back();
    WireRequest request{"GET", "", "", ""};
    if (kind_ == Kind::BySimilarity) {
        request.target = fmt::format("/search/bigsmiles/?limit={}", page_size(options_));
        if (!options_.field.empty())
            request.target += fmt::format("&field={}", base::percent_encode(options_.field));
        if (last != nullptr)
            request.target += fmt::format("&after={}&score={}", last->uuid, last->score.value_or(0));
        request.target += "&q=" + base::percent_encode(text_);
    } else {
        Json body = Json::object();
        body.set("q", text_).set("limit", page_size(options_));
        if (!options_.field.empty()) body.set("field", options_.field);
        if (last != nullptr) body.set("after", last->uuid);
        if (options_.exact) body.set("exact", true);
        if (options_.case_sensitive) body.set("case_sensitive", true);
        request = {"POST", fmt::format("/search/{}/", type_), body.dump(), ""};
    }
    request.is_read = true;
    const auto answer = connection_->exchange(request);
    if (!answer) return answer.error();
    auto opened = client::open_envelope(*answer, connection_->host());
    if (!opened) return std::move(opened).error();
    return std::move(opened->data);
}

bool Search::fetch() {
    auto data = ask();
    if (!data) {
        error_ = std::move(data).error();
        return false;
    }
    auto* result = data->find("result");
    auto* nodes = result == nullptr ? nullptr : result->if_array();
    if (nodes == nullptr) {
        error_ = Error{ErrorKind::NotCript,
                       0,
                       fmt::format("{} answered a search without a result", connection_->host()),
                       {}};
        return false;
    }
    if (const auto* count = data->find("count")) count_ = count->as_integer().value_or(count_);
    is_over_ = nodes->size() < static_cast<std::size_t>(page_size(options_));
    hits_.clear();
    at_ = 0;
    for (auto& node : *nodes) hits_.push_back(hit_of(std::move(node)));
    return !hits_.empty();
}

bool Search::reach() {
    if (at_ < hits_.size()) return true;
    if (is_over_ || error_) return false;
    return fetch();
}

Result<std::int64_t> Search::count() {
    if (count_ < 0 && !error_) static_cast<void>(reach());
    if (error_) return *error_;
    return count_;
}

Result<std::vector<Hit>> Search::take(std::size_t limit) {
    std::vector<Hit> taken;
    while (taken.size() < limit && reach()) taken.push_back(hits_[at_++]);
    if (error_) return *error_;
    return taken;
}

}  // namespace cript
