import { describe, expect, it } from "vitest";
import { node } from "../../graph/example";
import { Graph } from "../../graph/graph";
import type { Citation, Collection, Project, Reference } from "../../graph/nodes";
import { addressOf, Bibliography, safeAddress, sourceLine } from "./bibliography";

const kinetics = node<Reference>("Reference", "r1", {
  title: "Kinetics",
  journal: "J. Am. Chem. Soc.",
  year: 1962,
  volume: 84,
  issue: 13,
  pages: [2508, 2514],
  doi: "10.1021/ja00872a012",
});
const collection = node<Collection>("Collection", "c", {
  citation: [
    node<Citation>("Citation", "x", { type: "reference", reference: kinetics }),
    node<Citation>("Citation", "y", { reference: { uid: "_:r1" } }),
  ],
});

describe("Bibliography", () => {
  it("numbers each reference once, however often it is cited", () => {
    const project = node<Project>("Project", "p", { collection: [collection] });
    const bibliography = new Bibliography(new Graph(project));
    expect(bibliography.references).toHaveLength(1);
    expect(bibliography.cited(collection.citation).map((cited) => cited.number)).toEqual([1, 1]);
  });
});

describe("sourceLine", () => {
  it("puts journal, volume, issue, pages and year in their order", () => {
    expect(sourceLine(kinetics)).toBe("J. Am. Chem. Soc. 84 (13), 2508–2514 (1962)");
  });

  it("leaves out what is not known", () => {
    expect(sourceLine(node<Reference>("Reference", "r2", { year: 1999 }))).toBe("(1999)");
    expect(sourceLine(node<Reference>("Reference", "r2", { publisher: "Wiley" }))).toBe("Wiley");
  });
});

describe("addressOf", () => {
  it("prefers the DOI, however it was written", () => {
    expect(addressOf(kinetics)).toBe("https://doi.org/10.1021/ja00872a012");
    expect(addressOf({ ...kinetics, doi: "https://doi.org/10.1/x" })).toBe("https://doi.org/10.1/x");
  });

  it("makes no link of an address that a browser would run", () => {
    expect(safeAddress("javascript:alert(1)")).toBeUndefined();
    expect(addressOf(node<Reference>("Reference", "r2", { website: "javascript:alert(1)" }))).toBeUndefined();
    expect(safeAddress("https://example.org/sec.txt")).toBe("https://example.org/sec.txt");
  });
});
