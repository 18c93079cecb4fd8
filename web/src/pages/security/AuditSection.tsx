import { Button } from "../../ui/Button";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { Skeleton } from "../../ui/Skeleton";
import { TimeAgo } from "../../ui/TimeAgo";
import { describeAction } from "./audit";
import { readClient } from "./client";
import { useAudit, type AuditEntry } from "./queries";

export function AuditSection() {
  const audit = useAudit();
  return (
    <section aria-labelledby="audit">
      <h2 id="audit">What happened to your account</h2>
      <p>Look for anything that was not you. If you find something, change your password and regenerate the API token.</p>
      {audit.isPending && <Skeleton lines={5} />}
      {audit.isError && <ErrorNotice error={audit.error} retry={() => void audit.refetch()} />}
      {audit.data && (
        <ol className="rows">
          {audit.data.pages.flat().map((entry) => (
            <AuditRow key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {audit.hasNextPage && (
        <Button className="button" isBusy={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
          {audit.isFetchingNextPage ? "Loading…" : "Show earlier"}
        </Button>
      )}
    </section>
  );
}

function AuditRow({ entry }: { entry: AuditEntry }) {
  const { text, isAlarming } = describeAction(entry);
  const where = [entry.client ? readClient(entry.client) : "", entry.address ?? ""].filter(Boolean);
  return (
    <li className="row">
      <div>
        <p className={isAlarming ? "row-title row-alarming" : "row-title"}>{text}</p>
        {where.length > 0 && <p className="quiet">{where.join(" · ")}</p>}
      </div>
      <p className="quiet row-time">
        <TimeAgo at={entry.at} />
      </p>
    </li>
  );
}
