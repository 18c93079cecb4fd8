import { describe, expect, it } from "vitest";
import { node } from "../../graph/example";
import { Graph } from "../../graph/graph";
import type { Material, Property } from "../../graph/nodes";
import { matches, searchTextOf } from "./filter";
import { briefIdentifier, identifiersOf } from "./identifiers";

const polystyrene = node<Material>("Material", "m", {
  name: "polystyrene",
  names: ["poly(vinylbenzene)"],
  chem_repeat: ["C8H8"],
  bigsmiles: "{[>][<]C(C[>])c1ccccc1[<]}",
  keyword: ["homopolymer"],
  property: [node<Property>("Property", "q", { key: "mw_n", value: 4800 })],
});

describe("the filter for materials", () => {
  const text = searchTextOf(polystyrene, new Graph(polystyrene));

  it.each(["PolyStyrene", "vinylbenzene", "c8h8", "[>][<]", "homo", "mw_n", "molar mass", "Mn", "poly mn"])(
    "finds polystyrene by %s",
    (wanted) => {
      expect(matches(text, wanted)).toBe(true);
    },
  );

  it("needs every word", () => {
    expect(matches(text, "polystyrene density")).toBe(false);
  });

  it("finds everything with nothing", () => {
    expect(matches(text, "")).toBe(true);
  });
});

describe("identifiersOf", () => {
  it("lists what is there, in the order in which a chemist looks for it", () => {
    expect(identifiersOf(polystyrene).map((identifier) => identifier.label)).toEqual(["Repeat units", "BigSMILES"]);
    expect(briefIdentifier(polystyrene)?.value).toBe("C8H8");
  });

  it("has nothing to say of a material with a name only", () => {
    expect(briefIdentifier(node<Material>("Material", "n", { name: "sludge" }))).toBeUndefined();
  });
});
