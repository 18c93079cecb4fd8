import { describe, expect, it } from "vitest";
import { Graph } from "./graph";
import type { Material, Process, Project } from "./nodes";
import { usesOf } from "./uses";

const monomer: Material = { node: ["Material"], uuid: "m", name: "monomer" };
const polymer: Material = { node: ["Material"], uuid: "p", name: "polymer" };
const synthesis: Process = {
  node: ["Process"],
  uuid: "s",
  name: "synthesis",
  ingredient: [
    { node: ["Ingredient"], uuid: "i1", material: { uid: "_:m" } },
    { node: ["Ingredient"], uuid: "i2", material: { uid: "_:m" } },
  ],
  product: [{ uid: "_:p" }],
};

function names(nodes: readonly Process[]): (string | undefined)[] {
  return nodes.map((node) => node.name);
}

describe("usesOf", () => {
  const project: Project = { node: ["Project"], uuid: "r", material: [monomer, polymer] };
  const graph = new Graph({ ...project, process: [synthesis] } as Project);

  it("finds the process that a material goes into, once", () => {
    expect(names(usesOf(monomer, graph).users)).toEqual(["synthesis"]);
    expect(usesOf(monomer, graph).makers).toEqual([]);
  });

  it("finds the process that a material comes from", () => {
    expect(names(usesOf(polymer, graph).makers)).toEqual(["synthesis"]);
  });

  it("counts the maker that the material names itself only once", () => {
    const named: Material = { ...polymer, process: { uid: "_:s" } };
    const other = new Graph({ ...project, material: [monomer, named], process: [synthesis] } as Project);
    expect(names(usesOf(named, other).makers)).toEqual(["synthesis"]);
  });
});
