import { describe, expect, it } from "vitest";
import { typesetUnit } from "./units";

describe("typesetUnit", () => {
  it.each([
    ["g/mol", "g/mol"],
    ["m**3", "m³"],
    ["degC", "°C"],
    ["kelvin", "K"],
    ["kilogram", "kg"],
    ["g/ml", "g/mL"],
    ["mmole", "mmol"],
    ["mol/cm**3", "mol/cm³"],
    ["kilogram / meter ** 3", "kg/m³"],
    ["kilogram * meter ** 2 / mole / second ** 2", "kg·m²·mol⁻¹·s⁻²"],
    ["meter ** 2 /  second", "m²/s"],
    ["1 / kelvin", "K⁻¹"],
    ["1/meter ** 3", "m⁻³"],
    ["Pa**-1", "Pa⁻¹"],
    ["M*s**-1", "M/s"],
    ["percent", "%"],
    ["wt%", "wt%"],
  ])("writes %s as %s", (expression, typeset) => {
    expect(typesetUnit(expression)).toBe(typeset);
  });

  it("writes nothing for what has no unit", () => {
    expect(typesetUnit("")).toBe("");
    expect(typesetUnit(undefined)).toBe("");
    expect(typesetUnit("dimensionless")).toBe("");
  });

  it("keeps brackets that it cannot resolve", () => {
    expect(typesetUnit("(J/cm**3)**(1/2)")).toBe("(J/cm³)⁰·⁵");
  });

  it("keeps a unit that it does not know as it stands", () => {
    expect(typesetUnit("furlong/fortnight")).toBe("furlong/fortnight");
    expect(typesetUnit("10 mm")).toBe("10 mm");
  });
});
