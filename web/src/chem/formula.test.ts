import { describe, expect, it } from "vitest";
import { formulaPieces } from "./formula";

function marked(formula: string): string {
  return formulaPieces(formula)
    .map((piece) => (piece.isSubscript ? `<${piece.text}>` : piece.text))
    .join("");
}

describe("formulaPieces", () => {
  it.each([
    ["C8H8", "C<8>H<8>"],
    ["H2O", "H<2>O"],
    ["CDCl3", "CDCl<3>"],
    ["(C2H4)12", "(C<2>H<4>)<12>"],
    ["2H2O", "2H<2>O"],
    ["Ar", "Ar"],
  ])("sets the counts of %s below the line", (formula, result) => {
    expect(marked(formula)).toBe(result);
  });
});
