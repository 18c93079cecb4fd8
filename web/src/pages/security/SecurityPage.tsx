import { PageTitle } from "../../ui/PageTitle";
import { ApiTokenSection } from "./ApiTokenSection";
import { AuditSection } from "./AuditSection";
import { SessionsSection } from "./SessionsSection";

export function SecurityPage() {
  return (
    <div className="page page-reading">
      <PageTitle>Security settings</PageTitle>
      <ApiTokenSection />
      <SessionsSection />
      <AuditSection />
    </div>
  );
}
