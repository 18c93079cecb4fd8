import { useEffect } from "react";

/** Names the page in the window title and as its first heading. */
export function PageTitle({ children, tab }: { children: string; tab?: string }) {
  useWindowTitle(tab ?? children);
  return <h1>{children}</h1>;
}

export function useWindowTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · OpenCRIPT`;
  }, [title]);
}
