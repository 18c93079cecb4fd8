import { labelOf } from "../../chem/labels";
import { typesetMeasured } from "../../chem/quantity";
import type { Algorithm, Computation, ComputationProcess, Link, SoftwareConfiguration } from "../../graph/nodes";
import { Fact, Facts } from "../../ui/Facts";
import { ConditionList } from "./ConditionList";
import { Entry } from "./Entry";
import { CitationMarks, NodeName, NodeNames } from "./NodeLinks";
import { IngredientTable } from "./ProcessEntry";
import { useProject } from "./ProjectContext";
import { PropertyTable } from "./PropertyTable";

interface Props {
  computation: Computation | ComputationProcess;
  isOpenAtFirst: boolean;
}

/** A computation, or a process that was computed rather than done. */
export function ComputationEntry({ computation, isOpenAtFirst }: Props) {
  return (
    <Entry
      node={computation}
      isOpenAtFirst={isOpenAtFirst}
      summary={
        <span className="entry-line">
          <span className="entry-name">{computation.name ?? "Unnamed computation"}</span>
          <span className="entry-brief">{labelOf(computation.type).text}</span>
        </span>
      }
    >
      {() => <Body computation={computation} />}
    </Entry>
  );
}

function Body({ computation }: { computation: Computation | ComputationProcess }) {
  const { graph } = useProject();
  const before = "prerequisite_computation" in computation ? graph.follow(computation.prerequisite_computation) : undefined;
  return (
    <>
      {computation.notes && <p className="prose">{computation.notes}</p>}
      <Facts>
        {before && (
          <Fact label="After">
            <NodeName node={before} />
          </Fact>
        )}
        {computation.condition && (
          <Fact label="Conditions">
            <ConditionList conditions={computation.condition} />
          </Fact>
        )}
        {computation.input_data && (
          <Fact label="Reads">
            <NodeNames links={computation.input_data} />
          </Fact>
        )}
        {computation.output_data && (
          <Fact label="Writes">
            <NodeNames links={computation.output_data} />
          </Fact>
        )}
        {computation.citation && (
          <Fact label="Cites">
            <CitationMarks citations={computation.citation} />
          </Fact>
        )}
      </Facts>
      <SoftwareList configurations={computation.software_configuration} />
      {isProcess(computation) && <Changes process={computation} />}
    </>
  );
}

function isProcess(computation: Computation | ComputationProcess): computation is ComputationProcess {
  return computation.node[0] === "ComputationProcess";
}

/** What a computed process takes in, and what came out. */
function Changes({ process }: { process: ComputationProcess }) {
  const name = process.name ?? "the computed process";
  return (
    <>
      <IngredientTable ingredients={process.ingredient} of={name} />
      <PropertyTable properties={process.property} caption={`Results of ${name}`} />
    </>
  );
}

function SoftwareList({ configurations }: { configurations: Link<SoftwareConfiguration>[] | undefined }) {
  const { graph } = useProject();
  const items = graph.followAll(configurations);
  if (items.length === 0) return null;
  return (
    <div className="sub">
      <h5>Software</h5>
      <ul className="plain-list">
        {items.map((item, index) => {
          const software = graph.follow(item.software);
          return (
            <li key={index}>
              {software?.name} {software?.version} <CitationMarks citations={item.citation} />
              <AlgorithmList algorithms={item.algorithm} />
              {item.notes && <p className="cell-note">{item.notes}</p>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function AlgorithmList({ algorithms }: { algorithms: Link<Algorithm>[] | undefined }) {
  const { graph } = useProject();
  return (
    <ul className="conditions">
      {graph.followAll(algorithms).map((algorithm, index) => {
        const parameters = graph
          .followAll(algorithm.parameter)
          .map((parameter) => `${labelOf(parameter.key).text.toLowerCase()} ${typesetMeasured(parameter).text}`);
        return (
          <li key={index}>
            {labelOf(algorithm.key).text} <span className="quiet">({labelOf(algorithm.type).text.toLowerCase()})</span>
            {parameters.length > 0 && <>: {parameters.join(", ")}</>} <CitationMarks citations={algorithm.citation} />
          </li>
        );
      })}
    </ul>
  );
}
