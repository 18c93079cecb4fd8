/**
 * Puts a text on the clipboard. False when the browser does not allow it (a page that came over plain HTTP from another machine,
 * or a refused permission).
 */
export async function copyText(text: string): Promise<boolean> {
  // Undefined outside secure contexts, whatever the type says.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) return false;
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export function copyShortcut(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘C" : "Ctrl+C";
}
