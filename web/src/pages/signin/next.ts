const kHome = "/projects/";

/** The page to show after signing in: the one that was asked for, if it is one of this server. */
export function pageAfterSignIn(wanted: string | null): string {
  const isLocal = wanted !== null && /^\/(?![/\\])/.test(wanted);
  return isLocal ? wanted : kHome;
}
