import { useCallback, useRef, useState, type FormEvent, type ReactNode } from "react";
import { ApiError } from "../../api/envelope";
import { reauthenticate, type AskForPassword } from "../../api/reauthentication";
import { useAccount } from "../../app/account";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { Field } from "../../ui/Field";
import { useAction } from "../../ui/useAction";

/** A dialog that asks for the password, and a function that opens it and resolves when it is answered. */
export function usePasswordDialog(): { ask: AskForPassword; dialog: ReactNode } {
  const [isOpen, setOpen] = useState(false);
  const answer = useRef<(isConfirmed: boolean) => void>();

  const ask = useCallback<AskForPassword>(() => {
    setOpen(true);
    return new Promise((resolve) => {
      answer.current = resolve;
    });
  }, []);

  function close(isConfirmed: boolean) {
    setOpen(false);
    answer.current?.(isConfirmed);
  }

  return { ask, dialog: isOpen && <PasswordDialog onClose={close} /> };
}

function PasswordDialog({ onClose }: { onClose: (isConfirmed: boolean) => void }) {
  const [password, setPassword] = useState("");
  const account = useAccount().data;
  const action = useAction();

  function submit(event: FormEvent) {
    event.preventDefault();
    void action.run(async () => {
      await reauthenticate(password);
      onClose(true);
    });
  }

  const isWrong = action.error instanceof ApiError && action.error.hasCode("wrong_password");
  return (
    <Dialog title="Confirm that it is you" onClose={() => onClose(false)}>
      <form className="form" onSubmit={submit}>
        <p>The API token speaks in your name, so your password is asked for once more. The next ten minutes it is not needed again.</p>
        <input type="text" autoComplete="username" value={account?.username ?? ""} readOnly hidden />
        <Field
          label="Password"
          type="password"
          autoComplete="current-password"
          required
          autoFocus
          value={password}
          onValue={setPassword}
          error={isWrong ? "That is not the password of this account." : undefined}
        />
        {action.error !== undefined && !isWrong && <ErrorNotice error={action.error} />}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={() => onClose(false)}>
            Cancel
          </button>
          <Button type="submit" className="button button-primary" isBusy={action.isRunning}>
            {action.isRunning ? "Checking…" : "Continue"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
