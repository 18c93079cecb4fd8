import type { Node } from "../../graph/nodes";

/** The fragment under which a node stands on the project page: `material-UUID`. Also the id of its element. */
export function anchorOf(node: Node): string {
  return `${node.node[0].toLowerCase()}-${node.uuid}`;
}
