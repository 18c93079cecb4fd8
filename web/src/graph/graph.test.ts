import { describe, expect, it } from "vitest";
import { node } from "./example";
import { Graph } from "./graph";
import type { Collection, Data, Experiment, Ingredient, Inventory, Material, Process, Project, Property } from "./nodes";

const styrene = node<Material>("Material", "m1", { name: "styrene" });
const polystyrene = node<Material>("Material", "m2", {
  name: "polystyrene",
  property: [node<Property>("Property", "q1", { key: "mw_n", value: 4800, data: [{ uid: "_:d1" }] })],
  process: node<Process>("Process", "p1", {
    name: "anionic",
    ingredient: [node<Ingredient>("Ingredient", "i1", { material: { uid: "_:m1" } })],
    // The polymer is still open here, so the answer has a stub without its properties.
    product: [node<Material>("Material", "m2", { name: "polystyrene" })],
  }),
});
const experiment = node<Experiment>("Experiment", "e1", {
  process: [{ uid: "_:p1" }],
  data: [node<Data>("Data", "d1", { name: "NMR" })],
});
const project = node<Project>("Project", "r", {
  name: "Styrene",
  created_by: { uuid: "someone" },
  material: [styrene, polystyrene],
  collection: [
    node<Collection>("Collection", "c1", {
      inventory: [node<Inventory>("Inventory", "v1", { material: [{ uid: "_:m1" }, { uuid: "m2" }, { uuid: "elsewhere" }] })],
      experiment: [experiment],
    }),
  ],
});

describe("Graph", () => {
  const graph = new Graph(project);
  const polymer = graph.follow<Material>({ uuid: "m2" });

  it("follows a pointer backwards to a node that is already closed", () => {
    expect(graph.followAll(experiment.process).map((process) => process.name)).toEqual(["anionic"]);
  });

  it("follows a pointer forwards to a node that comes later in the answer", () => {
    const [property] = graph.followAll(polymer?.property);
    expect(graph.followAll(property?.data).map((data) => data.name)).toEqual(["NMR"]);
  });

  it("puts the complete node in the place of a stub", () => {
    const [product] = graph.followAll(graph.follow(polymer?.process)?.product);
    expect(product?.property).toHaveLength(1);
  });

  it("prefers the complete node also when the stub comes first", () => {
    const stub = node<Material>("Material", "m2", { name: "polystyrene" });
    const other = new Graph({ ...project, material: [stub, polystyrene] } as Project);
    expect(other.follow<Material>({ uuid: "m2" })?.property).toHaveLength(1);
  });

  it("leaves out links that lead out of the answer", () => {
    const [inventory] = graph.all<Inventory>("Inventory");
    expect(graph.followAll(inventory?.material).map((material) => material.name)).toEqual(["styrene", "polystyrene"]);
  });

  it("lists each node of a type once, in the order of the answer", () => {
    expect(graph.all<Material>("Material").map((material) => material.name)).toEqual(["styrene", "polystyrene"]);
    expect(graph.all<Process>("Process")).toHaveLength(1);
  });

  it("knows where a node is used", () => {
    const uses = graph.mentionsOf(styrene).map((mention) => `${mention.from.node[0]}.${mention.attribute}`);
    expect(uses.sort()).toEqual(["Ingredient.material", "Inventory.material", "Project.material"]);
  });

  it("does not take accounts for content", () => {
    expect(graph.mentionsOf(node("User", "someone"))).toEqual([]);
  });

  it("takes missing links for nothing", () => {
    expect(graph.follow<Material>(undefined)).toBeUndefined();
    expect(graph.followAll<Material>(undefined)).toEqual([]);
  });

  it("reads a chain of ten thousand processes without exhausting the stack", () => {
    let chain = node<Process>("Process", "0");
    for (let step = 1; step < 10_000; ++step) chain = node<Process>("Process", String(step), { prerequisite_process: [chain] });
    expect(new Graph(chain).all<Process>("Process")).toHaveLength(10_000);
  });
});
