#pragma once

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "cript/json.hpp"
#include "cript/node.hpp"

namespace cript::detail {

/// Writes the graph below a node as one document. Each node is written out once, at the place it belongs to
/// (containment), or, if no place of the document contains it, where it is first mentioned. Every other
/// mention is
/// `{"uid": "_:…"}`; a stub is `{"uuid": "…"}`. A field that is stored but empty by now is written as null or
/// `[]`.
class NodeWriter {
  public:
    [[nodiscard]] Json document(const Node& root);

    /// After the server took the document: its fields are the stored ones now.
    void mark_as_stored();

  private:
    class Fields;
    void plan(Record& record);
    [[nodiscard]] Json write(Record& record);
    [[nodiscard]] Json mention(Record& target, bool contained);

    std::unordered_set<const Record*> planned_;  ///< written out where they are contained
    std::unordered_set<const Record*> written_;  ///< or being written
    std::vector<std::pair<Record*, std::uint64_t>> stored_;
};

}  // namespace cript::detail
