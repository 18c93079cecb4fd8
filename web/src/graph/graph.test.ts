import { describe, expect, it } from "vitest";
import { Graph } from "./graph";
import type { Collection, Data, Experiment, Ingredient, Material, Process, Project, Property } from "./nodes";

const styrene: Material = { node: ["Material"], uid: "_:m1", uuid: "m1", name: "styrene" };
const polystyrene: Material = {
  node: ["Material"],
  uid: "_:m2",
  uuid: "m2",
  name: "polystyrene",
  property: [{ node: ["Property"], uid: "_:q1", uuid: "q1", key: "mw_n", value: 4800, data: [{ uid: "_:d1" }] }],
  process: {
    node: ["Process"],
    uid: "_:p1",
    uuid: "p1",
    name: "anionic",
    ingredient: [{ node: ["Ingredient"], uid: "_:i1", uuid: "i1", material: { uid: "_:m1" } }],
    // The polymer is still open here, so the answer has a stub without its properties.
    product: [{ node: ["Material"], uid: "_:m2", uuid: "m2", name: "polystyrene" }],
  },
};
const project: Project = {
  node: ["Project"],
  uid: "_:r",
  uuid: "r",
  name: "Styrene",
  created_by: { uuid: "someone" },
  material: [styrene, polystyrene],
  collection: [
    {
      node: ["Collection"],
      uid: "_:c1",
      uuid: "c1",
      inventory: [{ node: ["Inventory"], uid: "_:v1", uuid: "v1", material: [{ uid: "_:m1" }, { uuid: "m2" }, { uuid: "elsewhere" }] }],
      experiment: [
        {
          node: ["Experiment"],
          uid: "_:e1",
          uuid: "e1",
          process: [{ uid: "_:p1" }],
          data: [{ node: ["Data"], uid: "_:d1", uuid: "d1", name: "NMR" }],
        },
      ],
    },
  ],
};

function graph(): Graph {
  return new Graph(structuredClone(project));
}

function experimentOf(answer: Graph): Experiment {
  const [collection] = answer.followAll<Collection>((answer.root as Project).collection);
  const [experiment] = answer.followAll(collection?.experiment);
  if (!experiment) throw new Error("the example has an experiment");
  return experiment;
}

describe("Graph", () => {
  it("follows an edge backwards to a node that is already closed", () => {
    const [process] = graph().followAll(experimentOf(graph()).process);
    expect(process?.name).toBe("anionic");
  });

  it("follows an edge forwards to a node that comes later in the answer", () => {
    const answer = graph();
    const [property] = answer.followAll(answer.follow<Material>({ uid: "_:m2" })?.property);
    expect(answer.followAll<Data>((property as Property).data).map((data) => data.name)).toEqual(["NMR"]);
  });

  it("puts the complete node in the place of a stub", () => {
    const answer = graph();
    const [product] = answer.followAll(answer.follow<Process>({ uid: "_:p1" })?.product);
    expect(product?.property).toHaveLength(1);
  });

  it("prefers the complete node also when the stub comes first", () => {
    const document = structuredClone(project);
    document.material?.reverse();
    document.material?.unshift({ node: ["Material"], uid: "_:m2", uuid: "m2", name: "polystyrene" });
    expect(new Graph(document).follow<Material>({ uuid: "m2" })?.property).toHaveLength(1);
  });

  it("follows uuid edges, and leaves out links that lead out of the answer", () => {
    const answer = graph();
    const [inventory] = answer.followAll(answer.follow<Collection>({ uuid: "c1" })?.inventory);
    expect(answer.followAll(inventory?.material).map((material) => material.name)).toEqual(["styrene", "polystyrene"]);
  });

  it("lists each node of a type once", () => {
    expect(graph().all<Material>("Material").map((material) => material.name)).toEqual(["styrene", "polystyrene"]);
    expect(graph().all("Process")).toHaveLength(1);
  });

  it("knows where a node is used", () => {
    const answer = graph();
    const uses = answer.mentionsOf(styrene).map((mention) => `${mention.from.node[0]}.${mention.attribute}`);
    expect(uses.sort()).toEqual(["Ingredient.material", "Inventory.material", "Project.material"]);
  });

  it("does not take accounts for content", () => {
    expect(graph().byUuid("someone")).toBeUndefined();
  });

  it("keeps sub-objects that have no identity of their own", () => {
    const bare: Project = { node: ["Project"], name: "bare", material: [{ node: ["Material"], name: "a" }, { node: ["Material"], name: "b" }] };
    expect(new Graph(bare).all("Material")).toHaveLength(2);
  });

  it("takes missing and null links for nothing", () => {
    expect(graph().follow<Material>(undefined)).toBeUndefined();
    expect(graph().followAll<Ingredient>(null)).toEqual([]);
  });

  it("reads a chain of ten thousand processes without exhausting the stack", () => {
    let chain: Process = { node: ["Process"], uuid: "0" };
    for (let step = 1; step < 10_000; ++step) chain = { node: ["Process"], uuid: String(step), prerequisite_process: [chain] };
    expect(new Graph(chain).all("Process")).toHaveLength(10_000);
  });
});
