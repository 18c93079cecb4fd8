import type { Node } from "./nodes";

/** A node for a test: the identity that every answer has, and what the test is about. */
export function node<T extends Node>(type: T["node"][0], uuid: string, fields: Partial<T> = {}): T {
  return { node: [type], uuid, uid: `_:${uuid}`, ...fields } as T;
}
