#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "cript/json.hpp"
#include "cript/node.hpp"
#include "cript/result.hpp"

namespace cript::detail {

/// Makes typed nodes of a server's answer: full nodes, further mentions (`{"uid"}`), stubs, and links to
/// nodes that are not in the answer (`{"uuid"}`). Members that this model does not know are passed over; what
/// is not sent is not changed on the server by a later save.
class NodeReader {
  public:
    /// Errors: NotCript for an answer that does not keep to the model.
    [[nodiscard]] Result<Node> read(const Json& root);

  private:
    class Fields;
    void collect(const Json& value);
    [[nodiscard]] Record* target_of(const Json& mention, const char* type);
    void complain(std::string_view where, std::string_view what);

    std::unique_ptr<Graph> graph_;
    std::unordered_map<std::string, Record*> records_;
    std::vector<std::pair<Record*, const Json*>> full_;
    std::string complaint_;
};

}  // namespace cript::detail
