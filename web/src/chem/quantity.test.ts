import { describe, expect, it } from "vitest";
import { typesetMeasured, typesetNumber, typesetValue } from "./quantity";

describe("typesetNumber", () => {
  it.each([
    [0, "0"],
    [1.03, "1.03"],
    [4800, "4800"],
    [52000, "52\u202f000"],
    [1234567.25, "1\u202f234\u202f567.25"],
    [-78.5, "\u221278.5"],
    [0.001, "0.001"],
    [0.00047, "4.7 × 10⁻⁴"],
    [1e-6, "10⁻⁶"],
    [6.02214076e23, "6.02214076 × 10²³"],
  ])("writes %d as %s", (value, text) => {
    expect(typesetNumber(value)).toBe(text);
  });
});

describe("typesetValue", () => {
  it("writes texts, truth values and lists", () => {
    expect(typesetValue("argon")).toBe("argon");
    expect(typesetValue(true)).toBe("yes");
    expect(typesetValue([1, 2.5])).toBe("1, 2.5");
    expect(typesetValue(undefined)).toBe("");
  });
});

describe("typesetMeasured", () => {
  it("puts value, uncertainty and unit in one line", () => {
    expect(typesetMeasured({ value: 4800, uncertainty: 400, unit: "g/mol" })).toEqual({ text: "4800 ± 400\u00a0g/mol" });
  });

  it("shows amounts in kg and m³ in a unit of the laboratory, and keeps what was entered", () => {
    expect(typesetMeasured({ value: 1e-5, unit: "m**3" })).toEqual({ text: "10\u00a0mL", entered: "10⁻⁵\u00a0m³" });
    expect(typesetMeasured({ value: 1e-7, unit: "m**3" }).text).toBe("0.1\u00a0mL");
    expect(typesetMeasured({ value: 1e-4, unit: "m**3" }).text).toBe("100\u00a0mL");
    expect(typesetMeasured({ value: 0.002, unit: "m**3" }).text).toBe("2\u00a0L");
    expect(typesetMeasured({ value: 0.000455, unit: "kg" }).text).toBe("0.455\u00a0g");
    expect(typesetMeasured({ value: 0.00047, uncertainty: 2e-5, unit: "kilogram" }).text).toBe("0.47 ± 0.02\u00a0g");
  });

  it("shows an uncertainty in words as it was entered", () => {
    expect(typesetMeasured({ value: 0.002, uncertainty: "about a tenth", unit: "kg" }).text).toBe("0.002 ± about a tenth\u00a0kg");
  });

  it("leaves other units as they were entered", () => {
    expect(typesetMeasured({ value: 0.005, unit: "MPa" })).toEqual({ text: "0.005\u00a0MPa" });
    expect(typesetMeasured({ value: 2.5, unit: "kg" })).toEqual({ text: "2.5\u00a0kg" });
  });

  it("sets the unit apart from a power of ten with an uncertainty", () => {
    expect(typesetMeasured({ value: 3e-10, uncertainty: 2e-11, unit: "m" }).text).toBe("(3 × 10⁻¹⁰ ± 2 × 10⁻¹¹)\u00a0m");
  });

  it("writes nothing for a property that only links to data", () => {
    expect(typesetMeasured({ unit: "g/mol" }).text).toBe("");
  });
});
