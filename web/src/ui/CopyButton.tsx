import { useRef, useState } from "react";
import { useAnnounce } from "./Announcer";
import { copyShortcut, copyText } from "./clipboard";
import { Icon } from "./Icon";

interface Props {
  text: string;
  /** What is copied, for the accessible name: “Copy the environment for bash”. */
  what: string;
  /** Selects the text on the page, for browsers that do not let the page copy. */
  select: () => void;
}

const kDoneMilliseconds = 2_000;

export function CopyButton({ text, what, select }: Props) {
  const [isDone, setDone] = useState(false);
  const timer = useRef<number>();
  const announce = useAnnounce();

  async function copy() {
    if (!(await copyText(text))) {
      select();
      announce(`Press ${copyShortcut()} to copy the selected text.`);
      return;
    }
    setDone(true);
    announce("Copied.");
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setDone(false), kDoneMilliseconds);
  }

  return (
    <button type="button" className="button button-small" aria-label={`Copy ${what}`} onClick={() => void copy()}>
      <Icon name={isDone ? "check" : "copy"} /> {isDone ? "Copied" : "Copy"}
    </button>
  );
}
