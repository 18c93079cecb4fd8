import { kLabels, type Label } from "./labelTable";

/** The customary name and symbol of a vocabulary key, or its parts spelt out. */
export function labelOf(key: string | undefined): Label {
  if (!key) return { text: "" };
  return kLabels[key] ?? { text: spellOut(key) };
}

const kWords: Readonly<Record<string, string>> = {
  amp: "amplitude",
  comp: "computed",
  config: "configuration",
  conv: "conversion",
  corr: "correlation",
  dict: "dictionary",
  distr: "distribution",
  param: "parameter",
  poly: "polymerization",
  pres: "pressure",
  temp: "temperature",
  vac: "vacuum",
  vol: "volume",
};

const kAbbreviations = new Set(
  (
    "aamd afm atrp cff charmm cosy cvff dls dlp dma diw dosy dsc fdm ftir gaff gc hmbc hsqc ir maldi mals mc md ms msd nir nlp nmp nmr noe " +
    "pcff pmf raft rbf rgb sans saxs sec sem sla sls tem tga tocsy uff waxs xrd"
  ).split(" "),
);

/** A key in words: `surface_tension` becomes “Surface tension”, `+my_key` “My key”. */
export function spellOut(key: string): string {
  const parts = key
    .replace(/^\+/, "")
    .split(/[_\s]+/)
    .filter((part) => part !== "");
  const words = parts.map((part) => {
    if (kAbbreviations.has(part.toLowerCase())) return part.toUpperCase();
    return kWords[part] ?? part;
  });
  const sentence = words.join(" ");
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
