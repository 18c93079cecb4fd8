/** The pieces of a chemical formula: text, and the digits that belong below the line. */
export interface FormulaPiece {
  text: string;
  isSubscript: boolean;
}

/** Splits `C8H8` into C, ₈, H, ₈. A number that no element or bracket precedes is a factor and stays on the line. */
export function formulaPieces(formula: string): FormulaPiece[] {
  const pieces: FormulaPiece[] = [];
  for (const match of formula.matchAll(/(?<=[\p{L})\]])\d+|\D+|\d+/gu)) {
    const text = match[0];
    const before = formula.at(match.index - 1);
    const isSubscript = /^\d/.test(text) && match.index > 0 && before !== undefined && /[\p{L})\]]/u.test(before);
    pieces.push({ text, isSubscript });
  }
  return pieces;
}
