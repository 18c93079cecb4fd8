import { useCallback, useEffect, useRef, useState } from "react";

export interface Action {
  isRunning: boolean;
  error: unknown;
  run: (work: () => Promise<void>) => Promise<void>;
  clear: () => void;
}

/**
 * One thing that a form does. Unlike a mutation of the query library it keeps neither what was sent nor what came back, so that
 * passwords and tokens leave no trace in a cache.
 */
export function useAction(): Action {
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const isMounted = useRef(true);

  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);

  const run = useCallback(async (work: () => Promise<void>) => {
    setRunning(true);
    setError(undefined);
    try {
      await work();
    } catch (caught) {
      if (isMounted.current) setError(caught);
    } finally {
      if (isMounted.current) setRunning(false);
    }
  }, []);

  const clear = useCallback(() => setError(undefined), []);
  return { isRunning, error, run, clear };
}
