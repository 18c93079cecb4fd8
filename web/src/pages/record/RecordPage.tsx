import { Link, Navigate, useParams } from "react-router-dom";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { PageTitle } from "../../ui/PageTitle";
import { PageSkeleton } from "../../ui/Skeleton";
import { MissingPage } from "../missing/MissingPage";
import { isRecordKind, useRecordAddress } from "./queries";

/** The address that older clients show for a record, `/material/UUID/`: it leads to the record's place in its project. */
export function RecordPage() {
  const { kind = "", uuid = "" } = useParams();
  return isRecordKind(kind) ? <RecordOfKind kind={kind} uuid={uuid} /> : <MissingPage />;
}

function RecordOfKind({ kind, uuid }: { kind: string; uuid: string }) {
  const address = useRecordAddress(kind, uuid);
  if (address.isPending) return <PageSkeleton />;
  if (address.isError) {
    return (
      <div className="page">
        <PageTitle tab="Not found">This cannot be shown</PageTitle>
        <ErrorNotice error={address.error} retry={() => void address.refetch()} />
        <p>
          <Link to="/projects/">All projects</Link>
        </p>
      </div>
    );
  }
  return <Navigate to={address.data} replace />;
}
