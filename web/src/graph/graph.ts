import type { Edge, Link, Node } from "./nodes";

/** One mention of a node: `from` names it in its attribute `attribute`. */
export interface Mention {
  from: Node;
  attribute: string;
}

/**
 * An answer of the API as a graph. The answer is a tree in which a node is written out once; wherever else it occurs there is
 * an edge (`{"uid": …}` or `{"uuid": …}`) or, inside itself, a stub without children. `follow` turns any of the three into
 * the node that was written out.
 */
export class Graph {
  private readonly complete = new Map<string, Node>();
  private readonly mentions = new Map<string, Mention[]>();

  constructor(readonly root: Node) {
    this.register(root);
    this.collectMentions();
  }

  /** The node behind a link; undefined when the answer does not hold it. */
  follow<T extends Node>(link: Link<T> | undefined | null): T | undefined {
    if (!link) return undefined;
    const key = keyOf(link);
    const known = key === undefined ? undefined : this.complete.get(key);
    if (known) return known as T;
    return isNode(link) ? (link as T) : undefined;
  }

  /** The nodes behind a list of links, in order. Links that lead out of the answer are left out. */
  followAll<T extends Node>(links: Link<T>[] | undefined | null): T[] {
    return (links ?? []).map((link) => this.follow(link)).filter((node): node is T => node !== undefined);
  }

  /** Every node of one type, in the order of the answer. */
  all<T extends Node>(type: string): T[] {
    return [...this.complete.values()].filter((node) => node.node[0] === type) as T[];
  }

  byUuid(uuid: string): Node | undefined {
    return this.complete.get(uuid);
  }

  /** Where a node is linked from. */
  mentionsOf(node: Node): readonly Mention[] {
    return this.mentions.get(keyOf(node) ?? "") ?? [];
  }

  private register(node: Node): void {
    const pending: Node[] = [node];
    let next: Node | undefined;
    while ((next = pending.pop()) !== undefined) {
      const key = keyOf(next);
      // Sub-objects without any identity cannot be linked to, yet they are nodes of the graph.
      const place = key ?? `anonymous ${this.complete.size}`;
      const known = this.complete.get(place);
      if (!known || size(next) > size(known)) this.complete.set(place, next);
      pending.push(...children(next).reverse());
    }
  }

  private collectMentions(): void {
    for (const node of this.complete.values()) {
      for (const [attribute, value] of Object.entries(node)) {
        if (kNotContent.has(attribute)) continue;
        for (const link of links(value)) this.mention(link, { from: node, attribute });
      }
    }
  }

  private mention(link: Node | Edge, mention: Mention): void {
    const key = keyOf(link);
    if (key === undefined) return;
    const known = this.mentions.get(key);
    if (known) known.push(mention);
    else this.mentions.set(key, [mention]);
  }
}

/** The identity of a node or edge: the uuid, or the label of a document that has no uuids yet. */
export function keyOf(link: Node | Edge): string | undefined {
  if ("uuid" in link && link.uuid) return link.uuid;
  if ("uid" in link && link.uid) return link.uid.startsWith("_:") ? link.uid.slice(2) : link.uid;
  return undefined;
}

export function isNode(value: unknown): value is Node {
  return isObject(value) && Array.isArray(value["node"]) && typeof value["node"][0] === "string";
}

// Accounts are named in every node, but they are not what a project is about.
const kNotContent = new Set(["created_by", "updated_by", "admin", "member"]);

function children(node: Node): Node[] {
  return Object.entries(node).flatMap(([attribute, value]) => (kNotContent.has(attribute) ? [] : links(value).filter(isNode)));
}

function links(value: unknown): (Node | Edge)[] {
  const candidates: unknown[] = Array.isArray(value) ? value : [value];
  return candidates.filter((candidate): candidate is Node | Edge => isNode(candidate) || isEdge(candidate));
}

function isEdge(value: unknown): value is Edge {
  return isObject(value) && (typeof value["uid"] === "string" || typeof value["uuid"] === "string");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function size(node: Node): number {
  return Object.keys(node).length;
}
