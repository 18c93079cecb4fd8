/**
 * The part of the data model that the pages show. A link to another node is written in an answer as the node itself,
 * as `{"uid": "_:…"}` when that node occurs elsewhere in the same answer, or as `{"uuid": "…"}`.
 */
export interface Node {
  node: [string];
  uid?: string;
  uuid?: string;
  name?: string;
  notes?: string;
  created_at?: string;
  updated_at?: string;
  created_by?: { uuid: string };
  updated_by?: { uuid: string };
  locked?: boolean;
  public?: boolean;
}

export type Edge = { uid: string } | { uuid: string };
export type Link<T extends Node> = T | Edge;
export type Links<T extends Node> = Link<T>[];

export type Scalar = string | number | boolean | null;
export type Value = Scalar | Value[];

export interface Project extends Node {
  material?: Links<Material>;
  collection?: Links<Collection>;
  material_count?: number;
  collection_count?: number;
}

export interface Collection extends Node {
  doi?: string;
  experiment?: Links<Experiment>;
  inventory?: Links<Inventory>;
  citation?: Links<Citation>;
}

export interface Experiment extends Node {
  funding?: string[];
  process?: Links<Process>;
  computation?: Links<Computation>;
  computation_process?: Links<ComputationProcess>;
  data?: Links<Data>;
  citation?: Links<Citation>;
}

export interface Inventory extends Node {
  material?: Links<Material>;
}

export interface Material extends Node {
  names?: string[];
  keyword?: string[];
  amino_acid?: string;
  bigsmiles?: string;
  smiles?: string;
  chem_formula?: string;
  chem_repeat?: string[];
  chemical_id?: string;
  inchi?: string;
  inchi_key?: string;
  lot_number?: string;
  mol_form?: string;
  pubchem_cid?: number;
  vendor?: string;
  component?: Links<Material>;
  parent_material?: Link<Material>;
  process?: Link<Process>;
  property?: Links<Property>;
  computational_forcefield?: Link<ComputationalForcefield>;
}

export interface Process extends Node {
  type?: string;
  description?: string;
  keyword?: string[];
  condition?: Links<Condition>;
  equipment?: Links<Equipment>;
  ingredient?: Links<Ingredient>;
  prerequisite_process?: Links<Process>;
  product?: Links<Material>;
  waste?: Links<Material>;
  property?: Links<Property>;
  citation?: Links<Citation>;
}

export interface Computation extends Node {
  type?: string;
  condition?: Links<Condition>;
  input_data?: Links<Data>;
  output_data?: Links<Data>;
  prerequisite_computation?: Link<Computation>;
  software_configuration?: Links<SoftwareConfiguration>;
  citation?: Links<Citation>;
}

export interface ComputationProcess extends Node {
  type?: string;
  condition?: Links<Condition>;
  ingredient?: Links<Ingredient>;
  input_data?: Links<Data>;
  output_data?: Links<Data>;
  property?: Links<Property>;
  software_configuration?: Links<SoftwareConfiguration>;
  citation?: Links<Citation>;
}

export interface Data extends Node {
  type?: string;
  file?: Links<File>;
  sample_preparation?: Link<Process>;
  material?: Links<Material>;
  process?: Links<Process>;
  computation?: Links<Computation>;
  computation_process?: Links<ComputationProcess>;
  citation?: Links<Citation>;
}

export interface File extends Node {
  source?: string;
  type?: string;
  extension?: string;
  data_dictionary?: string;
}

/** What Property, Condition and Quantity have in common: a key with a value. */
export interface Measured extends Node {
  key?: string;
  type?: string;
  value?: Value;
  unit?: string;
  uncertainty?: number;
  uncertainty_type?: string;
}

export interface Property extends Measured {
  method?: string;
  structure?: string;
  sample_preparation?: Link<Process>;
  component?: Links<Material>;
  condition?: Links<Condition>;
  computation?: Links<Computation>;
  data?: Links<Data>;
  citation?: Links<Citation>;
}

export interface Condition extends Measured {
  descriptor?: string;
  set_id?: number;
  measurement_id?: number;
  data?: Links<Data>;
}

export type Quantity = Measured;

export interface Ingredient extends Node {
  material?: Link<Material>;
  keyword?: string[];
  quantity?: Links<Quantity>;
}

export interface Equipment extends Node {
  key?: string;
  description?: string;
  condition?: Links<Condition>;
  file?: Links<File>;
  citation?: Links<Citation>;
}

export interface SoftwareConfiguration extends Node {
  software?: Link<Software>;
  algorithm?: Links<Algorithm>;
  citation?: Links<Citation>;
}

export interface Software extends Node {
  version?: string;
  source?: string;
}

export interface Algorithm extends Node {
  key?: string;
  type?: string;
  parameter?: Links<Parameter>;
  citation?: Links<Citation>;
}

export type Parameter = Measured;

export interface ComputationalForcefield extends Node {
  key?: string;
  building_block?: string;
  coarse_grained_mapping?: string;
  implicit_solvent?: string;
  source?: string;
  description?: string;
  data?: Links<Data>;
  citation?: Links<Citation>;
}

export interface Citation extends Node {
  type?: string;
  reference?: Link<Reference>;
}

export interface Reference extends Node {
  title?: string;
  type?: string;
  author?: string[];
  journal?: string;
  publisher?: string;
  year?: number;
  volume?: number;
  issue?: number;
  pages?: number[];
  doi?: string;
  arxiv_id?: string;
  isbn?: string;
  issn?: string;
  pmid?: number;
  website?: string;
}
