import type { Graph } from "../../graph/graph";
import type { Citation, Link, Reference } from "../../graph/nodes";

/** The references of a project, numbered in the order in which they are cited. */
export class Bibliography {
  readonly references: readonly Reference[];
  private readonly numbers = new Map<string, number>();

  constructor(private readonly graph: Graph) {
    this.references = graph.all<Reference>("Reference");
    this.references.forEach((reference, index) => this.numbers.set(reference.uuid, index + 1));
  }

  /** The numbers and works behind a list of citations. */
  cited(citations: Link<Citation>[] | undefined): { number: number; reference: Reference; type: string | undefined }[] {
    return this.graph.followAll(citations).flatMap((citation) => {
      const reference = this.graph.follow(citation.reference);
      const number = reference && this.numbers.get(reference.uuid);
      return reference && number ? [{ number, reference, type: citation.type }] : [];
    });
  }
}

/** The line of a reference list, without the title: `J. Am. Chem. Soc. 84 (13), 2508 (1962)`. */
export function sourceLine(reference: Reference): string {
  const issue = reference.issue === undefined ? "" : ` (${reference.issue})`;
  const volume = reference.volume === undefined ? "" : `${reference.volume}${issue}`;
  const place = [reference.journal ?? reference.publisher ?? "", volume].filter(Boolean).join(" ");
  const pages = (reference.pages ?? []).join("–");
  const line = [place, pages].filter(Boolean).join(", ");
  return reference.year === undefined ? line : `${line} (${reference.year})`.trim();
}

/** Where a reference can be read; undefined when nothing says so. */
export function addressOf(reference: Reference): string | undefined {
  if (reference.doi) return `https://doi.org/${encodeURI(reference.doi.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)/i, ""))}`;
  if (reference.arxiv_id) return `https://arxiv.org/abs/${encodeURI(reference.arxiv_id)}`;
  return safeAddress(reference.website);
}

/** An address that may stand in a link: people write these, so a `javascript:` must not pass. */
export function safeAddress(address: string | undefined): string | undefined {
  return address && /^https?:\/\//i.test(address) ? address : undefined;
}
