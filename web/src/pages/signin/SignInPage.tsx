import { useState, type FormEvent } from "react";
import { Link, Navigate, useNavigate, useSearchParams } from "react-router-dom";
import { signIn } from "../../api/account";
import { ApiError } from "../../api/envelope";
import { useAccount, useEnter, useStatus } from "../../app/account";
import { Button } from "../../ui/Button";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { Field } from "../../ui/Field";
import { PageTitle } from "../../ui/PageTitle";
import { useAction } from "../../ui/useAction";
import { pageAfterSignIn } from "./next";

export function SignInPage() {
  const account = useAccount();
  const status = useStatus();
  const [query] = useSearchParams();
  const next = pageAfterSignIn(query.get("next"));
  if (account.data) return <Navigate to={next} replace />;
  return (
    <div className="page page-narrow">
      <PageTitle>Sign in</PageTitle>
      {status.data?.setup_needed ? (
        <div className="notice">
          <p className="notice-title">This server has no account yet.</p>
          <p>
            Open the set-up link that it printed when it was started. <Link to="/setup">More about that</Link>
          </p>
        </div>
      ) : (
        <SignInForm next={next} />
      )}
    </div>
  );
}

function SignInForm({ next }: { next: string }) {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const action = useAction();
  const enter = useEnter();
  const navigate = useNavigate();

  function submit(event: FormEvent) {
    event.preventDefault();
    void action.run(async () => {
      const account = await signIn(username.trim(), password);
      enter(account);
      void navigate(next, { replace: true });
    });
  }

  const isWrongPair = action.error instanceof ApiError && action.error.status === 401;
  return (
    <form className="card form" onSubmit={submit}>
      <Field label="User name or e-mail" autoComplete="username" required autoFocus value={username} onValue={setUsername} />
      <Field label="Password" type="password" autoComplete="current-password" required value={password} onValue={setPassword} />
      {isWrongPair && (
        <p className="field-error" role="alert">
          User name and password do not match. Check both, and mind capitals.
        </p>
      )}
      {action.error !== undefined && !isWrongPair && <ErrorNotice error={action.error} />}
      <Button type="submit" className="button button-primary" isBusy={action.isRunning}>
        {action.isRunning ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
