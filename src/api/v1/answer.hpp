#pragma once

#include <string>

#include "service/find_nodes.hpp"
#include "service/read_node.hpp"

namespace cript::api::v1 {

/// Appends a node with its whole graph, depth first, in the form that SDK 2.4.0 always loads: a node that was
/// written already is `{"uid": …}`, one that is still open a stub without children. Attributes without a
/// value are left out.
void append_graph(std::string& out, const service::NodeGraph& graph);

/// Appends a node that has no children at all: the same as its graph, without the work.
void append_leaf(std::string& out, const service::SingleNode& node);

/// Appends a node without its children.
void append_single(std::string& out, const store::NodeRow& row, const service::AccountNames& accounts);

/// Appends the hits of a page, each with its direct children, and with a `score` where the page has them. Of
/// what is below the children there are counts, and those nodes without which SDK 2.4.0 cannot load them.
void append_hits(std::string& out, const service::NodePage& page);

}  // namespace cript::api::v1
