import type { Collection, Experiment, Inventory } from "../../graph/nodes";
import { anchorOf } from "./anchors";
import { ComputationEntry } from "./ComputationEntry";
import { DataEntry } from "./DataEntry";
import { Entry } from "./Entry";
import { CitationMarks, NodeNames } from "./NodeLinks";
import { ProcessEntry } from "./ProcessEntry";
import { useProject } from "./ProjectContext";

/** Up to here everything is open from the start; longer lists begin folded. */
const kFewEntries = 4;

export function CollectionSection({ collection }: { collection: Collection }) {
  const { graph } = useProject();
  const experiments = graph.followAll(collection.experiment);
  const inventories = graph.followAll(collection.inventory);
  return (
    <section id={anchorOf(collection)} className="collection" aria-labelledby={`${anchorOf(collection)}-title`}>
      <h2 id={`${anchorOf(collection)}-title`}>
        <span className="kind">Collection</span> {collection.name} <CitationMarks citations={collection.citation} />
      </h2>
      {collection.notes && <p className="prose">{collection.notes}</p>}
      {collection.doi && (
        <p className="quiet">
          DOI{" "}
          <a href={`https://doi.org/${encodeURI(collection.doi)}`} rel="noreferrer">
            {collection.doi}
          </a>
        </p>
      )}
      {experiments.map((experiment) => (
        <ExperimentSection key={anchorOf(experiment)} experiment={experiment} />
      ))}
      {inventories.length > 0 && (
        <div className="entries">
          <h3>Inventories</h3>
          {inventories.map((inventory) => (
            <InventoryEntry key={anchorOf(inventory)} inventory={inventory} />
          ))}
        </div>
      )}
    </section>
  );
}

function ExperimentSection({ experiment }: { experiment: Experiment }) {
  const { graph } = useProject();
  const processes = graph.followAll(experiment.process);
  const computations = [...graph.followAll(experiment.computation), ...graph.followAll(experiment.computation_process)];
  const data = graph.followAll(experiment.data);
  return (
    <section id={anchorOf(experiment)} className="experiment" aria-labelledby={`${anchorOf(experiment)}-title`}>
      <h3 id={`${anchorOf(experiment)}-title`}>
        <span className="kind">Experiment</span> {experiment.name} <CitationMarks citations={experiment.citation} />
      </h3>
      {experiment.notes && <p className="prose">{experiment.notes}</p>}
      {experiment.funding && experiment.funding.length > 0 && <p className="quiet">Funded by {experiment.funding.join(", ")}</p>}
      {processes.length > 0 && (
        <div className="entries">
          <h4>Processes</h4>
          {processes.map((process) => (
            <ProcessEntry key={anchorOf(process)} process={process} isOpenAtFirst={processes.length <= kFewEntries} />
          ))}
        </div>
      )}
      {computations.length > 0 && (
        <div className="entries">
          <h4>Computations</h4>
          {computations.map((computation) => (
            <ComputationEntry key={anchorOf(computation)} computation={computation} isOpenAtFirst={computations.length <= kFewEntries} />
          ))}
        </div>
      )}
      {data.length > 0 && (
        <div className="entries">
          <h4>Data</h4>
          {data.map((item) => (
            <DataEntry key={anchorOf(item)} data={item} isOpenAtFirst={data.length <= kFewEntries} />
          ))}
        </div>
      )}
    </section>
  );
}

function InventoryEntry({ inventory }: { inventory: Inventory }) {
  const { graph } = useProject();
  const count = graph.followAll(inventory.material).length;
  return (
    <Entry
      node={inventory}
      isOpenAtFirst={false}
      summary={
        <span className="entry-line">
          <span className="entry-name">{inventory.name ?? "Unnamed inventory"}</span>
          <span className="entry-count">{`${count} ${count === 1 ? "material" : "materials"}`}</span>
        </span>
      }
    >
      {() => (
        <>
          {inventory.notes && <p className="prose">{inventory.notes}</p>}
          <p>
            <NodeNames links={inventory.material} />
          </p>
        </>
      )}
    </Entry>
  );
}
