import { ApiError } from "../api/envelope";

interface Props {
  error: unknown;
  retry?: () => void;
}

/** What went wrong, in the server's words, and what one can do about it. */
export function ErrorNotice({ error, retry }: Props) {
  const problems = error instanceof ApiError ? error.problems.filter((problem) => problem.message !== error.message) : [];
  return (
    <div className="notice notice-error" role="alert">
      <p className="notice-title">{messageOf(error)}</p>
      {problems.length > 0 && (
        <ul>
          {problems.map((problem) => (
            <li key={problem.pointer + problem.code}>{problem.message}</li>
          ))}
        </ul>
      )}
      <p>{adviceFor(error)}</p>
      {retry && (
        <button type="button" className="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return "Something went wrong in this page.";
}

function adviceFor(error: unknown): string {
  if (!(error instanceof ApiError)) return "Load the page again. If it happens once more, tell whoever runs this server what you did.";
  switch (error.status) {
    case 0:
      return "Check that you are connected to the network, and that the server runs.";
    case 401:
      return "Your session has ended. Sign in again.";
    case 403:
      return "Your account may not do this. Ask an administrator of the project.";
    case 404:
      return "It may have been deleted, or it is not shared with you.";
    case 429:
      return `Too many attempts. ${waitFor(error.retryAfterSeconds)}`;
    case 503:
      return `The server is busy. ${waitFor(error.retryAfterSeconds)}`;
    default:
      return error.status >= 500 ? "The fault is on the server's side; its log says more." : "Check what you entered, and try again.";
  }
}

function waitFor(seconds: number | undefined): string {
  if (seconds === undefined) return "Wait a moment, then try again.";
  if (seconds < 90) return `Try again in ${Math.max(1, Math.round(seconds))} seconds.`;
  return `Try again in ${Math.round(seconds / 60)} minutes.`;
}
