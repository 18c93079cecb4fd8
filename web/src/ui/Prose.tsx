import { Fragment } from "react";

/** Text in which `words between backticks` are code. Nothing else of Markdown means anything here. */
export function Inline({ text }: { text: string }) {
  return (
    <>
      {text.split("`").map((part, index) => (
        <Fragment key={index}>{index % 2 === 1 ? <code>{part}</code> : part}</Fragment>
      ))}
    </>
  );
}
