import { useCallback, useEffect, useRef, useState } from "react";

const kShownMilliseconds = 30_000;

export interface Secret {
  /** The text while it is shown, otherwise undefined. */
  shown: string | undefined;
  show: (text: string) => void;
  hide: () => void;
}

/** Holds a secret for as long as it may be seen: 30 seconds, or until the window or tab is left. */
export function useSecret(): Secret {
  const [shown, setShown] = useState<string>();
  const timer = useRef<number>();

  const hide = useCallback(() => {
    window.clearTimeout(timer.current);
    setShown(undefined);
  }, []);

  const show = useCallback(
    (text: string) => {
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(hide, kShownMilliseconds);
      setShown(text);
    },
    [hide],
  );

  useEffect(() => {
    const hideWhenHidden = () => {
      if (document.hidden) hide();
    };
    window.addEventListener("blur", hide);
    document.addEventListener("visibilitychange", hideWhenHidden);
    return () => {
      window.clearTimeout(timer.current);
      window.removeEventListener("blur", hide);
      document.removeEventListener("visibilitychange", hideWhenHidden);
    };
  }, [hide]);

  return { shown, show, hide };
}
