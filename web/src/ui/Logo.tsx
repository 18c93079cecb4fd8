/** A chain that runs through the brackets of a repeat unit. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path className="logo-bracket" d="M11 5H7.500v22H11M21 5h3.500v22H21" />
      <path className="logo-chain" d="M2 19l4.5-2.5 6.5-4 6 7 6.5-4L30 13" />
      <circle className="logo-atom" cx="13" cy="12.5" r="2.6" />
      <circle className="logo-atom" cx="19" cy="19.5" r="2.6" />
    </svg>
  );
}
