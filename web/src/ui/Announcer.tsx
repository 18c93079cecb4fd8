import { createContext, useCallback, useContext, useRef, useState, type ReactNode } from "react";

type Announce = (message: string) => void;

const AnnounceContext = createContext<Announce>(() => undefined);
const kShownMilliseconds = 5_000;

/** Says short messages to people who see (a note at the foot of the window) and to screen readers (a live region). */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState("");
  const timer = useRef<number>();
  const announce = useCallback<Announce>((next) => {
    window.clearTimeout(timer.current);
    setMessage(next);
    timer.current = window.setTimeout(() => setMessage(""), kShownMilliseconds);
  }, []);
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <div className={message ? "toast" : "visually-hidden"} role="status" aria-live="polite">
        {message}
      </div>
    </AnnounceContext.Provider>
  );
}

export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}
