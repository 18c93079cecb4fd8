import type { Material } from "../../graph/nodes";

export interface Identifier {
  label: string;
  value: string;
  /** How it is set: formulas with subscripts, line notations in a fixed pitch. */
  kind: "text" | "formula" | "notation";
}

type Writer = (material: Material) => string | undefined;

const kIdentifiers: readonly { label: string; kind: Identifier["kind"]; of: Writer }[] = [
  { label: "Formula", kind: "formula", of: (material) => material.chem_formula },
  { label: "Molecular form", kind: "formula", of: (material) => material.mol_form },
  { label: "Repeat units", kind: "formula", of: (material) => material.chem_repeat?.join(", ") },
  { label: "BigSMILES", kind: "notation", of: (material) => material.bigsmiles },
  { label: "SMILES", kind: "notation", of: (material) => material.smiles },
  { label: "CAS", kind: "text", of: (material) => material.chemical_id },
  { label: "InChI", kind: "notation", of: (material) => material.inchi },
  { label: "InChIKey", kind: "notation", of: (material) => material.inchi_key },
  { label: "PubChem CID", kind: "text", of: (material) => material.pubchem_cid?.toString() },
  { label: "Amino acids", kind: "notation", of: (material) => material.amino_acid },
  { label: "Vendor", kind: "text", of: (material) => material.vendor },
  { label: "Lot", kind: "text", of: (material) => material.lot_number },
];

/** What names a material, in the order in which a chemist looks for it. */
export function identifiersOf(material: Material): Identifier[] {
  return kIdentifiers.flatMap(({ label, kind, of }) => {
    const value = of(material);
    return value ? [{ label, kind, value }] : [];
  });
}

/** The shortest thing that tells a material apart, for the line of a list. */
export function briefIdentifier(material: Material): Identifier | undefined {
  const found = identifiersOf(material);
  return kBriefest.map((label) => found.find((identifier) => identifier.label === label)).find((identifier) => identifier !== undefined);
}

const kBriefest = ["Formula", "Repeat units", "CAS", "SMILES", "BigSMILES", "Vendor"];
