import { formatAgo, formatDateTime } from "./time";

/** A moment in everyday words; the exact time shows on hover. */
export function TimeAgo({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatDateTime(at)}>
      {formatAgo(at)}
    </time>
  );
}
