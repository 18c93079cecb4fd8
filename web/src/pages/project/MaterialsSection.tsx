import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { Graph } from "../../graph/graph";
import type { Material } from "../../graph/nodes";
import { usesOf } from "../../graph/uses";
import { Icon } from "../../ui/Icon";
import { anchorOf } from "./anchors";
import { matches, searchTextOf } from "./filter";
import { MaterialEntry } from "./MaterialEntry";
import { useProject } from "./ProjectContext";

/** In a small project the materials that were made are open from the start: they are what the project is about. */
const kSmallProject = 40;

export function MaterialsSection({ materials }: { materials: readonly Material[] }) {
  const { graph, target, visit } = useProject();
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim());
  const searchable = useMemo(() => materials.map((material) => ({ material, text: searchTextOf(material, graph) })), [materials, graph]);
  const shown = useMemo(
    () => searchable.filter((entry) => matches(entry.text, wanted)).map((entry) => entry.material),
    [searchable, wanted],
  );
  const opened = useMemo(() => openAtFirst(materials, graph), [materials, graph]);

  // A link to a material must find it, whatever the filter hides.
  useEffect(() => {
    if (target.startsWith("material-")) setText("");
  }, [target, visit]);

  return (
    <section id="materials" aria-labelledby="materials-title">
      <h2 id="materials-title">Materials</h2>
      {materials.length > 1 && (
        <div className="filter">
          <label className="search-box">
            <Icon name="search" />
            <span className="visually-hidden">Filter materials by name, identifier, class or property</span>
            <input
              type="search"
              placeholder="Name, identifier, class or property"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          <p className="quiet" role="status">
            {wanted === "" ? `${materials.length} materials` : `${shown.length} of ${materials.length} materials`}
          </p>
        </div>
      )}
      <div className="entries">
        {shown.map((material) => (
          <MaterialEntry key={anchorOf(material)} material={material} isOpenAtFirst={opened.has(material)} />
        ))}
      </div>
      {shown.length === 0 && <p className="quiet">No material of this project matches “{wanted}”.</p>}
    </section>
  );
}

function openAtFirst(materials: readonly Material[], graph: Graph): ReadonlySet<Material> {
  if (materials.length === 1) return new Set(materials);
  if (materials.length > kSmallProject) return new Set();
  return new Set(materials.filter((material) => usesOf(material, graph).makers.length > 0));
}
