import type { Graph } from "./graph";
import type { Material, Node, Process } from "./nodes";

export interface Uses {
  /** The processes whose product the material is. */
  makers: Process[];
  /** The processes, done or computed, that take it as an ingredient. */
  users: Node[];
}

export function usesOf(material: Material, graph: Graph): Uses {
  const mentions = graph.mentionsOf(material);
  const productOf = mentions.filter((mention) => mention.attribute === "product").map((mention) => mention.from as Process);
  const maker = graph.follow(material.process);
  const ingredients = mentions.filter((mention) => mention.from.node[0] === "Ingredient").map((mention) => mention.from);
  const users = ingredients.flatMap((ingredient) => graph.mentionsOf(ingredient).map((mention) => mention.from));
  return { makers: distinct(maker ? [maker, ...productOf] : productOf), users: distinct(users) };
}

function distinct<T extends Node>(nodes: readonly T[]): T[] {
  return [...new Map(nodes.map((node) => [node.uuid, node])).values()];
}
