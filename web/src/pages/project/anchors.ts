import type { Node } from "../../graph/nodes";
import { keyOf } from "../../graph/graph";

/** The fragment under which a node stands on the project page: `material-UUID`. Also the id of its element. */
export function anchorOf(node: Node): string {
  return `${node.node[0].toLowerCase()}-${keyOf(node) ?? ""}`;
}
