import { describe, expect, it } from "vitest";
import { labelOf, spellOut } from "./labels";

describe("labelOf", () => {
  it("uses the customary name and symbol of a key", () => {
    expect(labelOf("mw_n")).toEqual({ text: "Number-average molar mass", symbol: { base: "M", index: "n" } });
  });

  it("spells out a key that has no customary name", () => {
    expect(labelOf("surface_tension").text).toBe("Surface tension");
  });

  it("has no text for no key", () => {
    expect(labelOf(undefined).text).toBe("");
  });
});

describe("spellOut", () => {
  it.each([
    ["energy_minimization", "Energy minimization"],
    ["strain_rate", "Strain rate"],
    ["frequency sweep", "Frequency sweep"],
    ["+one_phase_direction", "One phase direction"],
    ["nmr_cosy", "NMR COSY"],
    ["print_pressure", "Print pressure"],
    ["afm_amp", "AFM amplitude"],
  ])("spells %s as %s", (key, text) => {
    expect(spellOut(key)).toBe(text);
  });
});
