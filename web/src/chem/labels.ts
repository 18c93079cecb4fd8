/** What people call the keys of the vocabularies. A key without an entry is spelt out from its parts (`spellOut`). */
export interface Label {
  text: string;
  /** The symbol in use for it: base and index, as in Mₙ. */
  symbol?: { base: string; index?: string };
}

const kLabels: Readonly<Record<string, Label>> = {
  atm: { text: "Atmosphere" },
  conc_mass: { text: "Mass concentration" },
  conc_mass_fraction: { text: "Mass fraction", symbol: { base: "w" } },
  conc_molar: { text: "Molar concentration", symbol: { base: "c" } },
  conc_molar_fraction: { text: "Mole fraction", symbol: { base: "x" } },
  conc_vol_fraction: { text: "Volume fraction", symbol: { base: "φ" } },
  cohesive_energy_density: { text: "Cohesive energy density" },
  color: { text: "Colour" },
  color_rgb: { text: "Colour (RGB)" },
  crystal_frac: { text: "Crystallinity" },
  density: { text: "Density", symbol: { base: "ρ" } },
  diffusivity_therm: { text: "Thermal diffusivity", symbol: { base: "α" } },
  enthalpy_crystal: { text: "Enthalpy of crystallization" },
  entropy_crystal: { text: "Entropy of crystallization" },
  heat_capacity_pres: { text: "Heat capacity at constant pressure", symbol: { base: "C", index: "p" } },
  heat_capacity_vol: { text: "Heat capacity at constant volume", symbol: { base: "C", index: "V" } },
  interaction_param: { text: "Flory–Huggins parameter", symbol: { base: "χ" } },
  length_kuhn: { text: "Kuhn length", symbol: { base: "b" } },
  log_p: { text: "Partition coefficient", symbol: { base: "log P" } },
  mark_houwink_a: { text: "Mark–Houwink exponent", symbol: { base: "a" } },
  mark_houwink_k: { text: "Mark–Houwink prefactor", symbol: { base: "K" } },
  modulus_elastic: { text: "Young’s modulus", symbol: { base: "E" } },
  modulus_loss: { text: "Loss modulus", symbol: { base: "G″" } },
  modulus_shear: { text: "Shear modulus", symbol: { base: "G" } },
  modulus_storage: { text: "Storage modulus", symbol: { base: "G′" } },
  molar_mass: { text: "Molar mass", symbol: { base: "M" } },
  mw_d: { text: "Dispersity", symbol: { base: "Đ" } },
  mw_e: { text: "Entanglement molar mass", symbol: { base: "M", index: "e" } },
  mw_n: { text: "Number-average molar mass", symbol: { base: "M", index: "n" } },
  mw_v: { text: "Viscosity-average molar mass", symbol: { base: "M", index: "v" } },
  mw_w: { text: "Weight-average molar mass", symbol: { base: "M", index: "w" } },
  mw_z: { text: "z-average molar mass", symbol: { base: "M", index: "z" } },
  ph: { text: "pH" },
  pka: { text: "Acid dissociation constant", symbol: { base: "p", index: "Ka" } },
  pkb: { text: "Base dissociation constant", symbol: { base: "p", index: "Kb" } },
  radius_gyration: { text: "Radius of gyration", symbol: { base: "R", index: "g" } },
  radius_hydrodynamic: { text: "Hydrodynamic radius", symbol: { base: "R", index: "h" } },
  ratio_poisson: { text: "Poisson ratio", symbol: { base: "ν" } },
  refractive_index: { text: "Refractive index", symbol: { base: "n" } },
  strain_failure: { text: "Strain at break" },
  strain_yield: { text: "Yield strain" },
  stress_failure: { text: "Stress at break" },
  stress_yield: { text: "Yield stress" },
  temp_autoignition: { text: "Autoignition temperature" },
  temp_boiling: { text: "Boiling point", symbol: { base: "T", index: "b" } },
  temp_ceiling: { text: "Ceiling temperature", symbol: { base: "T", index: "c" } },
  temp_cloud: { text: "Cloud point", symbol: { base: "T", index: "cp" } },
  temp_crystal: { text: "Crystallization temperature", symbol: { base: "T", index: "c" } },
  temp_degrade: { text: "Degradation temperature", symbol: { base: "T", index: "d" } },
  temp_flash: { text: "Flash point" },
  temp_glass: { text: "Glass transition temperature", symbol: { base: "T", index: "g" } },
  temp_melt: { text: "Melting point", symbol: { base: "T", index: "m" } },
  time_duration: { text: "Duration" },
  time_point: { text: "Time", symbol: { base: "t" } },
  viscosity_intrinsic: { text: "Intrinsic viscosity", symbol: { base: "[η]" } },
  viscosity_dynamic: { text: "Viscosity", symbol: { base: "η" } },
  yield: { text: "Yield" },
  yield_mass: { text: "Yield (mass)" },
  // methods
  afm: { text: "AFM" },
  comp: { text: "computed" },
  dls: { text: "DLS" },
  dma: { text: "DMA" },
  dsc: { text: "DSC" },
  gc: { text: "GC" },
  ir: { text: "IR" },
  maldi: { text: "MALDI" },
  mals: { text: "MALS" },
  ms: { text: "MS" },
  nmr: { text: "NMR" },
  prescribed: { text: "prescribed" },
  saxs: { text: "SAXS" },
  scale: { text: "weighed" },
  sec: { text: "SEC" },
  sec_ir: { text: "SEC-IR" },
  sec_mals: { text: "SEC-MALS" },
  sec_visco: { text: "SEC-viscometry" },
  sem: { text: "SEM" },
  tem: { text: "TEM" },
  tga: { text: "TGA" },
  uv_vis: { text: "UV–Vis" },
  waxs: { text: "WAXS" },
  x_ray: { text: "X-ray" },
  // kinds of data, files and steps
  cta: { text: "Chain transfer agent" },
  mwd: { text: "Molar mass distribution" },
  nmr_c13: { text: "¹³C NMR" },
  nmr_h1: { text: "¹H NMR" },
  nmr_f19: { text: "¹⁹F NMR" },
  nmr_n15: { text: "¹⁵N NMR" },
  nmr_p31: { text: "³¹P NMR" },
  nmr_si29: { text: "²⁹Si NMR" },
  no_op: { text: "No operation" },
  rotovap: { text: "Rotary evaporation" },
  rxn_conv: { text: "Conversion over time" },
  sec_trace: { text: "SEC trace" },
  stdev: { text: "standard deviation" },
  stderr: { text: "standard error" },
  fwhm: { text: "full width at half maximum" },
  fwtm: { text: "full width at tenth maximum" },
};

export function labelOf(key: string | undefined): Label {
  if (!key) return { text: "" };
  return kLabels[key] ?? { text: spellOut(key) };
}

const kWords: Readonly<Record<string, string>> = {
  comp: "computed",
  conc: "concentration",
  config: "configuration",
  crystal: "crystallization",
  expand: "expansion",
  frac: "fraction",
  liv: "living",
  mw: "molar mass",
  param: "parameter",
  poly: "polymerization",
  pres: "pressure",
  rxn: "reaction",
  sus: "susceptibility",
  sol: "solution",
  temp: "temperature",
  therm: "thermal",
  thermo: "thermal",
  vol: "volume",
};

// Shapes such as `temp_x`, `rate_x`: the noun comes first in the key and last in English.
const kNounsInFront = new Set(["diameter", "energy", "force", "length", "mobility", "modulus", "radius", "ratio", "strain", "strength", "stress", "temp", "time", "viscosity"]);
const kTermsInCapitals = new Set(["afm", "cosy", "dosy", "dsc", "ftir", "hmbc", "hsqc", "ir", "maldi", "md", "ms", "msd", "nir", "nmr", "noe", "pmf", "rgb", "sans", "saxs", "sec", "tem", "tga", "waxs", "xrd"]);

/** A readable form of a vocabulary key: `temp_glass` becomes “Glass temperature”, `+my_key` “My key”. */
export function spellOut(key: string): string {
  const parts = key.replace(/^\+/, "").split(/[_\s]+/).filter((part) => part !== "");
  const [first, ...others] = parts;
  const ordered = first !== undefined && others.length === 1 && kNounsInFront.has(first) ? [...others, first] : parts;
  const words = ordered.map((part) => {
    if (kTermsInCapitals.has(part.toLowerCase())) return part.toUpperCase();
    return kWords[part] ?? part;
  });
  const sentence = words.join(" ");
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
