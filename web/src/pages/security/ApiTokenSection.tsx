import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type FocusEvent } from "react";
import { flushSync } from "react-dom";
import { Link } from "react-router-dom";
import { Declined } from "../../api/reauthentication";
import { useAnnounce } from "../../ui/Announcer";
import { Button } from "../../ui/Button";
import { copyShortcut, copyText } from "../../ui/clipboard";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { Icon } from "../../ui/Icon";
import { TimeAgo } from "../../ui/TimeAgo";
import { useAction } from "../../ui/useAction";
import { readClient } from "./client";
import { kAuditKey, kTokenKey, useTokenFacts, type TokenFacts } from "./queries";
import { RegenerateDialog } from "./RegenerateDialog";
import { fetchSecret, regenerateToken } from "./token";
import { usePasswordDialog } from "./usePasswordDialog";
import { useSecret } from "./useSecret";

const kMask = `Token ${"•".repeat(40)}`;

export function ApiTokenSection() {
  const [isConfirming, setConfirming] = useState(false);
  const secret = useSecret();
  const field = useRef<HTMLInputElement>(null);
  const action = useAction();
  const announce = useAnnounce();
  const client = useQueryClient();
  const { ask, dialog } = usePasswordDialog();

  function run(work: () => Promise<void>) {
    void action.run(async () => {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof Declined)) throw error;
      }
      await Promise.all([kTokenKey, kAuditKey].map((queryKey) => client.invalidateQueries({ queryKey })));
    });
  }

  async function reveal() {
    secret.show(await fetchSecret("reveal", ask));
    announce("The API token is shown for 30 seconds.");
  }

  async function copy() {
    const text = secret.shown ?? (await fetchSecret("copy", ask));
    if (await copyText(text)) return announce("API token copied to the clipboard.");
    flushSync(() => secret.show(text));
    field.current?.select();
    announce(`This browser does not let the page copy. The token is selected: press ${copyShortcut()}.`);
  }

  async function regenerate() {
    setConfirming(false);
    await regenerateToken(ask);
    secret.hide();
    announce("You have a new API token. The old one does not work any more.");
  }

  function hideWhenLeft(event: FocusEvent) {
    if (!event.currentTarget.contains(event.relatedTarget)) secret.hide();
  }

  return (
    <section aria-labelledby="api-token">
      <h2 id="api-token">API Token</h2>
      <p className="warning-line">
        <strong>Always keep your API token private!</strong>
      </p>
      <p>
        Programs send this text as the <code>Authorization</code> header of each request, and the server then knows that it is you;{" "}
        <Link to="/connect/">Connect</Link> shows how.
      </p>
      <div className="token-row" role="group" aria-label="API token" onBlur={hideWhenLeft}>
        <input
          ref={field}
          className="token-field"
          aria-label="API token"
          readOnly
          spellCheck={false}
          autoComplete="off"
          value={secret.shown ?? kMask}
        />
        <Button
          className="token-eye"
          aria-label={secret.shown ? "Hide the API token" : "Show the API token"}
          isBusy={action.isRunning}
          onClick={() => (secret.shown ? secret.hide() : run(reveal))}
        >
          <Icon name={secret.shown ? "eyeOff" : "eye"} />
        </Button>
        <Button className="button button-primary token-copy" isBusy={action.isRunning} onClick={() => run(copy)}>
          <Icon name="copy" /> Copy
        </Button>
      </div>
      {action.error !== undefined && <ErrorNotice error={action.error} />}
      <Facts />
      <Button className="button button-danger" isBusy={action.isRunning} onClick={() => setConfirming(true)}>
        Regenerate API token
      </Button>
      {isConfirming && <RegenerateDialog onCancel={() => setConfirming(false)} onConfirm={() => run(regenerate)} />}
      {dialog}
    </section>
  );
}

function Facts() {
  const facts = useTokenFacts();
  if (facts.isPending) return <p className="quiet">…</p>;
  if (facts.isError) return <ErrorNotice error={facts.error} retry={() => void facts.refetch()} />;
  return (
    <p className="quiet">
      Made <TimeAgo at={facts.data.created_at} />. <LastUse facts={facts.data} />
    </p>
  );
}

function LastUse({ facts }: { facts: TokenFacts }) {
  if (facts.last_used_at === null) return <>No program has used it yet.</>;
  return (
    <>
      Last used <TimeAgo at={facts.last_used_at} />
      {facts.last_used_client && <> by {readClient(facts.last_used_client)}</>}
      {facts.last_used_from && <> from {facts.last_used_from}</>}.
    </>
  );
}
