/**
 * Units come as expressions of the unit library behind the data (`kilogram * meter ** 2 / mole / second ** 2`, `g/mol`, `degC`).
 * `typesetUnit` writes them the way a paper would: `kg·m²·mol⁻¹·s⁻²`, `g/mol`, `°C`.
 */
const kSymbols: Readonly<Record<string, string>> = {
  ampere: "A",
  angstrom: "Å",
  Angstrom: "Å",
  atmosphere: "atm",
  bar: "bar",
  celsius: "°C",
  coulomb: "C",
  day: "d",
  deg: "°",
  degC: "°C",
  degF: "°F",
  degree: "°",
  degree_Celsius: "°C",
  degK: "K",
  gram: "g",
  hour: "h",
  hr: "h",
  joule: "J",
  kBT: "k_BT",
  kelvin: "K",
  kilogram: "kg",
  kilojoule: "kJ",
  kilopascal: "kPa",
  liter: "L",
  l: "L",
  litre: "L",
  meter: "m",
  metre: "m",
  micrometer: "µm",
  milliliter: "mL",
  ml: "mL",
  minute: "min",
  millimeter: "mm",
  millimole: "mmol",
  mmole: "mmol",
  mole: "mol",
  moles: "mol",
  Mpa: "MPa",
  nanometer: "nm",
  newton: "N",
  ohm: "Ω",
  pascal: "Pa",
  percent: "%",
  Rad: "rad",
  radian: "rad",
  second: "s",
  sec: "s",
  u: "u",
  ul: "µL",
  um: "µm",
  us: "µs",
  volt: "V",
  watt: "W",
};

interface Factor {
  symbol: string;
  exponent: number;
}

export function typesetUnit(unit: string | null | undefined): string {
  const text = unit?.trim() ?? "";
  if (text === "" || text === "dimensionless") return "";
  const factors = parseProduct(text);
  return factors ? typesetProduct(factors) : replaceNames(text);
}

/** Superscript form of an integer or simple decimal exponent; empty for 1. */
export function superscript(exponent: number): string {
  if (exponent === 1) return "";
  return [...String(exponent)].map((character) => kSuperscript[character] ?? character).join("");
}

const kSuperscript: Readonly<Record<string, string>> = {
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
  "-": "⁻",
  ".": "·",
};

const kFactor = /^([*/·]?)\s*(1|[\p{L}_%°µΩÅ]+)\s*(?:(?:\*\*|\^)\s*\(?(-?\d+(?:\.\d+)?)\)?)?\s*/u;

/** A product of powers, or undefined for what is more than that (brackets, numbers). */
function parseProduct(text: string): Factor[] | undefined {
  const factors: Factor[] = [];
  let rest = text.replaceAll(/(?<!\*)\*(?!\*)/g, "·");
  while (rest !== "") {
    const match = kFactor.exec(rest);
    const name = match?.[2];
    if (!match || name === undefined) return undefined;
    const isFirst = rest.length === text.length && factors.length === 0;
    if (match[1] === "" && !isFirst) return undefined;
    const sign = match[1] === "/" ? -1 : 1;
    if (name !== "1") factors.push({ symbol: kSymbols[name] ?? name, exponent: sign * Number(match[3] ?? 1) });
    rest = rest.slice(match[0].length);
  }
  return factors;
}

/** One divisor reads best as a fraction, several as negative powers. */
function typesetProduct(factors: Factor[]): string {
  const divisors = factors.filter((factor) => factor.exponent < 0);
  const dividends = factors.filter((factor) => factor.exponent >= 0);
  if (divisors.length === 1 && dividends.length > 0) {
    const [divisor] = divisors.map((factor) => ({ ...factor, exponent: -factor.exponent }));
    return `${dividends.map(power).join("·")}/${divisor ? power(divisor) : ""}`;
  }
  return factors.map(power).join("·");
}

function power(factor: Factor): string {
  return factor.symbol + superscript(factor.exponent);
}

function replaceNames(text: string): string {
  return text
    .replaceAll(/[\p{L}_]+/gu, (name) => kSymbols[name] ?? name)
    .replaceAll(/\s*\*\*\s*(-?\d+(?:\.\d+)?)/g, (_, exponent: string) => superscript(Number(exponent)))
    .replaceAll(/\s*\*\*\s*\(\s*1\s*\/\s*2\s*\)/g, superscript(0.5))
    .replaceAll(/\s*(?<!\*)\*(?!\*)\s*/g, "·")
    .replaceAll(/\s*\/\s*/g, "/");
}
