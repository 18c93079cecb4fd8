import { formulaPieces } from "../../chem/formula";
import { labelOf } from "../../chem/labels";
import { typesetMeasured } from "../../chem/quantity";
import type { Measured } from "../../graph/nodes";
import type { Identifier } from "./identifiers";

/** `C8H8` with its counts below the line. */
export function Formula({ text }: { text: string }) {
  return (
    <span className="formula">
      {formulaPieces(text).map((piece, index) => (piece.isSubscript ? <sub key={index}>{piece.text}</sub> : piece.text))}
    </span>
  );
}

/** The name of a vocabulary key, with its symbol. */
export function KeyLabel({ of }: { of: string | undefined }) {
  const { text, symbol } = labelOf(of);
  return (
    <>
      {text}
      {symbol && (
        <span className="symbol">
          <i>{symbol.base}</i>
          {symbol.index && <sub>{symbol.index}</sub>}
        </span>
      )}
    </>
  );
}

/** Value, uncertainty and unit; on hover as it was entered, if it is shown in a handier unit. */
export function Amount({ of }: { of: Measured }) {
  const { text, entered } = typesetMeasured(of);
  if (text === "") return <span className="quiet">–</span>;
  return (
    <span className="amount" title={entered ? `entered as ${entered}` : undefined}>
      {text}
    </span>
  );
}

export function IdentifierValue({ identifier }: { identifier: Identifier }) {
  if (identifier.kind === "formula") return <Formula text={identifier.value} />;
  if (identifier.kind === "notation") return <code className="breakable">{identifier.value}</code>;
  return <>{identifier.value}</>;
}

export function Keywords({ words }: { words: readonly string[] | undefined }) {
  if (!words || words.length === 0) return null;
  return (
    <ul className="keywords">
      {words.map((word) => (
        <li key={word}>{labelOf(word).text}</li>
      ))}
    </ul>
  );
}
