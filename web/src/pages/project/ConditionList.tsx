import { labelOf } from "../../chem/labels";
import { typesetMeasured } from "../../chem/quantity";
import type { Condition, Link } from "../../graph/nodes";
import { useProject } from "./ProjectContext";

/** Conditions in one line: `Temperature 25 °C · Duration 60 min`. */
export function ConditionList({ conditions }: { conditions: Link<Condition>[] | undefined }) {
  const { graph } = useProject();
  const found = graph.followAll(conditions);
  if (found.length === 0) return null;
  return (
    <ul className="conditions">
      {found.map((condition, index) => (
        <li key={index}>
          <span className="quiet">{labelOf(condition.key).text}</span> {typesetMeasured(condition).text}
          {condition.descriptor && <span className="quiet"> ({condition.descriptor})</span>}
        </li>
      ))}
    </ul>
  );
}
