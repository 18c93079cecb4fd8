// Generated from model/*.json by tools/model_generator. Do not edit.

export const modelVersion = "1.0.1";

export type NodeType =
  | "Project"
  | "Collection"
  | "Experiment"
  | "Inventory"
  | "Material"
  | "Process"
  | "Computation"
  | "ComputationProcess"
  | "Data"
  | "Reference"
  | "Software"
  | "Property"
  | "Condition"
  | "Ingredient"
  | "Quantity"
  | "Equipment"
  | "Citation"
  | "SoftwareConfiguration"
  | "Algorithm"
  | "Parameter"
  | "ComputationalForcefield"
  | "File"
  | "User";

export type Vocabulary =
  | "algorithm_key"
  | "algorithm_type"
  | "building_block"
  | "citation_type"
  | "computation_type"
  | "computational_forcefield_key"
  | "computational_process_property_key"
  | "computational_process_type"
  | "condition_key"
  | "data_license"
  | "data_type"
  | "equipment_key"
  | "file_type"
  | "ingredient_keyword"
  | "material_identifier_key"
  | "material_keyword"
  | "material_property_key"
  | "parameter_key"
  | "process_keyword"
  | "process_property_key"
  | "process_type"
  | "property_method"
  | "quantity_key"
  | "reference_type"
  | "set_type"
  | "uncertainty_type";

/** A value as it was entered: one or, in series and tensors, many. */
export type Value = number | string | boolean | Value[];

/** A node that stands elsewhere: in the store, or in the same document. */
export type Pointer = { uuid: string } | { uid: string };
export type Link<Node> = Node | Pointer;

/** The root of a body of work: its materials, its collections, and the people who may see or change it. */
export interface Project {
  node: ["Project"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** A locked node refuses changes. */
  locked?: boolean;
  /** Whether everybody who signs in may read the node. */
  public?: boolean;
  /** Version of this model. */
  readonly model_version?: string;
  /** Name. */
  name: string;
  /** Free text. */
  notes?: string;
  /** Materials owned. */
  material?: Link<Material>[];
  readonly material_count?: number;
  /** Collections held. */
  collection?: Link<Collection>[];
  readonly collection_count?: number;
  /** Users who may read and edit. */
  member?: Link<User>[];
  readonly member_count?: number;
  /** Users who may manage. */
  admin?: Link<User>[];
  readonly admin_count?: number;
}

/** A set of experiments and inventories inside a project, for instance all that belongs to one publication. */
export interface Collection {
  node: ["Collection"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** A locked node refuses changes. */
  locked?: boolean;
  /** Whether everybody who signs in may read the node. */
  public?: boolean;
  /** Version of this model. */
  readonly model_version?: string;
  /** Name. */
  name: string;
  /** Free text. */
  notes?: string;
  /** DOI of the published collection. */
  doi?: string;
  /** Inventories held. */
  inventory?: Link<Inventory>[];
  readonly inventory_count?: number;
  /** Experiments held. */
  experiment?: Link<Experiment>[];
  readonly experiment_count?: number;
  /** Citations. */
  citation?: Link<Citation>[];
  readonly citation_count?: number;
  /** Users who may read and edit. */
  member?: Link<User>[];
  readonly member_count?: number;
  /** Users who may manage. */
  admin?: Link<User>[];
  readonly admin_count?: number;
}

/** What was done to answer one question: processes, computations and the data they gave. */
export interface Experiment {
  node: ["Experiment"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** A locked node refuses changes. */
  locked?: boolean;
  /** Whether everybody who signs in may read the node. */
  public?: boolean;
  /** Version of this model. */
  readonly model_version?: string;
  /** Name. */
  name: string;
  /** Free text. */
  notes?: string;
  /** Funder names. */
  funding?: string[];
  /** Processes. */
  process?: Link<Process>[];
  readonly process_count?: number;
  /** Computations. */
  computation?: Link<Computation>[];
  readonly computation_count?: number;
  /** Simulated processes. */
  computation_process?: Link<ComputationProcess>[];
  readonly computation_process_count?: number;
  /** Data sets. */
  data?: Link<Data>[];
  readonly data_count?: number;
  /** Citations. */
  citation?: Link<Citation>[];
  readonly citation_count?: number;
  /** Users who may read and edit. */
  member?: Link<User>[];
  readonly member_count?: number;
  /** Users who may manage. */
  admin?: Link<User>[];
  readonly admin_count?: number;
}

/** A named list of materials, as in a cupboard or a data set. */
export interface Inventory {
  node: ["Inventory"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** A locked node refuses changes. */
  locked?: boolean;
  /** Whether everybody who signs in may read the node. */
  public?: boolean;
  /** Version of this model. */
  readonly model_version?: string;
  /** Name. */
  name?: string;
  /** Free text. */
  notes?: string;
  /** Materials grouped. */
  material?: Link<Material>[];
  readonly material_count?: number;
  /** Users who may read and edit. */
  member?: Link<User>[];
  readonly member_count?: number;
  /** Users who may manage. */
  admin?: Link<User>[];
  readonly admin_count?: number;
}

/** A chemical substance or mixture with its identifiers, properties and origin. */
export interface Material {
  node: ["Material"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** A locked node refuses changes. */
  locked?: boolean;
  /** Whether everybody who signs in may read the node. */
  public?: boolean;
  /** Version of this model. */
  readonly model_version?: string;
  /** Name. */
  name: string;
  /** Free text. */
  notes?: string;
  /** Structure of a polymer in BigSMILES. */
  bigsmiles?: string;
  /** Structure of a small molecule in SMILES. */
  smiles?: string;
  /** Formula as usually written. */
  chem_formula?: string;
  /** Repeat-unit formulas. */
  chem_repeat?: string[];
  /** Molecular formula. */
  mol_form?: string;
  /** InChI. */
  inchi?: string;
  /** InChIKey. */
  inchi_key?: string;
  /** CAS registry number. */
  chemical_id?: string;
  /** PubChem number. */
  pubchem_cid?: number;
  /** Residue sequence. */
  amino_acid?: string;
  /** Synonyms. */
  names?: string[];
  /** Class labels. */
  keyword?: string[];
  /** Supplier. */
  vendor?: string;
  /** Batch. */
  lot_number?: string;
  /** Properties. */
  property?: Link<Property>[];
  readonly property_count?: number;
  /** Force field when the material is simulated. */
  computational_forcefield?: Link<ComputationalForcefield>;
  /** Parts of a mixture. */
  component?: Link<Material>[];
  readonly component_count?: number;
  /** Material this one was copied from. */
  parent_material?: Link<Material>;
  /** Process that made it. */
  process?: Link<Process>;
}

/** A step that turns materials into others: a reaction, a separation, a shaping. */
export interface Process {
  node: ["Process"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** A locked node refuses changes. */
  locked?: boolean;
  /** Whether everybody who signs in may read the node. */
  public?: boolean;
  /** Version of this model. */
  readonly model_version?: string;
  /** Name. */
  name?: string;
  /** Free text. */
  notes?: string;
  /** Kind of step. */
  type?: string;
  /** Procedure text. */
  description?: string;
  /** Class labels. */
  keyword?: string[];
  /** Inputs with amounts. */
  ingredient?: Link<Ingredient>[];
  readonly ingredient_count?: number;
  /** Apparatus. */
  equipment?: Link<Equipment>[];
  readonly equipment_count?: number;
  /** Conditions of the whole step. */
  condition?: Link<Condition>[];
  readonly condition_count?: number;
  /** Results of the step: yield, conversion, rate. */
  property?: Link<Property>[];
  readonly property_count?: number;
  /** Citations. */
  citation?: Link<Citation>[];
  readonly citation_count?: number;
  /** Wanted outputs. */
  product?: Link<Material>[];
  readonly product_count?: number;
  /** Discarded outputs. */
  waste?: Link<Material>[];
  readonly waste_count?: number;
  /** Steps that come before. */
  prerequisite_process?: Link<Process>[];
  readonly prerequisite_process_count?: number;
}

/** A calculation that reads and writes data and leaves materials as they are. */
export interface Computation {
  node: ["Computation"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** A locked node refuses changes. */
  locked?: boolean;
  /** Whether everybody who signs in may read the node. */
  public?: boolean;
  /** Version of this model. */
  readonly model_version?: string;
  /** Name. */
  name?: string;
  /** Free text. */
  notes?: string;
  /** Kind of computation. */
  type?: string;
  /** Programs and algorithms. */
  software_configuration?: Link<SoftwareConfiguration>[];
  readonly software_configuration_count?: number;
  /** Thermodynamic and set-up state. */
  condition?: Link<Condition>[];
  readonly condition_count?: number;
  /** Citations. */
  citation?: Link<Citation>[];
  readonly citation_count?: number;
  /** Data read. */
  input_data?: Link<Data>[];
  readonly input_data_count?: number;
  /** Data written. */
  output_data?: Link<Data>[];
  readonly output_data_count?: number;
  /** Computation that comes before (one only). */
  prerequisite_computation?: Link<Computation>;
}

/** A simulated process: materials and data in, changed materials, data and properties out. */
export interface ComputationProcess {
  node: ["ComputationProcess"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** A locked node refuses changes. */
  locked?: boolean;
  /** Whether everybody who signs in may read the node. */
  public?: boolean;
  /** Version of this model. */
  readonly model_version?: string;
  /** Name. */
  name?: string;
  /** Free text. */
  notes?: string;
  /** Kind of simulated change. */
  type?: string;
  /** Simulated materials going in. */
  ingredient?: Link<Ingredient>[];
  readonly ingredient_count?: number;
  /** Programs and algorithms. */
  software_configuration?: Link<SoftwareConfiguration>[];
  readonly software_configuration_count?: number;
  /** Thermodynamic state. */
  condition?: Link<Condition>[];
  readonly condition_count?: number;
  /** Computed results. */
  property?: Link<Property>[];
  readonly property_count?: number;
  /** Citations. */
  citation?: Link<Citation>[];
  readonly citation_count?: number;
  /** Data read. */
  input_data?: Link<Data>[];
  readonly input_data_count?: number;
  /** Data written. */
  output_data?: Link<Data>[];
  readonly output_data_count?: number;
}

/** A data set of an experiment with the files that hold it. */
export interface Data {
  node: ["Data"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** A locked node refuses changes. */
  locked?: boolean;
  /** Whether everybody who signs in may read the node. */
  public?: boolean;
  /** Version of this model. */
  readonly model_version?: string;
  /** Name. */
  name?: string;
  /** Free text. */
  notes?: string;
  /** Kind of data. */
  type?: string;
  /** Files. */
  file?: Link<File>[];
  readonly file_count?: number;
  /** Citations. */
  citation?: Link<Citation>[];
  readonly citation_count?: number;
  /** Process that prepared the sample. */
  sample_preparation?: Link<Process>;
  /** Materials it describes. */
  material?: Link<Material>[];
  readonly material_count?: number;
  /** Processes it describes. */
  process?: Link<Process>[];
  readonly process_count?: number;
  /** Computations that made it. */
  computation?: Link<Computation>[];
  readonly computation_count?: number;
  /** Simulated processes that made it. */
  computation_process?: Link<ComputationProcess>[];
  readonly computation_process_count?: number;
}

/** A published work that records can cite. Shared by all projects. */
export interface Reference {
  node: ["Reference"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** Always true: these nodes are shared by all projects. */
  public?: boolean;
  /** Version of this model. */
  readonly model_version?: string;
  /** Kind of work. */
  type: string;
  /** Title. */
  title: string;
  /** Authors. */
  author?: string[];
  /** Journal. */
  journal?: string;
  /** Publisher. */
  publisher?: string;
  /** Year. */
  year?: number;
  /** Volume. */
  volume?: number;
  /** Issue. */
  issue?: number;
  /** First and last page. */
  pages?: number[];
  /** DOI. */
  doi?: string;
  /** ISSN. */
  issn?: string;
  /** ISBN. */
  isbn?: string;
  /** arXiv identifier. */
  arxiv_id?: string;
  /** PubMed id. */
  pmid?: number;
  /** URL. */
  website?: string;
}

/** A program in one version. Shared by all projects. */
export interface Software {
  node: ["Software"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** Always true: these nodes are shared by all projects. */
  public?: boolean;
  /** Version of this model. */
  readonly model_version?: string;
  /** Name. */
  name: string;
  /** Version. */
  version: string;
  /** Where it comes from. */
  source?: string;
}

/** A measured, computed or prescribed characteristic of a material or process. */
export interface Property {
  node: ["Property"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** Version of this model. */
  readonly model_version?: string;
  /** What was determined. */
  key: string;
  /** Which statistic of the distribution the value is. */
  type: string;
  /** The value: number, text, flag, or a list of these. */
  value?: Value;
  /** Unit of value and uncertainty. */
  unit?: string;
  /** Uncertainty. */
  uncertainty?: number;
  /** Kind of uncertainty. */
  uncertainty_type?: string;
  /** How it was obtained. */
  method?: string;
  /** BigSMILES of the part concerned. */
  structure?: string;
  /** Free text. */
  notes?: string;
  /** Measured under. */
  condition?: Link<Condition>[];
  readonly condition_count?: number;
  /** Citations. */
  citation?: Link<Citation>[];
  readonly citation_count?: number;
  /** Components it concerns. */
  component?: Link<Material>[];
  readonly component_count?: number;
  /** Process before the measurement. */
  sample_preparation?: Link<Process>;
  /** Raw data. */
  data?: Link<Data>[];
  readonly data_count?: number;
  /** Computations behind it. */
  computation?: Link<Computation>[];
  readonly computation_count?: number;
}

/** A state variable under which something was done or measured. */
export interface Condition {
  node: ["Condition"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** Version of this model. */
  readonly model_version?: string;
  /** Which kind. */
  key?: string;
  /** Which statistic of a series the value is. */
  type?: string;
  /** Free label, e.g. which probe. */
  descriptor?: string;
  /** Value. */
  value?: Value;
  /** Unit. */
  unit?: string;
  /** Uncertainty. */
  uncertainty?: number | string;
  /** Kind of uncertainty. */
  uncertainty_type?: string;
  /** Joins conditions of one series. */
  set_id?: number;
  /** Joins conditions taken at one instant. */
  measurement_id?: number;
  /** Detailed data. */
  data?: Link<Data>[];
  readonly data_count?: number;
}

/** A material that goes into a process, with its amounts and roles. */
export interface Ingredient {
  node: ["Ingredient"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** Version of this model. */
  readonly model_version?: string;
  /** Roles. */
  keyword?: string[];
  /** Material used. */
  material: Link<Material>;
  /** Amounts. */
  quantity?: Link<Quantity>[];
  readonly quantity_count?: number;
}

/** An amount of an ingredient in the unit that its key fixes. */
export interface Quantity {
  node: ["Quantity"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** Version of this model. */
  readonly model_version?: string;
  /** What kind of amount. */
  key: string;
  /** Amount. */
  value: number | string;
  /** Unit, fixed by the key. */
  unit: string;
  /** Uncertainty. */
  uncertainty?: number;
  /** Kind of uncertainty. */
  uncertainty_type?: string;
}

/** Apparatus used in a process, with its settings and manuals. */
export interface Equipment {
  node: ["Equipment"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** Version of this model. */
  readonly model_version?: string;
  /** Which kind. */
  key?: string;
  /** Make, model, details. */
  description?: string;
  /** Settings. */
  condition?: Link<Condition>[];
  readonly condition_count?: number;
  /** Manuals, calibration. */
  file?: Link<File>[];
  readonly file_count?: number;
  /** Citations. */
  citation?: Link<Citation>[];
  readonly citation_count?: number;
}

/** How a record relates to a published work. */
export interface Citation {
  node: ["Citation"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** Version of this model. */
  readonly model_version?: string;
  /** How the record relates to the work. */
  type?: string;
  /** Cited work. */
  reference: Link<Reference>;
}

/** A program as it was set up for a computation, with its algorithms. */
export interface SoftwareConfiguration {
  node: ["SoftwareConfiguration"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** Version of this model. */
  readonly model_version?: string;
  /** Free text. */
  notes?: string;
  /** Program. */
  software?: Link<Software>;
  /** Algorithms. */
  algorithm?: Link<Algorithm>[];
  readonly algorithm_count?: number;
  /** Citations. */
  citation?: Link<Citation>[];
  readonly citation_count?: number;
}

/** A method that a program applied, with its parameters. */
export interface Algorithm {
  node: ["Algorithm"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** Version of this model. */
  readonly model_version?: string;
  /** Which algorithm. */
  key: string;
  /** What it does in the computation. */
  type: string;
  /** Settings. */
  parameter?: Link<Parameter>[];
  readonly parameter_count?: number;
  /** Citations. */
  citation?: Link<Citation>[];
  readonly citation_count?: number;
}

/** One setting of an algorithm. */
export interface Parameter {
  node: ["Parameter"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** Version of this model. */
  readonly model_version?: string;
  /** Which setting. */
  key: string;
  /** The value, of the kind that the key asks for. */
  value: number | string | boolean;
  /** Unit of the value. */
  unit?: string;
}

/** The model of interactions that stands for a material in a simulation. */
export interface ComputationalForcefield {
  node: ["ComputationalForcefield"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** Version of this model. */
  readonly model_version?: string;
  /** Which force field. */
  key: string;
  /** Resolution. */
  building_block: string;
  /** Atom-to-bead map. */
  coarse_grained_mapping?: string;
  /** Solvent model. */
  implicit_solvent?: string;
  /** Where it comes from. */
  source?: string;
  /** Changes made. */
  description?: string;
  /** Parameter files. */
  data?: Link<Data>[];
  readonly data_count?: number;
  /** Citations. */
  citation?: Link<Citation>[];
  readonly citation_count?: number;
}

/** A file: a URL, or an object uploaded to the storage of the server. */
export interface File {
  node: ["File"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** A locked node refuses changes. */
  locked?: boolean;
  /** Whether everybody who signs in may read the node. */
  public?: boolean;
  /** Version of this model. */
  readonly model_version?: string;
  /** Name. */
  name?: string;
  /** Free text. */
  notes?: string;
  /** URL, or object path of the upload. */
  source: string;
  /** Kind of file. */
  type: string;
  /** Suffix with dot. */
  extension?: string;
  /** Meaning of the content. */
  data_dictionary?: string;
}

/** A person with an account. Written by the account system only. */
export interface User {
  node: ["User"];
  uuid: string;
  uid: string;
  /** When the node was first saved (RFC 3339, UTC). */
  readonly created_at?: string;
  /** When the node was last changed (RFC 3339, UTC). */
  readonly updated_at?: string;
  /** Who first saved the node. */
  readonly created_by?: Link<User>;
  /** Who last changed the node. */
  readonly updated_by?: Link<User>;
  /** Always true: these nodes are shared by all projects. */
  public?: boolean;
  /** Version of this model. */
  readonly model_version?: string;
  /** Login. */
  username?: string;
  /** E-mail. */
  email?: string;
  /** ORCID. */
  orcid?: string;
  /** URL. */
  picture?: string;
}

export type AnyNode =
  | Project
  | Collection
  | Experiment
  | Inventory
  | Material
  | Process
  | Computation
  | ComputationProcess
  | Data
  | Reference
  | Software
  | Property
  | Condition
  | Ingredient
  | Quantity
  | Equipment
  | Citation
  | SoftwareConfiguration
  | Algorithm
  | Parameter
  | ComputationalForcefield
  | File
  | User;

export interface FieldInfo {
  name: string;
  kind:
    | "text"
    | "integer"
    | "number"
    | "boolean"
    | "text_list"
    | "integer_list"
    | "number_or_text"
    | "number_text_or_flag"
    | "number_text_or_list"
    | "any_value"
    | "link"
    | "link_list";
  description: string;
  required?: boolean;
  readOnly?: boolean;
  target?: NodeType;
  role?: "containment" | "reference" | "account";
  vocabularies?: Vocabulary[];
  /** Terms to offer where any text is allowed. */
  suggestions?: Vocabulary;
}

export interface NodeInfo {
  slug: string;
  group: "primary" | "primary_public" | "subobject" | "supporting";
  description: string;
  fields: FieldInfo[];
}

/** Every node type with its fields, in the order of answers. */
export const nodeTypes: Record<NodeType, NodeInfo> = {
  Project: {
    slug: "project",
    group: "primary",
    description: "The root of a body of work: its materials, its collections, and the people who may see or change it.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "locked", kind: "boolean", description: "A locked node refuses changes." },
      { name: "public", kind: "boolean", description: "Whether everybody who signs in may read the node." },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "name", kind: "text", description: "Name.", required: true },
      { name: "notes", kind: "text", description: "Free text." },
      { name: "material", kind: "link_list", description: "Materials owned.", target: "Material", role: "containment" },
      { name: "collection", kind: "link_list", description: "Collections held.", target: "Collection", role: "containment" },
      { name: "member", kind: "link_list", description: "Users who may read and edit.", target: "User", role: "account" },
      { name: "admin", kind: "link_list", description: "Users who may manage.", target: "User", role: "account" },
    ],
  },
  Collection: {
    slug: "collection",
    group: "primary",
    description: "A set of experiments and inventories inside a project, for instance all that belongs to one publication.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "locked", kind: "boolean", description: "A locked node refuses changes." },
      { name: "public", kind: "boolean", description: "Whether everybody who signs in may read the node." },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "name", kind: "text", description: "Name.", required: true },
      { name: "notes", kind: "text", description: "Free text." },
      { name: "doi", kind: "text", description: "DOI of the published collection." },
      { name: "inventory", kind: "link_list", description: "Inventories held.", target: "Inventory", role: "containment" },
      { name: "experiment", kind: "link_list", description: "Experiments held.", target: "Experiment", role: "containment" },
      { name: "citation", kind: "link_list", description: "Citations.", target: "Citation", role: "containment" },
      { name: "member", kind: "link_list", description: "Users who may read and edit.", target: "User", role: "account" },
      { name: "admin", kind: "link_list", description: "Users who may manage.", target: "User", role: "account" },
    ],
  },
  Experiment: {
    slug: "experiment",
    group: "primary",
    description: "What was done to answer one question: processes, computations and the data they gave.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "locked", kind: "boolean", description: "A locked node refuses changes." },
      { name: "public", kind: "boolean", description: "Whether everybody who signs in may read the node." },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "name", kind: "text", description: "Name.", required: true },
      { name: "notes", kind: "text", description: "Free text." },
      { name: "funding", kind: "text_list", description: "Funder names." },
      { name: "process", kind: "link_list", description: "Processes.", target: "Process", role: "containment" },
      { name: "computation", kind: "link_list", description: "Computations.", target: "Computation", role: "containment" },
      { name: "computation_process", kind: "link_list", description: "Simulated processes.", target: "ComputationProcess", role: "containment" },
      { name: "data", kind: "link_list", description: "Data sets.", target: "Data", role: "containment" },
      { name: "citation", kind: "link_list", description: "Citations.", target: "Citation", role: "containment" },
      { name: "member", kind: "link_list", description: "Users who may read and edit.", target: "User", role: "account" },
      { name: "admin", kind: "link_list", description: "Users who may manage.", target: "User", role: "account" },
    ],
  },
  Inventory: {
    slug: "inventory",
    group: "primary",
    description: "A named list of materials, as in a cupboard or a data set.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "locked", kind: "boolean", description: "A locked node refuses changes." },
      { name: "public", kind: "boolean", description: "Whether everybody who signs in may read the node." },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "name", kind: "text", description: "Name." },
      { name: "notes", kind: "text", description: "Free text." },
      { name: "material", kind: "link_list", description: "Materials grouped.", target: "Material", role: "reference" },
      { name: "member", kind: "link_list", description: "Users who may read and edit.", target: "User", role: "account" },
      { name: "admin", kind: "link_list", description: "Users who may manage.", target: "User", role: "account" },
    ],
  },
  Material: {
    slug: "material",
    group: "primary",
    description: "A chemical substance or mixture with its identifiers, properties and origin.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "locked", kind: "boolean", description: "A locked node refuses changes." },
      { name: "public", kind: "boolean", description: "Whether everybody who signs in may read the node." },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "name", kind: "text", description: "Name.", required: true },
      { name: "notes", kind: "text", description: "Free text." },
      { name: "bigsmiles", kind: "text", description: "Structure of a polymer in BigSMILES." },
      { name: "smiles", kind: "text", description: "Structure of a small molecule in SMILES." },
      { name: "chem_formula", kind: "text", description: "Formula as usually written." },
      { name: "chem_repeat", kind: "text_list", description: "Repeat-unit formulas." },
      { name: "mol_form", kind: "text", description: "Molecular formula." },
      { name: "inchi", kind: "text", description: "InChI." },
      { name: "inchi_key", kind: "text", description: "InChIKey." },
      { name: "chemical_id", kind: "text", description: "CAS registry number." },
      { name: "pubchem_cid", kind: "integer", description: "PubChem number." },
      { name: "amino_acid", kind: "text", description: "Residue sequence." },
      { name: "names", kind: "text_list", description: "Synonyms." },
      { name: "keyword", kind: "text_list", description: "Class labels.", vocabularies: ["material_keyword"] },
      { name: "vendor", kind: "text", description: "Supplier." },
      { name: "lot_number", kind: "text", description: "Batch." },
      { name: "property", kind: "link_list", description: "Properties.", target: "Property", role: "containment" },
      { name: "computational_forcefield", kind: "link", description: "Force field when the material is simulated.", target: "ComputationalForcefield", role: "containment" },
      { name: "component", kind: "link_list", description: "Parts of a mixture.", target: "Material", role: "reference" },
      { name: "parent_material", kind: "link", description: "Material this one was copied from.", target: "Material", role: "reference" },
      { name: "process", kind: "link", description: "Process that made it.", target: "Process", role: "reference" },
    ],
  },
  Process: {
    slug: "process",
    group: "primary",
    description: "A step that turns materials into others: a reaction, a separation, a shaping.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "locked", kind: "boolean", description: "A locked node refuses changes." },
      { name: "public", kind: "boolean", description: "Whether everybody who signs in may read the node." },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "name", kind: "text", description: "Name." },
      { name: "notes", kind: "text", description: "Free text." },
      { name: "type", kind: "text", description: "Kind of step.", vocabularies: ["process_type"] },
      { name: "description", kind: "text", description: "Procedure text." },
      { name: "keyword", kind: "text_list", description: "Class labels.", vocabularies: ["process_keyword"] },
      { name: "ingredient", kind: "link_list", description: "Inputs with amounts.", target: "Ingredient", role: "containment" },
      { name: "equipment", kind: "link_list", description: "Apparatus.", target: "Equipment", role: "containment" },
      { name: "condition", kind: "link_list", description: "Conditions of the whole step.", target: "Condition", role: "containment" },
      { name: "property", kind: "link_list", description: "Results of the step: yield, conversion, rate.", target: "Property", role: "containment" },
      { name: "citation", kind: "link_list", description: "Citations.", target: "Citation", role: "containment" },
      { name: "product", kind: "link_list", description: "Wanted outputs.", target: "Material", role: "reference" },
      { name: "waste", kind: "link_list", description: "Discarded outputs.", target: "Material", role: "reference" },
      { name: "prerequisite_process", kind: "link_list", description: "Steps that come before.", target: "Process", role: "reference" },
    ],
  },
  Computation: {
    slug: "computation",
    group: "primary",
    description: "A calculation that reads and writes data and leaves materials as they are.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "locked", kind: "boolean", description: "A locked node refuses changes." },
      { name: "public", kind: "boolean", description: "Whether everybody who signs in may read the node." },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "name", kind: "text", description: "Name." },
      { name: "notes", kind: "text", description: "Free text." },
      { name: "type", kind: "text", description: "Kind of computation.", vocabularies: ["computation_type"] },
      { name: "software_configuration", kind: "link_list", description: "Programs and algorithms.", target: "SoftwareConfiguration", role: "containment" },
      { name: "condition", kind: "link_list", description: "Thermodynamic and set-up state.", target: "Condition", role: "containment" },
      { name: "citation", kind: "link_list", description: "Citations.", target: "Citation", role: "containment" },
      { name: "input_data", kind: "link_list", description: "Data read.", target: "Data", role: "reference" },
      { name: "output_data", kind: "link_list", description: "Data written.", target: "Data", role: "reference" },
      { name: "prerequisite_computation", kind: "link", description: "Computation that comes before (one only).", target: "Computation", role: "reference" },
    ],
  },
  ComputationProcess: {
    slug: "computation_process",
    group: "primary",
    description: "A simulated process: materials and data in, changed materials, data and properties out.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "locked", kind: "boolean", description: "A locked node refuses changes." },
      { name: "public", kind: "boolean", description: "Whether everybody who signs in may read the node." },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "name", kind: "text", description: "Name." },
      { name: "notes", kind: "text", description: "Free text." },
      { name: "type", kind: "text", description: "Kind of simulated change.", suggestions: "computational_process_type" },
      { name: "ingredient", kind: "link_list", description: "Simulated materials going in.", target: "Ingredient", role: "containment" },
      { name: "software_configuration", kind: "link_list", description: "Programs and algorithms.", target: "SoftwareConfiguration", role: "containment" },
      { name: "condition", kind: "link_list", description: "Thermodynamic state.", target: "Condition", role: "containment" },
      { name: "property", kind: "link_list", description: "Computed results.", target: "Property", role: "containment" },
      { name: "citation", kind: "link_list", description: "Citations.", target: "Citation", role: "containment" },
      { name: "input_data", kind: "link_list", description: "Data read.", target: "Data", role: "reference" },
      { name: "output_data", kind: "link_list", description: "Data written.", target: "Data", role: "reference" },
    ],
  },
  Data: {
    slug: "data",
    group: "primary",
    description: "A data set of an experiment with the files that hold it.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "locked", kind: "boolean", description: "A locked node refuses changes." },
      { name: "public", kind: "boolean", description: "Whether everybody who signs in may read the node." },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "name", kind: "text", description: "Name." },
      { name: "notes", kind: "text", description: "Free text." },
      { name: "type", kind: "text", description: "Kind of data.", vocabularies: ["data_type"] },
      { name: "file", kind: "link_list", description: "Files.", target: "File", role: "containment" },
      { name: "citation", kind: "link_list", description: "Citations.", target: "Citation", role: "containment" },
      { name: "sample_preparation", kind: "link", description: "Process that prepared the sample.", target: "Process", role: "reference" },
      { name: "material", kind: "link_list", description: "Materials it describes.", target: "Material", role: "reference" },
      { name: "process", kind: "link_list", description: "Processes it describes.", target: "Process", role: "reference" },
      { name: "computation", kind: "link_list", description: "Computations that made it.", target: "Computation", role: "reference" },
      { name: "computation_process", kind: "link_list", description: "Simulated processes that made it.", target: "ComputationProcess", role: "reference" },
    ],
  },
  Reference: {
    slug: "reference",
    group: "primary_public",
    description: "A published work that records can cite. Shared by all projects.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "public", kind: "boolean", description: "Always true: these nodes are shared by all projects." },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "type", kind: "text", description: "Kind of work.", required: true, vocabularies: ["reference_type"] },
      { name: "title", kind: "text", description: "Title.", required: true },
      { name: "author", kind: "text_list", description: "Authors." },
      { name: "journal", kind: "text", description: "Journal." },
      { name: "publisher", kind: "text", description: "Publisher." },
      { name: "year", kind: "integer", description: "Year." },
      { name: "volume", kind: "integer", description: "Volume." },
      { name: "issue", kind: "integer", description: "Issue." },
      { name: "pages", kind: "integer_list", description: "First and last page." },
      { name: "doi", kind: "text", description: "DOI." },
      { name: "issn", kind: "text", description: "ISSN." },
      { name: "isbn", kind: "text", description: "ISBN." },
      { name: "arxiv_id", kind: "text", description: "arXiv identifier." },
      { name: "pmid", kind: "integer", description: "PubMed id." },
      { name: "website", kind: "text", description: "URL." },
    ],
  },
  Software: {
    slug: "software",
    group: "primary_public",
    description: "A program in one version. Shared by all projects.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "public", kind: "boolean", description: "Always true: these nodes are shared by all projects." },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "name", kind: "text", description: "Name.", required: true },
      { name: "version", kind: "text", description: "Version.", required: true },
      { name: "source", kind: "text", description: "Where it comes from." },
    ],
  },
  Property: {
    slug: "property",
    group: "subobject",
    description: "A measured, computed or prescribed characteristic of a material or process.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "key", kind: "text", description: "What was determined.", required: true, vocabularies: ["material_property_key","process_property_key","computational_process_property_key"] },
      { name: "type", kind: "text", description: "Which statistic of the distribution the value is.", required: true, suggestions: "set_type" },
      { name: "value", kind: "any_value", description: "The value: number, text, flag, or a list of these." },
      { name: "unit", kind: "text", description: "Unit of value and uncertainty." },
      { name: "uncertainty", kind: "number", description: "Uncertainty." },
      { name: "uncertainty_type", kind: "text", description: "Kind of uncertainty.", vocabularies: ["uncertainty_type"] },
      { name: "method", kind: "text", description: "How it was obtained.", suggestions: "property_method" },
      { name: "structure", kind: "text", description: "BigSMILES of the part concerned." },
      { name: "notes", kind: "text", description: "Free text." },
      { name: "condition", kind: "link_list", description: "Measured under.", target: "Condition", role: "containment" },
      { name: "citation", kind: "link_list", description: "Citations.", target: "Citation", role: "containment" },
      { name: "component", kind: "link_list", description: "Components it concerns.", target: "Material", role: "reference" },
      { name: "sample_preparation", kind: "link", description: "Process before the measurement.", target: "Process", role: "reference" },
      { name: "data", kind: "link_list", description: "Raw data.", target: "Data", role: "reference" },
      { name: "computation", kind: "link_list", description: "Computations behind it.", target: "Computation", role: "reference" },
    ],
  },
  Condition: {
    slug: "condition",
    group: "subobject",
    description: "A state variable under which something was done or measured.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "key", kind: "text", description: "Which kind.", vocabularies: ["condition_key"] },
      { name: "type", kind: "text", description: "Which statistic of a series the value is.", suggestions: "set_type" },
      { name: "descriptor", kind: "text", description: "Free label, e.g. which probe." },
      { name: "value", kind: "number_text_or_list", description: "Value." },
      { name: "unit", kind: "text", description: "Unit." },
      { name: "uncertainty", kind: "number_or_text", description: "Uncertainty." },
      { name: "uncertainty_type", kind: "text", description: "Kind of uncertainty.", vocabularies: ["uncertainty_type"] },
      { name: "set_id", kind: "integer", description: "Joins conditions of one series." },
      { name: "measurement_id", kind: "integer", description: "Joins conditions taken at one instant." },
      { name: "data", kind: "link_list", description: "Detailed data.", target: "Data", role: "reference" },
    ],
  },
  Ingredient: {
    slug: "ingredient",
    group: "subobject",
    description: "A material that goes into a process, with its amounts and roles.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "keyword", kind: "text_list", description: "Roles.", vocabularies: ["ingredient_keyword"] },
      { name: "material", kind: "link", description: "Material used.", required: true, target: "Material", role: "reference" },
      { name: "quantity", kind: "link_list", description: "Amounts.", target: "Quantity", role: "containment" },
    ],
  },
  Quantity: {
    slug: "quantity",
    group: "subobject",
    description: "An amount of an ingredient in the unit that its key fixes.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "key", kind: "text", description: "What kind of amount.", required: true, vocabularies: ["quantity_key"] },
      { name: "value", kind: "number_or_text", description: "Amount.", required: true },
      { name: "unit", kind: "text", description: "Unit, fixed by the key.", required: true },
      { name: "uncertainty", kind: "number", description: "Uncertainty." },
      { name: "uncertainty_type", kind: "text", description: "Kind of uncertainty.", vocabularies: ["uncertainty_type"] },
    ],
  },
  Equipment: {
    slug: "equipment",
    group: "subobject",
    description: "Apparatus used in a process, with its settings and manuals.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "key", kind: "text", description: "Which kind.", vocabularies: ["equipment_key"] },
      { name: "description", kind: "text", description: "Make, model, details." },
      { name: "condition", kind: "link_list", description: "Settings.", target: "Condition", role: "containment" },
      { name: "file", kind: "link_list", description: "Manuals, calibration.", target: "File", role: "containment" },
      { name: "citation", kind: "link_list", description: "Citations.", target: "Citation", role: "containment" },
    ],
  },
  Citation: {
    slug: "citation",
    group: "subobject",
    description: "How a record relates to a published work.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "type", kind: "text", description: "How the record relates to the work.", vocabularies: ["citation_type"] },
      { name: "reference", kind: "link", description: "Cited work.", required: true, target: "Reference", role: "reference" },
    ],
  },
  SoftwareConfiguration: {
    slug: "software_configuration",
    group: "subobject",
    description: "A program as it was set up for a computation, with its algorithms.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "notes", kind: "text", description: "Free text." },
      { name: "software", kind: "link", description: "Program.", target: "Software", role: "reference" },
      { name: "algorithm", kind: "link_list", description: "Algorithms.", target: "Algorithm", role: "containment" },
      { name: "citation", kind: "link_list", description: "Citations.", target: "Citation", role: "containment" },
    ],
  },
  Algorithm: {
    slug: "algorithm",
    group: "subobject",
    description: "A method that a program applied, with its parameters.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "key", kind: "text", description: "Which algorithm.", required: true, vocabularies: ["algorithm_key"] },
      { name: "type", kind: "text", description: "What it does in the computation.", required: true, vocabularies: ["algorithm_type"] },
      { name: "parameter", kind: "link_list", description: "Settings.", target: "Parameter", role: "containment" },
      { name: "citation", kind: "link_list", description: "Citations.", target: "Citation", role: "containment" },
    ],
  },
  Parameter: {
    slug: "parameter",
    group: "subobject",
    description: "One setting of an algorithm.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "key", kind: "text", description: "Which setting.", required: true, vocabularies: ["parameter_key"] },
      { name: "value", kind: "number_text_or_flag", description: "The value, of the kind that the key asks for.", required: true },
      { name: "unit", kind: "text", description: "Unit of the value." },
    ],
  },
  ComputationalForcefield: {
    slug: "computational_forcefield",
    group: "subobject",
    description: "The model of interactions that stands for a material in a simulation.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "key", kind: "text", description: "Which force field.", required: true, vocabularies: ["computational_forcefield_key"] },
      { name: "building_block", kind: "text", description: "Resolution.", required: true, vocabularies: ["building_block"] },
      { name: "coarse_grained_mapping", kind: "text", description: "Atom-to-bead map." },
      { name: "implicit_solvent", kind: "text", description: "Solvent model." },
      { name: "source", kind: "text", description: "Where it comes from." },
      { name: "description", kind: "text", description: "Changes made." },
      { name: "data", kind: "link_list", description: "Parameter files.", target: "Data", role: "reference" },
      { name: "citation", kind: "link_list", description: "Citations.", target: "Citation", role: "containment" },
    ],
  },
  File: {
    slug: "file",
    group: "supporting",
    description: "A file: a URL, or an object uploaded to the storage of the server.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "locked", kind: "boolean", description: "A locked node refuses changes." },
      { name: "public", kind: "boolean", description: "Whether everybody who signs in may read the node." },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "name", kind: "text", description: "Name." },
      { name: "notes", kind: "text", description: "Free text." },
      { name: "source", kind: "text", description: "URL, or object path of the upload.", required: true },
      { name: "type", kind: "text", description: "Kind of file.", required: true, vocabularies: ["file_type"] },
      { name: "extension", kind: "text", description: "Suffix with dot." },
      { name: "data_dictionary", kind: "text", description: "Meaning of the content." },
    ],
  },
  User: {
    slug: "user",
    group: "supporting",
    description: "A person with an account. Written by the account system only.",
    fields: [
      { name: "created_at", kind: "text", description: "When the node was first saved (RFC 3339, UTC).", readOnly: true },
      { name: "updated_at", kind: "text", description: "When the node was last changed (RFC 3339, UTC).", readOnly: true },
      { name: "created_by", kind: "link", description: "Who first saved the node.", readOnly: true, target: "User", role: "account" },
      { name: "updated_by", kind: "link", description: "Who last changed the node.", readOnly: true, target: "User", role: "account" },
      { name: "public", kind: "boolean", description: "Always true: these nodes are shared by all projects." },
      { name: "model_version", kind: "text", description: "Version of this model.", readOnly: true },
      { name: "username", kind: "text", description: "Login." },
      { name: "email", kind: "text", description: "E-mail." },
      { name: "orcid", kind: "text", description: "ORCID." },
      { name: "picture", kind: "text", description: "URL." },
    ],
  },
};
