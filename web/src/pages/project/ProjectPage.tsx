import { useEffect, useMemo, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { Link, useLocation, useParams } from "react-router-dom";
import { useAccount } from "../../app/account";
import { uuidOf, type Graph } from "../../graph/graph";
import type { Collection, Material, Project } from "../../graph/nodes";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { PageTitle } from "../../ui/PageTitle";
import { PageSkeleton } from "../../ui/Skeleton";
import { formatDate } from "../../ui/time";
import { anchorOf } from "./anchors";
import { Bibliography } from "./bibliography";
import { CollectionSection } from "./CollectionSection";
import { MaterialsSection } from "./MaterialsSection";
import { ProjectProvider } from "./ProjectContext";
import { useProjectGraph } from "./queries";
import { ReferenceList } from "./ReferenceList";

export function ProjectPage() {
  const { uuid = "" } = useParams();
  const project = useProjectGraph(uuid);
  if (project.isPending) return <PageSkeleton />;
  if (project.isError) {
    return (
      <div className="page">
        <PageTitle tab="Project">This project cannot be shown</PageTitle>
        <ErrorNotice error={project.error} retry={() => void project.refetch()} />
        <p>
          <Link to="/projects/">All projects</Link>
        </p>
      </div>
    );
  }
  return <ProjectView graph={project.data} />;
}

function ProjectView({ graph }: { graph: Graph }) {
  const project = graph.root as Project;
  const { hash, key: visit } = useLocation();
  const target = hash.slice(1);
  const isPrinting = usePrinting();
  const bibliography = useMemo(() => new Bibliography(graph), [graph]);
  const materials = useMemo(() => graph.all<Material>("Material"), [graph]);
  const collections = useMemo(() => graph.followAll<Collection>(project.collection), [graph, project]);
  const view = useMemo(() => ({ graph, bibliography, target, visit, isPrinting }), [graph, bibliography, target, visit, isPrinting]);
  const hasReferences = bibliography.references.length > 0;

  return (
    <ProjectProvider value={view}>
      <div className="page project">
        <ProjectHeader project={project} />
        <div className="project-columns">
          <nav className="contents" aria-label="On this page">
            <ul>
              {collections.map((collection) => (
                <li key={anchorOf(collection)}>
                  <Anchor to={anchorOf(collection)}>{collection.name ?? "Collection"}</Anchor>
                  <ul>
                    {graph.followAll(collection.experiment).map((experiment) => (
                      <li key={anchorOf(experiment)}>
                        <Anchor to={anchorOf(experiment)}>{experiment.name ?? "Experiment"}</Anchor>
                      </li>
                    ))}
                  </ul>
                </li>
              ))}
              {materials.length > 0 && (
                <li>
                  <Anchor to="materials">Materials</Anchor> <span className="quiet">{materials.length}</span>
                </li>
              )}
              {hasReferences && (
                <li>
                  <Anchor to="references">References</Anchor> <span className="quiet">{bibliography.references.length}</span>
                </li>
              )}
            </ul>
          </nav>
          <div className="project-content">
            {collections.map((collection) => (
              <CollectionSection key={anchorOf(collection)} collection={collection} />
            ))}
            {materials.length > 0 && <MaterialsSection materials={materials} />}
            {hasReferences && <ReferenceList />}
            {collections.length === 0 && materials.length === 0 && <p className="quiet">This project is empty so far.</p>}
          </div>
        </div>
      </div>
    </ProjectProvider>
  );
}

function ProjectHeader({ project }: { project: Project }) {
  const account = useAccount().data;
  const isOwn = account && project.created_by && uuidOf(project.created_by) === account.uuid;
  return (
    <header className="project-header">
      <p className="kind">Project</p>
      <PageTitle>{project.name ?? "Unnamed project"}</PageTitle>
      {project.notes && <p className="lead">{project.notes}</p>}
      <p className="quiet">
        {project.created_at && (
          <>
            Made {isOwn ? "by you " : ""}on {formatDate(project.created_at)}
          </>
        )}
        {project.updated_at && <>, last changed on {formatDate(project.updated_at)}</>}
        {project.public && <> · public</>}
        {project.locked && <> · locked</>}
      </p>
    </header>
  );
}

/** A link within the page, which also moves there when the address names the place already. */
function Anchor({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={{ hash: to }} onClick={() => document.getElementById(to)?.scrollIntoView()}>
      {children}
    </Link>
  );
}

function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    // The browser takes the page as it is when the handler returns.
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    window.addEventListener("beforeprint", before);
    window.addEventListener("afterprint", after);
    return () => {
      window.removeEventListener("beforeprint", before);
      window.removeEventListener("afterprint", after);
    };
  }, []);
  return isPrinting;
}
