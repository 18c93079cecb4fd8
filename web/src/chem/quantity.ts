import type { Measured, Value } from "../graph/nodes";
import { superscript, typesetUnit } from "./units";

const kNarrowSpace = "\u202f";
const kTimes = "\u00d7";

/**
 * A number as a paper prints it: groups of three from five digits on, powers of ten for what is very small or large. No digit is
 * rounded away.
 */
export function typesetNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e9)) return scientific(value);
  const [whole = "", fraction] = plainDecimal(value).split(".");
  const digits = whole.replace("-", "");
  const grouped = digits.length > 4 ? digits.replaceAll(/\B(?=(\d{3})+$)/g, kNarrowSpace) : digits;
  return (value < 0 ? "\u2212" : "") + grouped + (fraction ? `.${fraction}` : "");
}

function plainDecimal(value: number): string {
  const text = String(value);
  return text.includes("e") ? value.toFixed(20).replace(/0+$/, "") : text;
}

function scientific(value: number): string {
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const power = `10${superscript(Number(exponent))}`;
  if (mantissa === "1") return power;
  return `${mantissa.replace("-", "\u2212")} ${kTimes} ${power}`;
}

export function typesetValue(value: Value | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return typesetNumber(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(typesetValue).join(", ");
  return value;
}

export interface Typeset {
  /** Value, uncertainty and unit in one line. */
  text: string;
  /** The same as it was entered, when `text` shows it in a handier unit. */
  entered?: string;
}

/** A property, condition, quantity or parameter in one line: `4800 ± 400 g/mol`. */
export function typesetMeasured(measured: Measured): Typeset {
  const entered = line(measured);
  const handy = inHandyUnit(measured);
  return handy ? { text: line(handy), entered } : { text: entered };
}

function line({ value, uncertainty, unit }: Measured): string {
  const shown = typesetValue(value);
  if (shown === "") return "";
  const spread = uncertainty === undefined ? "" : ` ± ${typesetValue(uncertainty)}`;
  const symbol = typesetUnit(unit);
  if (symbol === "") return shown + spread;
  const needsBrackets = spread !== "" && (shown + spread).includes(kTimes);
  const number = needsBrackets ? `(${shown}${spread})` : shown + spread;
  return number + (symbol === "°" ? symbol : `\u00a0${symbol}`);
}

interface HandyUnit {
  symbol: string;
  perBase: number;
  /** The smallest amount that is still written in this unit. */
  from: number;
}

// Amounts are stored in kg and m³ whatever the scale of the experiment; a laboratory reads grams and millilitres.
const kHandyUnits: Readonly<Record<string, readonly HandyUnit[]>> = {
  kg: [
    { symbol: "kg", perBase: 1, from: 1 },
    { symbol: "g", perBase: 1e3, from: 0.1 },
    { symbol: "mg", perBase: 1e6, from: 0.1 },
    { symbol: "µg", perBase: 1e9, from: 0 },
  ],
  "m³": [
    { symbol: "L", perBase: 1e3, from: 1 },
    { symbol: "mL", perBase: 1e6, from: 0.1 },
    { symbol: "µL", perBase: 1e9, from: 0 },
  ],
};

function inHandyUnit(measured: Measured): Measured | undefined {
  const { value, uncertainty, unit } = measured;
  const base = typesetUnit(unit);
  const choices = kHandyUnits[base];
  if (!choices || typeof value !== "number" || typeof uncertainty === "string" || value <= 0 || value >= 1) return undefined;
  const handy = choices.find((choice) => scale(value, choice.perBase) >= choice.from);
  if (!handy || handy.symbol === base) return undefined;
  const scaled: Measured = { ...measured, value: scale(value, handy.perBase), unit: handy.symbol };
  if (typeof uncertainty === "number") scaled.uncertainty = scale(uncertainty, handy.perBase);
  return scaled;
}

/** Powers of ten are not exact in binary: twelve digits hide that and keep every digit that was entered. */
function scale(value: number, factor: number): number {
  return Number((value * factor).toPrecision(12));
}
