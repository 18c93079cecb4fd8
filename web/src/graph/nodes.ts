import type { Pointer, Value } from "../generated/model";

export type {
  Algorithm,
  Citation,
  Collection,
  Computation,
  ComputationalForcefield,
  ComputationProcess,
  Condition,
  Data,
  Equipment,
  Experiment,
  File,
  Ingredient,
  Inventory,
  Link,
  Material,
  Parameter,
  Pointer,
  Process,
  Project,
  Property,
  Quantity,
  Reference,
  Software,
  SoftwareConfiguration,
  Value,
} from "../generated/model";

/** What the nodes of all types have in common. */
export interface Node {
  node: [string];
  uuid: string;
  uid: string;
  name?: string;
  notes?: string;
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly created_by?: Node | Pointer;
  readonly updated_by?: Node | Pointer;
}

/** A key with a value, as in Property, Condition, Quantity and Parameter. */
export interface Measured {
  key?: string;
  type?: string;
  value?: Value;
  unit?: string;
  uncertainty?: number | string;
  uncertainty_type?: string;
}
