import type { ButtonHTMLAttributes, MouseEvent } from "react";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  isBusy?: boolean;
}

/** A button that, while it is busy, does nothing but keeps the focus; a disabled one would drop it. */
export function Button({ isBusy = false, onClick, ...rest }: Props) {
  function onClickUnlessBusy(event: MouseEvent<HTMLButtonElement>) {
    if (isBusy) event.preventDefault();
    else onClick?.(event);
  }

  return <button type="button" {...rest} aria-disabled={isBusy || undefined} onClick={onClickUnlessBusy} />;
}
