import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { signOut, signOutEverywhere } from "../../api/account";
import { request } from "../../api/request";
import { leave } from "../../app/account";
import { useAnnounce } from "../../ui/Announcer";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { Skeleton } from "../../ui/Skeleton";
import { TimeAgo } from "../../ui/TimeAgo";
import { useAction } from "../../ui/useAction";
import { readClient } from "./client";
import { kAuditKey, kSessionsKey, useSessions, type Session } from "./queries";

export function SessionsSection() {
  const sessions = useSessions();
  const [isConfirming, setConfirming] = useState(false);
  const action = useAction();
  const announce = useAnnounce();
  const client = useQueryClient();

  function end(session: Session) {
    void action.run(async () => {
      if (session.current) {
        await signOut();
        return leave();
      }
      await request("DELETE", `/account/sessions/${encodeURIComponent(session.id)}`);
      announce("That session is signed out.");
      await Promise.all([kSessionsKey, kAuditKey].map((queryKey) => client.invalidateQueries({ queryKey })));
    });
  }

  function endAll() {
    void action.run(async () => {
      await signOutEverywhere();
      leave();
    });
  }

  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">Sessions</h2>
      <p>Where you are signed in with your password. Programs that use the API token are not listed here.</p>
      {sessions.isPending && <Skeleton />}
      {sessions.isError && <ErrorNotice error={sessions.error} retry={() => void sessions.refetch()} />}
      {sessions.data && (
        <ul className="rows">
          {sessions.data.map((session) => (
            <SessionRow key={session.id} session={session} isBusy={action.isRunning} onEnd={() => end(session)} />
          ))}
        </ul>
      )}
      {action.error !== undefined && <ErrorNotice error={action.error} />}
      <Button className="button" isBusy={action.isRunning} onClick={() => setConfirming(true)}>
        Sign out everywhere
      </Button>
      {isConfirming && (
        <Dialog title="Sign out everywhere?" onClose={() => setConfirming(false)}>
          <p>Every session ends, this one included. Your API token goes on working.</p>
          <div className="dialog-actions">
            <button type="button" className="button" autoFocus onClick={() => setConfirming(false)}>
              Cancel
            </button>
            <button type="button" className="button button-danger" onClick={endAll}>
              Sign out everywhere
            </button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

function SessionRow({ session, isBusy, onEnd }: { session: Session; isBusy: boolean; onEnd: () => void }) {
  const client = readClient(session.client);
  return (
    <li className="row">
      <div>
        <p className="row-title">
          {client} {session.current && <span className="badge badge-accent">this browser</span>}
        </p>
        <p className="quiet">
          {session.address} <span aria-hidden="true">·</span> seen <TimeAgo at={session.last_seen_at} /> <span aria-hidden="true">·</span>{" "}
          signed in <TimeAgo at={session.created_at} />
        </p>
      </div>
      <Button className="button button-small" isBusy={isBusy} aria-label={`Sign out ${client} at ${session.address}`} onClick={onEnd}>
        Sign out
      </Button>
    </li>
  );
}
