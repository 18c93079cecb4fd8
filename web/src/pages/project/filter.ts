import { labelOf } from "../../chem/labels";
import type { Graph } from "../../graph/graph";
import type { Material } from "../../graph/nodes";
import { identifiersOf } from "./identifiers";

/** All words by which a material can be found: names, identifiers, class labels, and what was measured. */
export function searchTextOf(material: Material, graph: Graph): string {
  const properties = graph.followAll(material.property).map((property) => {
    const label = labelOf(property.key);
    return `${property.key ?? ""} ${label.text} ${label.symbol ? label.symbol.base + (label.symbol.index ?? "") : ""}`;
  });
  const keywords = (material.keyword ?? []).map((keyword) => labelOf(keyword).text);
  const identifiers = identifiersOf(material).map((identifier) => identifier.value);
  return [material.name ?? "", ...(material.names ?? []), ...identifiers, ...keywords, ...properties].join("\n").toLowerCase();
}

/** Whether every word of `wanted` occurs in `text`. */
export function matches(text: string, wanted: string): boolean {
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
