const kPaths = {
  chevron: "M4 6l4 4 4-4",
  copy: "M6 5.500V3.500a1 1 0 0 1 1-1h5.500a1 1 0 0 1 1 1V9a1 1 0 0 1-1 1h-2M3.5 6H9a1 1 0 0 1 1 1v5.500a1 1 0 0 1-1 1H3.500a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1z",
  check: "M3 8.500l3.5 3.500L13 4.5",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  eyeOff:
    "M2 2l12 12M6.3 3.800A6.4 6.4 0 0 1 8 3.500c4 0 6.5 4.5 6.5 4.500a11 11 0 0 1-2 2.500M9.5 9.500a2 2 0 0 1-3-3M4.3 4.900A11 11 0 0 0 1.5 8S4 12.5 8 12.500a6.4 6.4 0 0 0 2.6-.6",
  link: "M6.5 9.500l3-3M7 4.500l1-1a3 3 0 0 1 4.5 4.500l-1 1M9 11.500l-1 1A3 3 0 0 1 3.5 8l1-1",
  moon: "M13.5 9.500A6 6 0 0 1 6.5 2.500a6 6 0 1 0 7 7z",
  search: "M7 11.500a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.300L14 14",
  sun: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1v1.500M8 13.500V15M1 8h1.500M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1",
  arrow: "M3 8h10M9 4l4 4-4 4",
} as const;

export type IconName = keyof typeof kPaths;

/** A small line drawing beside a text. It says nothing on its own, so screen readers pass over it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={kPaths[name]} />
    </svg>
  );
}
