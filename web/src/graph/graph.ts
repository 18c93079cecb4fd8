import type { Link, Node, Pointer } from "./nodes";

/** One mention of a node: `from` names it in its attribute `attribute`. */
export interface Mention {
  from: Node;
  attribute: string;
}

/**
 * An answer of the API as a graph. The answer is a tree in which a node is written out once; wherever else it occurs there is
 * a pointer (`{"uid": …}` or `{"uuid": …}`) or, inside itself, a stub without children. `follow` turns any of the three into
 * the node that was written out.
 */
export class Graph {
  private readonly nodes = new Map<string, Node>();
  private readonly mentions = new Map<string, Mention[]>();

  constructor(readonly root: Node) {
    this.collectNodes();
    this.collectMentions();
  }

  /** The node behind a link; undefined when the answer does not hold it. */
  follow<T extends Node>(link: Link<T> | undefined): T | undefined {
    return link && (this.nodes.get(uuidOf(link)) as T | undefined);
  }

  /** The nodes behind a list of links, in order. Links that lead out of the answer are left out. */
  followAll<T extends Node>(links: Link<T>[] | undefined): T[] {
    return (links ?? []).map((link) => this.follow(link)).filter((node): node is T => node !== undefined);
  }

  /** Every node of one type, in the order of the answer. */
  all<T extends Node>(type: T["node"][0]): T[] {
    return [...this.nodes.values()].filter((node) => node.node[0] === type) as T[];
  }

  /** Where a node is linked from. */
  mentionsOf(node: Node): readonly Mention[] {
    return this.mentions.get(node.uuid) ?? [];
  }

  private collectNodes(): void {
    const pending: Node[] = [this.root];
    let next: Node | undefined;
    while ((next = pending.pop()) !== undefined) {
      const known = this.nodes.get(next.uuid);
      if (!known || size(next) > size(known)) this.nodes.set(next.uuid, next);
      pending.push(...children(next).reverse());
    }
  }

  private collectMentions(): void {
    for (const node of this.nodes.values()) {
      for (const [attribute, link] of linksOf(node)) {
        const mention = { from: node, attribute };
        const known = this.mentions.get(uuidOf(link));
        if (known) known.push(mention);
        else this.mentions.set(uuidOf(link), [mention]);
      }
    }
  }
}

export function uuidOf(link: Node | Pointer): string {
  return "uuid" in link ? link.uuid : link.uid.replace(/^_:/, "");
}

export function isNode(value: unknown): value is Node {
  return isObject(value) && Array.isArray(value["node"]) && typeof value["uuid"] === "string";
}

// Accounts are named in every node, but they are not what a project is about.
const kNotContent = new Set(["created_by", "updated_by", "admin", "member"]);

function linksOf(node: Node): [string, Node | Pointer][] {
  return Object.entries(node).flatMap(([attribute, value]) => {
    if (kNotContent.has(attribute)) return [];
    const candidates: unknown[] = Array.isArray(value) ? value : [value];
    return candidates.filter(isLink).map((link): [string, Node | Pointer] => [attribute, link]);
  });
}

function children(node: Node): Node[] {
  return linksOf(node)
    .map(([, link]) => link)
    .filter(isNode);
}

function isLink(value: unknown): value is Node | Pointer {
  return isObject(value) && (typeof value["uid"] === "string" || typeof value["uuid"] === "string");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function size(node: Node): number {
  return Object.keys(node).length;
}
