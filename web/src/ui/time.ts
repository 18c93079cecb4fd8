const kDateTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const kDate = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });
const kRelative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

const kSteps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const kDaysToSayRelatively = 7;

export function formatDateTime(timestamp: string): string {
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime()) ? timestamp : kDateTime.format(date);
}

export function formatDate(timestamp: string): string {
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime()) ? timestamp : kDate.format(date);
}

/** “3 minutes ago” for the last week, the date for what is older. */
export function formatAgo(timestamp: string, now: Date = new Date()): string {
  const date = new Date(timestamp);
  if (Number.isNaN(date.getTime())) return timestamp;
  const seconds = (date.getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) >= kDaysToSayRelatively * 86_400) return formatDate(timestamp);
  const step = kSteps.find(([, length]) => Math.abs(seconds) >= length);
  return step ? kRelative.format(Math.round(seconds / step[1]), step[0]) : "just now";
}
