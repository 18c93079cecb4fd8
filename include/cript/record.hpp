/// What stands behind the handles of node.hpp. Nothing here is meant to be used directly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cript/value.hpp"

namespace cript {
class Node;
}

namespace cript::detail {

class Record;
class ListBase;
class LinkBase;
struct Access;

/// A field as the model knows it.
struct FieldInfo {
    const char* name;              ///< as in JSON
    const char* target = nullptr;  ///< node type of links
    bool containment = false;      ///< the target belongs here, else it belongs elsewhere
};

/// Is shown every field of a record in turn, in the order of the model.
class FieldVisitor {
  public:
    virtual ~FieldVisitor() = default;
    virtual void visit(const FieldInfo& field, std::string& text) = 0;
    virtual void visit(const FieldInfo& field, std::optional<std::string>& text) = 0;
    virtual void visit(const FieldInfo& field, std::optional<std::int64_t>& integer) = 0;
    virtual void visit(const FieldInfo& field, std::optional<Number>& number) = 0;
    virtual void visit(const FieldInfo& field, std::optional<bool>& flag) = 0;
    virtual void visit(const FieldInfo& field, std::vector<std::string>& texts) = 0;
    virtual void visit(const FieldInfo& field, std::vector<std::int64_t>& integers) = 0;
    virtual void visit(const FieldInfo& field, Value& value) = 0;
    virtual void visit(const FieldInfo& field, ListBase& list) = 0;
    virtual void visit(const FieldInfo& field, LinkBase& link) = 0;
};

/// Nodes that are linked to each other live together: as long as there is a handle to one of them, all of
/// them do. A link joins the graphs of both ends. So cycles, of which this model is full, need no care and
/// leave no leak.
class Graph {
  public:
    Graph();
    ~Graph();
    Graph(const Graph&) = delete;
    Graph& operator=(const Graph&) = delete;

    /// Takes over a record that has no graph yet.
    Record* adopt(std::unique_ptr<Record> record);
    /// Makes one graph of two; the smaller one moves.
    static void join(Graph* left, Graph* right);

    void add_handle() noexcept { ++handles_; }
    /// Ends the graph, and itself, with the last handle.
    void drop_handle() noexcept;

  private:
    std::vector<std::unique_ptr<Record>> records_;
    std::size_t handles_ = 0;
};

/// A node: its identity, and, in the generated classes below it, its fields.
class Record {
  public:
    virtual ~Record();
    Record(const Record&) = delete;
    Record& operator=(const Record&) = delete;

    virtual void accept(FieldVisitor& visitor) = 0;

  protected:
    explicit Record(const char* type);

  private:
    friend class Graph;
    friend class ListBase;
    friend class LinkBase;
    friend class NodeReader;
    friend class NodeWriter;
    friend class ::cript::Node;
    friend struct Access;

    const char* type_;
    Graph* graph_ = nullptr;
    std::string uuid_;
    bool is_stub_ = false;  ///< known by its uuid only
    std::string created_at_;
    std::string updated_at_;
    std::string revision_;
    /// One bit a field, in the order of accept(): set on the server, as far as is known. Emptying such a
    /// field clears it.
    std::uint64_t stored_ = 0;
};

/// Links of a list field, in order.
class ListBase {
  public:
    ListBase(const ListBase&) = delete;
    ListBase& operator=(const ListBase&) = delete;

    [[nodiscard]] std::size_t size() const noexcept { return targets_.size(); }
    [[nodiscard]] bool empty() const noexcept { return targets_.empty(); }
    /// Takes all links away; the nodes stay as they are.
    void clear() noexcept { targets_.clear(); }

  protected:
    explicit ListBase(Record* owner) : owner_(owner) {}
    ~ListBase() = default;
    void append(Record* target);
    std::vector<Record*> targets_;

  private:
    friend class NodeReader;
    friend class NodeWriter;
    friend struct Access;
    Record* owner_;
};

/// The link of a single-node field.
class LinkBase {
  public:
    LinkBase(const LinkBase&) = delete;
    LinkBase& operator=(const LinkBase&) = delete;

    [[nodiscard]] bool has_value() const noexcept { return target_ != nullptr; }
    explicit operator bool() const noexcept { return has_value(); }
    /// Takes the link away; the node stays as it is.
    void reset() noexcept { target_ = nullptr; }

  protected:
    explicit LinkBase(Record* owner) : owner_(owner) {}
    ~LinkBase() = default;
    void point_to(Record* target);
    Record* target_ = nullptr;

  private:
    friend class NodeReader;
    friend class NodeWriter;
    friend struct Access;
    Record* owner_;
};

/// A new record of the type named, or null for an unknown name. Generated.
[[nodiscard]] std::unique_ptr<Record> make_record(const std::string& type);

/// Ends the program with a sentence: an empty handle was used.
[[noreturn]] void no_node();

}  // namespace cript::detail
