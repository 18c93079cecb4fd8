import { useEffect, useRef, useState, type ReactNode, type SyntheticEvent } from "react";
import type { Node } from "../../graph/nodes";
import { anchorOf } from "./anchors";
import { useProject } from "./ProjectContext";

interface Props {
  node: Node;
  summary: ReactNode;
  isOpenAtFirst: boolean;
  /** Called only while the entry is open: a project may have thousands of them. */
  children: () => ReactNode;
}

/** One thing of a project that folds out, and that a fragment of the address can point at. */
export function Entry({ node, summary, isOpenAtFirst, children }: Props) {
  const { target, visit, isPrinting } = useProject();
  const id = anchorOf(node);
  const [isOpen, setOpen] = useState(isOpenAtFirst || target === id);
  const details = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    if (target !== id) return;
    setOpen(true);
    const summaryLine = details.current?.querySelector("summary");
    details.current?.scrollIntoView({ block: "start" });
    summaryLine?.focus({ preventScroll: true });
  }, [target, visit, id]);

  const isShown = isOpen || isPrinting;

  function onToggle(event: SyntheticEvent<HTMLDetailsElement>) {
    if (!isPrinting) setOpen(event.currentTarget.open);
  }

  return (
    <details ref={details} id={id} className={target === id ? "entry entry-target" : "entry"} open={isShown} onToggle={onToggle}>
      <summary>{summary}</summary>
      {isShown && <div className="entry-body">{children()}</div>}
    </details>
  );
}
