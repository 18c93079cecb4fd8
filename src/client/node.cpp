#include "cript/node.hpp"

#include <cstdlib>
#include <iostream>

#include "base/uuid.hpp"

namespace cript::detail {

Graph::Graph() = default;
Graph::~Graph() = default;

void Graph::drop_handle() noexcept {
    if (--handles_ == 0)
        delete this;  // NOLINT(cppcoreguidelines-owning-memory): the handles together are the owner
}

Record* Graph::adopt(std::unique_ptr<Record> record) {
    record->graph_ = this;
    records_.push_back(std::move(record));
    return records_.back().get();
}

void Graph::join(Graph* left, Graph* right) {
    if (left == right) return;
    if (left->records_.size() < right->records_.size()) std::swap(left, right);
    left->records_.reserve(left->records_.size() + right->records_.size());
    for (auto& record : right->records_) left->adopt(std::move(record));
    left->handles_ += std::exchange(right->handles_, 0);
    const std::unique_ptr<Graph> emptied(right);
}

Record::Record(const char* type) : type_(type), uuid_(base::Uuid::random().text()) {}
Record::~Record() = default;

void ListBase::append(Record* target) {
    if (target == nullptr) no_node();
    Graph::join(owner_->graph_, target->graph_);
    targets_.push_back(target);
}

void LinkBase::point_to(Record* target) {
    if (target != nullptr) Graph::join(owner_->graph_, target->graph_);
    target_ = target;
}

Record* Access::create(std::unique_ptr<Record> record) {
    auto graph = std::make_unique<Graph>();
    auto* adopted = graph->adopt(std::move(record));
    hand_over(std::move(graph), adopted);
    return adopted;
}

void Access::hand_over(std::unique_ptr<Graph> graph, Record* record) {
    record->graph_ = graph.release();
}

void no_node() {
    std::cerr << "libcript: an empty node handle was used\n";
    std::abort();
}

}  // namespace cript::detail
