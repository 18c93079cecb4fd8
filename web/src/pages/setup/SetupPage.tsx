import { useEffect, useState, type FormEvent } from "react";
import { Link, useLocation, useNavigate } from "react-router-dom";
import { setUp } from "../../api/account";
import { ApiError } from "../../api/envelope";
import { useEnter, useStatus } from "../../app/account";
import { Button } from "../../ui/Button";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { Field } from "../../ui/Field";
import { PageTitle } from "../../ui/PageTitle";
import { isLongEnough, passwordHint } from "../../ui/password";
import { PageSkeleton } from "../../ui/Skeleton";
import { useAction } from "../../ui/useAction";

export function SetupPage() {
  const status = useStatus();
  const setupToken = useTokenFromFragment();
  if (status.isPending) return <PageSkeleton />;
  if (status.isError) return <ErrorNotice error={status.error} retry={() => void status.refetch()} />;
  if (!status.data.setup_needed) return <AlreadySetUp />;
  return setupToken === "" ? <NoToken /> : <SetupForm setupToken={setupToken} />;
}

/** Reads the token of the set-up link and takes it out of the address bar, where a glance or the history would keep it. */
function useTokenFromFragment(): string {
  const { hash, pathname } = useLocation();
  const navigate = useNavigate();
  const [token, setToken] = useState(() => hash.slice(1));
  useEffect(() => {
    if (hash.length <= 1) return;
    setToken(hash.slice(1));
    void navigate(pathname, { replace: true });
  }, [hash, pathname, navigate]);
  return token;
}

function SetupForm({ setupToken }: { setupToken: string }) {
  const [username, setUsername] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const action = useAction();
  const enter = useEnter();
  const navigate = useNavigate();

  function submit(event: FormEvent) {
    event.preventDefault();
    void action.run(async () => {
      const account = await setUp({ setup_token: setupToken, username: username.trim(), email: email.trim(), password });
      enter(account);
      void navigate("/security/", { replace: true });
    });
  }

  const problemOf = (field: string) =>
    action.error instanceof ApiError ? action.error.problems.find((problem) => problem.pointer === `/${field}`)?.message : undefined;
  return (
    <div className="page page-narrow">
      <PageTitle tab="Set up">Set up this server</PageTitle>
      <p className="lead">Make the first account. It is the administrator’s, and it comes with an API token of its own.</p>
      <form className="card form" onSubmit={submit}>
        <Field
          label="User name"
          autoComplete="username"
          required
          minLength={2}
          maxLength={255}
          autoFocus
          value={username}
          onValue={setUsername}
          error={problemOf("username")}
        />
        <Field label="E-mail" type="email" autoComplete="email" required value={email} onValue={setEmail} error={problemOf("email")} />
        <Field
          label="Password"
          type="password"
          autoComplete="new-password"
          required
          value={password}
          onValue={setPassword}
          hint={<span aria-live="polite">{passwordHint(password)}</span>}
          error={problemOf("password")}
        />
        {action.error !== undefined && <ErrorNotice error={action.error} />}
        <Button type="submit" className="button button-primary" disabled={!isLongEnough(password)} isBusy={action.isRunning}>
          {action.isRunning ? "Setting up…" : "Create account"}
        </Button>
      </form>
    </div>
  );
}

function AlreadySetUp() {
  return (
    <div className="page page-narrow">
      <PageTitle tab="Set up">This server is set up</PageTitle>
      <p className="lead">It has an account already, so the set-up link does nothing any more.</p>
      <p>
        <Link className="button button-primary" to="/signin">
          Sign in
        </Link>
      </p>
    </div>
  );
}

function NoToken() {
  return (
    <div className="page page-narrow">
      <PageTitle tab="Set up">Open the set-up link</PageTitle>
      <p className="lead">This server has no account yet. Only the person who started it can make the first one.</p>
      <p>
        Where the server was started it printed a line <code>Set up the first account: …/setup#…</code>. Open that whole link, including the
        part after <code>#</code>. It works once, for one hour; starting the server again prints a new one.
      </p>
    </div>
  );
}
