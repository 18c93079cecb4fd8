import { useState, type FormEvent } from "react";
import { Link } from "react-router-dom";
import { changePassword, type Account } from "../../api/account";
import { ApiError } from "../../api/envelope";
import { useAccount } from "../../app/account";
import { useAnnounce } from "../../ui/Announcer";
import { Button } from "../../ui/Button";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { Fact, Facts } from "../../ui/Facts";
import { Field } from "../../ui/Field";
import { PageTitle } from "../../ui/PageTitle";
import { isLongEnough, passwordHint } from "../../ui/password";
import { formatDate } from "../../ui/time";
import { useAction } from "../../ui/useAction";

export function AccountPage() {
  const account = useAccount().data;
  if (!account) return null;
  return (
    <div className="page page-reading">
      <PageTitle>Account settings</PageTitle>
      <Identity account={account} />
      <ChangePassword account={account} />
    </div>
  );
}

function Identity({ account }: { account: Account }) {
  return (
    <section aria-labelledby="identity">
      <h2 id="identity">Who you are</h2>
      <Facts>
        <Fact label="User name">{account.username}</Fact>
        <Fact label="E-mail">{account.email}</Fact>
        <Fact label="Role">{account.admin ? "Administrator" : "Member"}</Fact>
        <Fact label="Member since">
          <time dateTime={account.created_at}>{formatDate(account.created_at)}</time>
        </Fact>
        <Fact label="Account id">
          <code className="breakable">{account.uuid}</code>
        </Fact>
      </Facts>
      <p>
        Your API token and your sessions are under <Link to="/security/">Security settings</Link>.
      </p>
    </section>
  );
}

function ChangePassword({ account }: { account: Account }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const action = useAction();
  const announce = useAnnounce();

  function submit(event: FormEvent) {
    event.preventDefault();
    void action.run(async () => {
      await changePassword(current, next);
      setCurrent("");
      setNext("");
      announce("Your password is changed. All other sessions are signed out.");
    });
  }

  const problemOf = (field: string) =>
    action.error instanceof ApiError ? action.error.problems.find((problem) => problem.pointer === `/${field}`)?.message : undefined;
  return (
    <section aria-labelledby="password">
      <h2 id="password">Change password</h2>
      <p>All other sessions end when you change it. Your API token stays as it is.</p>
      <form className="card form" onSubmit={submit}>
        <input type="text" autoComplete="username" value={account.username} readOnly hidden />
        <Field
          label="Current password"
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onValue={setCurrent}
          error={problemOf("current_password")}
        />
        <Field
          label="New password"
          type="password"
          autoComplete="new-password"
          required
          value={next}
          onValue={setNext}
          hint={<span aria-live="polite">{passwordHint(next)}</span>}
          error={problemOf("new_password")}
        />
        {action.error !== undefined && <ErrorNotice error={action.error} />}
        <Button type="submit" className="button button-primary" disabled={!isLongEnough(next)} isBusy={action.isRunning}>
          {action.isRunning ? "Changing…" : "Change password"}
        </Button>
      </form>
    </section>
  );
}
