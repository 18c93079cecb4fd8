import { useRef } from "react";
import { CopyButton } from "./CopyButton";

/** A listing that can be copied whole. */
export function CodeBlock({ code, what, title }: { code: string; what: string; title?: string }) {
  const listing = useRef<HTMLPreElement>(null);
  return (
    <figure className="code">
      <figcaption className="code-head">
        <span>{title}</span>
        <CopyButton text={code} what={what} select={() => selectContent(listing.current)} />
      </figcaption>
      <pre ref={listing} tabIndex={0} role="group" aria-label={what}>
        <code>{code}</code>
      </pre>
    </figure>
  );
}

function selectContent(element: HTMLElement | null): void {
  if (element) window.getSelection()?.selectAllChildren(element);
}
