import type { Graph } from "./graph";
import { keyOf } from "./graph";
import type { Material, Node, Process } from "./nodes";

export interface Uses {
  /** The processes whose product the material is. */
  makers: Process[];
  /** The processes that take it as an ingredient. */
  users: Process[];
}

export function usesOf(material: Material, graph: Graph): Uses {
  const mentions = graph.mentionsOf(material);
  const productOf = mentions.filter((mention) => mention.attribute === "product").map((mention) => mention.from);
  const maker = graph.follow(material.process);
  const ingredients = mentions.filter((mention) => mention.from.node[0] === "Ingredient").map((mention) => mention.from);
  const users = ingredients.flatMap((ingredient) => graph.mentionsOf(ingredient).map((mention) => mention.from));
  return { makers: distinct(maker ? [maker, ...productOf] : productOf), users: distinct(users) };
}

function distinct(nodes: readonly Node[]): Node[] {
  return [...new Map(nodes.map((node) => [keyOf(node), node])).values()];
}
