import { describe, expect, it } from "vitest";
import { node } from "./example";
import { Graph } from "./graph";
import type { Collection, Experiment, Ingredient, Material, Node, Process, Project } from "./nodes";
import { usesOf } from "./uses";

const monomer = node<Material>("Material", "m");
const polymer = node<Material>("Material", "p");
const synthesis = node<Process>("Process", "s", {
  name: "synthesis",
  ingredient: ["i1", "i2"].map((uuid) => node<Ingredient>("Ingredient", uuid, { material: { uid: "_:m" } })),
  product: [{ uid: "_:p" }],
});

function graphOf(...material: Material[]): Graph {
  const experiment = node<Experiment>("Experiment", "e", { process: [synthesis] });
  const collection = node<Collection>("Collection", "c", { experiment: [experiment] });
  return new Graph(node<Project>("Project", "r", { material, collection: [collection] }));
}

function names(nodes: readonly Node[]): (string | undefined)[] {
  return nodes.map((found) => found.name);
}

describe("usesOf", () => {
  it("finds the process that a material goes into, once", () => {
    const { makers, users } = usesOf(monomer, graphOf(monomer, polymer));
    expect(names(users)).toEqual(["synthesis"]);
    expect(makers).toEqual([]);
  });

  it("finds the process that a material comes from", () => {
    expect(names(usesOf(polymer, graphOf(monomer, polymer)).makers)).toEqual(["synthesis"]);
  });

  it("counts the maker that the material names itself only once", () => {
    const named: Material = { ...polymer, process: { uid: "_:s" } };
    expect(names(usesOf(named, graphOf(monomer, named)).makers)).toEqual(["synthesis"]);
  });
});
