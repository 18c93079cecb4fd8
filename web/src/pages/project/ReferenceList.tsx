import type { Reference } from "../../graph/nodes";
import { anchorOf } from "./anchors";
import { addressOf, sourceLine } from "./bibliography";
import { useProject } from "./ProjectContext";

export function ReferenceList() {
  const { bibliography, target } = useProject();
  return (
    <section id="references" aria-labelledby="references-title">
      <h2 id="references-title">References</h2>
      <ol className="reference-list">
        {bibliography.references.map((reference) => (
          <li key={anchorOf(reference)} id={anchorOf(reference)} className={target === anchorOf(reference) ? "entry-target" : undefined}>
            <ReferenceLine reference={reference} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function ReferenceLine({ reference }: { reference: Reference }) {
  const address = addressOf(reference);
  const authors = (reference.author ?? []).join("; ").replace(/\.$/, "");
  return (
    <>
      {authors && <>{authors}. </>}
      <cite>{reference.title ?? "Untitled"}</cite>. {sourceLine(reference)}{" "}
      {address && (
        <a className="breakable" href={address} rel="noreferrer">
          {reference.doi ? `doi:${reference.doi}` : address}
        </a>
      )}
    </>
  );
}
