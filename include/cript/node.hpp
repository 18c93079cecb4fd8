#pragma once

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cript/record.hpp"

namespace cript {

/// A handle to a node of any type. Copies are handles to the same node, as with std::shared_ptr: what one of
/// them changes, all see. Made without arguments a handle is empty.
///
/// Every node has a uuid from the moment it is made. Nodes that are linked to each other live together and
/// may be used by one thread at a time.
class Node {
  public:
    Node() noexcept = default;
    Node(const Node& other) noexcept : record_(other.record_) { hold(); }
    Node(Node&& other) noexcept : record_(std::exchange(other.record_, nullptr)) {}
    Node& operator=(const Node& other) noexcept {
        Node copy(other);
        std::swap(record_, copy.record_);
        return *this;
    }
    Node& operator=(Node&& other) noexcept {
        std::swap(record_, other.record_);
        return *this;
    }
    ~Node() {
        if (record_ != nullptr) record_->graph_->drop_handle();
    }

    explicit operator bool() const noexcept { return record_ != nullptr; }

    /// "Material". These need a handle that is not empty.
    [[nodiscard]] std::string_view node_type() const { return record().type_; }
    [[nodiscard]] const std::string& uuid() const { return record().uuid_; }
    /// Set by the server (RFC 3339, UTC); empty for a node that was not saved yet.
    [[nodiscard]] const std::string& created_at() const { return record().created_at_; }
    [[nodiscard]] const std::string& updated_at() const { return record().updated_at_; }
    /// What the server calls the present state of the node; known of nodes that were asked for or saved by
    /// themselves.
    [[nodiscard]] const std::string& revision() const { return record().revision_; }
    /// Only the uuid is known, because the node belongs to somebody else or was not loaded. Saving leaves it
    /// as it is.
    [[nodiscard]] bool is_stub() const { return record().is_stub_; }

    /// Are these handles to the same node?
    friend bool operator==(const Node& left, const Node& right) noexcept {
        return left.record_ == right.record_;
    }
    friend bool operator!=(const Node& left, const Node& right) noexcept { return !(left == right); }

  protected:
    explicit Node(detail::Record* record) noexcept : record_(record) { hold(); }
    [[nodiscard]] detail::Record& record() const {
        if (record_ == nullptr) detail::no_node();
        return *record_;
    }

  private:
    friend struct detail::Access;
    void hold() noexcept {
        if (record_ != nullptr) record_->graph_->add_handle();
    }
    detail::Record* record_ = nullptr;
};

namespace detail {

/// Lets the library itself look behind handles.
struct Access {
    template <class Handle>
    static Handle handle(Record* record) {
        Handle handle;
        handle.record_ = record;
        handle.hold();
        return handle;
    }
    static Record* record(const Node& node) { return node.record_; }
    static Record* record(const LinkBase& link) { return link.target_; }
    static void append_targets(const ListBase& list, std::vector<Record*>& out) {
        out.insert(out.end(), list.targets_.begin(), list.targets_.end());
    }
    static void set_revision(const Node& node, std::string revision) {
        node.record_->revision_ = std::move(revision);
    }
    static void set_times(const Node& node, std::string_view created_at, std::string_view updated_at) {
        node.record_->created_at_ = created_at;
        node.record_->updated_at_ = updated_at;
    }
    /// A new node in a graph of its own, with a new uuid.
    static Record* create(std::unique_ptr<Record> record);
    /// From here on the handles own the graph, of which `record` is a part: the caller makes the first one.
    static void hand_over(std::unique_ptr<Graph> graph, Record* record);
    /// The handle of a type if the node is of it, else an empty one.
    template <class Handle>
    static Handle cast(const Node& node) {
        return node && node.node_type() == Handle::kType ? handle<Handle>(node.record_) : Handle();
    }
};

}  // namespace detail

/// A handle to a node whose fields are those of `Fields`: reach them with `->`.
template <class Fields>
class NodeOf : public Node {
  public:
    Fields* operator->() const { return static_cast<Fields*>(&record()); }
    Fields& operator*() const { return *operator->(); }

  protected:
    using Node::Node;
};

/// Nodes in order: a field such as Project.material. Used like a std::vector of handles.
template <class Handle>
class List : public detail::ListBase {
  public:
    using value_type = Handle;

    explicit List(detail::Record* owner) : ListBase(owner) {}
    List& operator=(std::initializer_list<Handle> nodes) { return assign(nodes.begin(), nodes.end()); }
    List& operator=(const std::vector<Handle>& nodes) { return assign(nodes.begin(), nodes.end()); }
    List& operator=(const List& other) {
        const std::vector<Handle> nodes(other.begin(), other.end());
        return *this = nodes;
    }

    /// Appends a link to the node. An empty handle ends the program.
    void push_back(const Handle& node) { append(detail::Access::record(node)); }
    List& operator+=(const Handle& node) {
        push_back(node);
        return *this;
    }
    List& operator+=(std::initializer_list<Handle> nodes) {
        for (const auto& node : nodes) push_back(node);
        return *this;
    }

    [[nodiscard]] Handle operator[](std::size_t position) const {
        return detail::Access::handle<Handle>(targets_.at(position));
    }
    [[nodiscard]] Handle front() const { return (*this)[0]; }
    [[nodiscard]] Handle back() const { return (*this)[size() - 1]; }

    /// Takes the first link to the node away; false if there was none.
    bool erase(const Node& node) {
        const auto found = std::find(targets_.begin(), targets_.end(), detail::Access::record(node));
        if (found == targets_.end()) return false;
        targets_.erase(found);
        return true;
    }

    /// Goes over the handles; they are made on the way.
    class iterator {
      public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Handle;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = Handle;

        explicit iterator(detail::Record* const* place) : place_(place) {}
        Handle operator*() const { return detail::Access::handle<Handle>(*place_); }
        iterator& operator++() {
            ++place_;
            return *this;
        }
        iterator operator++(int) { return iterator(place_++); }
        friend bool operator==(const iterator& left, const iterator& right) {
            return left.place_ == right.place_;
        }
        friend bool operator!=(const iterator& left, const iterator& right) {
            return left.place_ != right.place_;
        }

      private:
        detail::Record* const* place_;
    };
    [[nodiscard]] iterator begin() const { return iterator(targets_.data()); }
    [[nodiscard]] iterator end() const { return iterator(targets_.data() + targets_.size()); }

  private:
    template <class Iterator>
    List& assign(Iterator begin, Iterator end) {
        clear();
        for (; begin != end; ++begin) push_back(*begin);
        return *this;
    }
};

/// One other node, or none: a field such as Ingredient.material. Used like a handle.
template <class Handle>
class Link : public detail::LinkBase {
  public:
    explicit Link(detail::Record* owner) : LinkBase(owner) {}
    /// Points to the node; an empty handle takes the link away.
    Link& operator=(const Handle& node) {
        point_to(detail::Access::record(node));
        return *this;
    }
    Link& operator=(const Link& other) { return *this = other.node(); }

    /// The handle, empty if there is no link.
    [[nodiscard]] Handle node() const {
        return target_ == nullptr ? Handle() : detail::Access::handle<Handle>(target_);
    }
    operator Handle() const { return node(); }
    auto* operator->() const { return node().operator->(); }
};

}  // namespace cript
