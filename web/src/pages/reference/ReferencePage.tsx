import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { Link } from "react-router-dom";
import { requestDocument } from "../../api/request";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { PageTitle, useWindowTitle } from "../../ui/PageTitle";
import { Inline } from "../../ui/Prose";
import { PageSkeleton } from "../../ui/Skeleton";
import { groupRoutes, type OpenApi, type RouteGroup } from "./openapi";
import { RouteEntry } from "./RouteEntry";
import { SchemaList } from "./SchemaList";

const kDocument = "/openapi.json";

export function ReferencePage() {
  const document = useQuery({
    queryKey: ["openapi"],
    queryFn: ({ signal }) => requestDocument<OpenApi>(kDocument, signal),
    staleTime: Infinity,
  });
  useWindowTitle("API");
  if (document.isPending) return <PageSkeleton />;
  if (document.isError) {
    return (
      <div className="page">
        <ErrorNotice error={document.error} retry={() => void document.refetch()} />
      </div>
    );
  }
  return <Reference document={document.data} />;
}

function Reference({ document }: { document: OpenApi }) {
  const groups = useMemo(() => groupRoutes(document), [document]);
  useScrollToFragment();
  return (
    <div className="page">
      <PageTitle tab="API">API reference</PageTitle>
      <p className="lead">
        {document.info.title}, version {document.info.version}.
      </p>
      {document.info.description && (
        <p className="prose">
          <Inline text={document.info.description} />
        </p>
      )}
      <p>
        This page shows <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>, for programs that read OpenAPI. How to send your token is
        under <Link to="/connect/?client=curl">Connect</Link>.
      </p>
      <div className="project-columns">
        <nav className="contents" aria-label="On this page">
          <ul>
            {groups.map((group) => (
              <li key={group.name}>
                <a href={`#${idOf(group)}`}>{group.name}</a> <span className="quiet">{group.routes.length}</span>
              </li>
            ))}
            <li>
              <a href="#schemas">Schemas</a>
            </li>
          </ul>
        </nav>
        <div className="project-content">
          {groups.map((group) => (
            <section key={group.name} id={idOf(group)} aria-labelledby={`${idOf(group)}-title`}>
              <h2 id={`${idOf(group)}-title`}>{group.name}</h2>
              {group.description && (
                <p className="prose">
                  <Inline text={group.description} />
                </p>
              )}
              <div className="entries">
                {group.routes.map((route) => (
                  <RouteEntry key={route.id} document={document} route={route} />
                ))}
              </div>
            </section>
          ))}
          <SchemaList document={document} />
        </div>
      </div>
    </div>
  );
}

function idOf(group: RouteGroup): string {
  return `group-${group.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
}

/** The page is built after it was loaded, so the browser could not go to the fragment by itself. */
function useScrollToFragment(): void {
  useEffect(() => {
    const element = window.document.getElementById(window.location.hash.slice(1));
    if (element instanceof HTMLDetailsElement) element.open = true;
    element?.scrollIntoView();
  }, []);
}
