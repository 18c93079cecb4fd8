import { Fragment } from "react";
import { Link } from "react-router-dom";
import { labelOf } from "../../chem/labels";
import type { Citation, Link as NodeLink, Node } from "../../graph/nodes";
import { anchorOf } from "./anchors";
import { useProject } from "./ProjectContext";

/** The name of a node as a link to where it stands on this page. */
export function NodeName({ node }: { node: Node }) {
  return <Link to={{ hash: anchorOf(node) }}>{node.name ?? labelOf(node.node[0]).text}</Link>;
}

/** The nodes behind links, separated by commas. */
export function NodeNames<T extends Node>({ links }: { links: NodeLink<T>[] | undefined }) {
  const { graph } = useProject();
  return (
    <>
      {graph.followAll(links).map((node, index) => (
        <Fragment key={anchorOf(node) + String(index)}>
          {index > 0 && ", "}
          <NodeName node={node} />
        </Fragment>
      ))}
    </>
  );
}

/** The numbers of cited works, as superscripts behind what they support. */
export function CitationMarks({ citations }: { citations: NodeLink<Citation>[] | undefined }) {
  const { bibliography } = useProject();
  const cited = bibliography.cited(citations);
  if (cited.length === 0) return null;
  return (
    <span className="citation-marks">
      {cited.map(({ number, reference }, index) => (
        <Link key={index} to={{ hash: anchorOf(reference) }} aria-label={`Reference ${number}: ${reference.title ?? ""}`}>
          [{number}]
        </Link>
      ))}
    </span>
  );
}
