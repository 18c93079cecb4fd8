export const kShortestPassword = 15;

/** Where a new password stands, in words that change while it is typed. */
export function passwordHint(password: string): string {
  const length = [...password].length;
  if (length === 0) return `At least ${kShortestPassword} characters. A few words in a row are easy to remember and hard to guess.`;
  if (length < kShortestPassword) return `${length} of at least ${kShortestPassword} characters.`;
  return `${length} characters. Long enough.`;
}

export function isLongEnough(password: string): boolean {
  return [...password].length >= kShortestPassword;
}
