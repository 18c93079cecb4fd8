import { labelOf } from "../../chem/labels";
import type { Link, Property } from "../../graph/nodes";
import { ConditionList } from "./ConditionList";
import { CitationMarks, NodeNames } from "./NodeLinks";
import { useProject } from "./ProjectContext";
import { Amount, KeyLabel } from "./Typeset";

interface Props {
  properties: Link<Property>[] | undefined;
  caption: string;
}

/** Properties as a table; columns that no property fills are left out. */
export function PropertyTable({ properties, caption }: Props) {
  const { graph } = useProject();
  const rows = graph.followAll(properties);
  if (rows.length === 0) return null;
  const hasMethods = rows.some((property) => property.method);
  const hasConditions = rows.some((property) => (property.condition ?? []).length > 0);
  const hasSources = rows.some(hasSource);
  return (
    <div className="table-frame">
      <table className="data-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Property</th>
            <th scope="col">Value</th>
            {hasMethods && <th scope="col">Method</th>}
            {hasConditions && <th scope="col">Conditions</th>}
            {hasSources && <th scope="col">Based on</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((property, index) => (
            <tr key={index}>
              <th scope="row">
                <KeyLabel of={property.key} />
                <Scope property={property} />
              </th>
              <td data-label="Value">
                <Amount of={property} />
                <Statistic property={property} />
                <CitationMarks citations={property.citation} />
                {property.notes && <p className="cell-note">{property.notes}</p>}
              </td>
              {hasMethods && <td data-label="Method">{labelOf(property.method).text}</td>}
              {hasConditions && (
                <td data-label="Conditions">
                  <ConditionList conditions={property.condition} />
                </td>
              )}
              {hasSources && (
                <td data-label="Based on">
                  <Sources property={property} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function hasSource(property: Property): boolean {
  return [property.data, property.computation].some((links) => (links ?? []).length > 0) || property.sample_preparation !== undefined;
}

/** Of which part of the material a property speaks. */
function Scope({ property }: { property: Property }) {
  const { graph } = useProject();
  const hasComponents = graph.followAll(property.component).length > 0;
  if (!hasComponents && !property.structure) return null;
  return (
    <span className="cell-note">
      {hasComponents && (
        <>
          of <NodeNames links={property.component} />
        </>
      )}
      {property.structure && <code className="breakable"> {property.structure}</code>}
    </span>
  );
}

const kPlainTypes = new Set(["value", "none", "number", "string", "boolean", undefined]);

/** What a value is when it is not simply the value, and what its uncertainty means. */
function Statistic({ property }: { property: Property }) {
  const kind = kPlainTypes.has(property.type) ? "" : labelOf(property.type).text.toLowerCase();
  const spread = property.uncertainty === undefined ? "" : labelOf(property.uncertainty_type).text;
  const words = [kind, spread].filter(Boolean).join(", ");
  return words ? <span className="cell-note">{words}</span> : null;
}

function Sources({ property }: { property: Property }) {
  const preparation = property.sample_preparation ? [property.sample_preparation] : undefined;
  return (
    <>
      <NodeNames links={property.data} />
      {property.computation && (
        <>
          {property.data && ", "}
          <NodeNames links={property.computation} />
        </>
      )}
      {preparation && (
        <span className="cell-note">
          prepared by <NodeNames links={preparation} />
        </span>
      )}
    </>
  );
}
