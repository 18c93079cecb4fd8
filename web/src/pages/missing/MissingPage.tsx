import { Link } from "react-router-dom";
import { PageTitle } from "../../ui/PageTitle";

export function MissingPage() {
  return (
    <div className="page page-narrow">
      <PageTitle tab="Not found">There is no such page</PageTitle>
      <p className="lead">The address may be mistyped, or the page has moved.</p>
      <p>
        <Link className="button button-primary" to="/projects/">
          To the projects
        </Link>
      </p>
    </div>
  );
}
