import { labelOf } from "../../chem/labels";
import type { ComputationalForcefield, Material } from "../../graph/nodes";
import { usesOf } from "../../graph/uses";
import { Fact, Facts } from "../../ui/Facts";
import { Entry } from "./Entry";
import { briefIdentifier, identifiersOf } from "./identifiers";
import { CitationMarks, NodeName, NodeNames } from "./NodeLinks";
import { useProject } from "./ProjectContext";
import { PropertyTable } from "./PropertyTable";
import { IdentifierValue, Keywords } from "./Typeset";

export function MaterialEntry({ material, isOpenAtFirst }: { material: Material; isOpenAtFirst: boolean }) {
  return (
    <Entry node={material} isOpenAtFirst={isOpenAtFirst} summary={<Summary material={material} />}>
      {() => <Body material={material} />}
    </Entry>
  );
}

function Summary({ material }: { material: Material }) {
  const brief = briefIdentifier(material);
  const properties = material.property?.length ?? 0;
  return (
    <span className="entry-line">
      <span className="entry-name">{material.name}</span>
      <span className="entry-brief">{brief && <IdentifierValue identifier={brief} />}</span>
      <span className="entry-count">{properties > 0 && `${properties} ${properties === 1 ? "property" : "properties"}`}</span>
    </span>
  );
}

function Body({ material }: { material: Material }) {
  const { graph } = useProject();
  const forcefield = graph.follow(material.computational_forcefield);
  return (
    <>
      {material.notes && <p className="prose">{material.notes}</p>}
      <Keywords words={material.keyword} />
      <Identity material={material} />
      <PropertyTable properties={material.property} caption={`Properties of ${material.name ?? "the material"}`} />
      {forcefield && <Forcefield forcefield={forcefield} />}
    </>
  );
}

function Identity({ material }: { material: Material }) {
  const { graph } = useProject();
  const { makers, users } = usesOf(material, graph);
  const parent = graph.follow(material.parent_material);
  const names = material.names ?? [];
  return (
    <Facts>
      {names.length > 0 && <Fact label="Also called">{names.join(", ")}</Fact>}
      {identifiersOf(material).map((identifier) => (
        <Fact key={identifier.label} label={identifier.label}>
          <IdentifierValue identifier={identifier} />
        </Fact>
      ))}
      {material.component && (
        <Fact label="Made up of">
          <NodeNames links={material.component} />
        </Fact>
      )}
      {parent && (
        <Fact label="Taken from">
          <NodeName node={parent} />
        </Fact>
      )}
      {makers.length > 0 && (
        <Fact label="Made by">
          <NodeNames links={makers} />
        </Fact>
      )}
      {users.length > 0 && (
        <Fact label="Used in">
          <NodeNames links={users} />
        </Fact>
      )}
    </Facts>
  );
}

function Forcefield({ forcefield }: { forcefield: ComputationalForcefield }) {
  return (
    <div className="sub">
      <h4>
        Force field: {labelOf(forcefield.key).text} <CitationMarks citations={forcefield.citation} />
      </h4>
      <Facts>
        <Fact label="Building block">{labelOf(forcefield.building_block).text}</Fact>
        {forcefield.implicit_solvent && <Fact label="Implicit solvent">{forcefield.implicit_solvent}</Fact>}
        {forcefield.coarse_grained_mapping && <Fact label="Mapping">{forcefield.coarse_grained_mapping}</Fact>}
        {forcefield.source && <Fact label="Source">{forcefield.source}</Fact>}
        {forcefield.description && <Fact label="Changes">{forcefield.description}</Fact>}
        {forcefield.data && (
          <Fact label="Data">
            <NodeNames links={forcefield.data} />
          </Fact>
        )}
      </Facts>
    </div>
  );
}
