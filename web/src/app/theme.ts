import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";

const kStorageKey = "opencript.theme";
const systemPrefersDark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

/** Shows the theme that was chosen on this browser before; without a choice the system's preference stands. */
export function applyStoredTheme(): void {
  const stored = readStored();
  if (stored) document.documentElement.dataset["theme"] = stored;
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(subscribe, currentTheme), chooseTheme];
}

function currentTheme(): Theme {
  return readTheme(document.documentElement.dataset["theme"]) ?? (systemPrefersDark.matches ? "dark" : "light");
}

function chooseTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  try {
    localStorage.setItem(kStorageKey, theme);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
  listeners.forEach((notify) => notify());
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  systemPrefersDark.addEventListener("change", notify);
  return () => {
    listeners.delete(notify);
    systemPrefersDark.removeEventListener("change", notify);
  };
}

function readStored(): Theme | undefined {
  try {
    return readTheme(localStorage.getItem(kStorageKey));
  } catch {
    return undefined;
  }
}

function readTheme(text: string | null | undefined): Theme | undefined {
  return text === "light" || text === "dark" ? text : undefined;
}
