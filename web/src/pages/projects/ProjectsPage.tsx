import { useDeferredValue, useState } from "react";
import { Link } from "react-router-dom";
import type { Project } from "../../graph/nodes";
import { Button } from "../../ui/Button";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { Icon } from "../../ui/Icon";
import { PageTitle } from "../../ui/PageTitle";
import { Skeleton } from "../../ui/Skeleton";
import { TimeAgo } from "../../ui/TimeAgo";
import { useProjects } from "./queries";

export function ProjectsPage() {
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim());
  const projects = useProjects(wanted);
  const found = projects.data?.pages.flatMap((page) => page.result) ?? [];
  const isEmptyServer = projects.isSuccess && wanted === "" && found.length === 0;

  return (
    <div className="page">
      <PageTitle>Projects</PageTitle>
      {isEmptyServer ? (
        <FirstSteps />
      ) : (
        <>
          <label className="search-box">
            <Icon name="search" />
            <span className="visually-hidden">Search projects by name</span>
            <input type="search" placeholder="Search by name" value={text} onChange={(event) => setText(event.target.value)} />
          </label>
          {projects.isPending && <Skeleton lines={6} />}
          {projects.isError && <ErrorNotice error={projects.error} retry={() => void projects.refetch()} />}
          {projects.isSuccess && found.length === 0 && <p className="quiet">No project has “{wanted}” in its name.</p>}
          {found.length > 0 && <ProjectList projects={found} />}
          {projects.hasNextPage && (
            <Button className="button" isBusy={projects.isFetchingNextPage} onClick={() => void projects.fetchNextPage()}>
              {projects.isFetchingNextPage ? "Loading…" : "Show more"}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

function ProjectList({ projects }: { projects: readonly Project[] }) {
  return (
    <ul className="project-list">
      {projects.map((project) => (
        <li key={project.uuid} className="project-item">
          <h2>
            <Link to={`/project/${project.uuid ?? ""}`}>{project.name ?? "Unnamed project"}</Link>
          </h2>
          {project.notes && <p className="project-notes">{project.notes}</p>}
          <p className="quiet">
            {counts(project)}
            {project.public && <> · public</>}
            {project.updated_at && (
              <>
                {" "}
                · changed <TimeAgo at={project.updated_at} />
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

function counts(project: Project): string {
  const collections = project.collection_count ?? project.collection?.length ?? 0;
  const materials = project.material_count ?? project.material?.length ?? 0;
  return `${plural(materials, "material")} · ${plural(collections, "collection")}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function FirstSteps() {
  return (
    <div className="first-steps">
      <p className="lead">Nothing is stored here yet. Three steps lead to the first project:</p>
      <ol className="steps">
        <li>
          <h2>Copy your API token</h2>
          <p>
            It is under <Link to="/security/">Security settings</Link>, and it tells the server that a program works for you.
          </p>
        </li>
        <li>
          <h2>Connect a client</h2>
          <p>
            <Link to="/connect/">Connect</Link> has the lines for C++, Python, the command line and curl, ready to be pasted.
          </p>
        </li>
        <li>
          <h2>Push a project</h2>
          <p>
            <code>cript push FILE.json</code> saves a whole project. With the sources of OpenCRIPT comes one to try:
          </p>
          <pre tabIndex={0} role="group" aria-label="Example command">
            <code>cript push examples/polystyrene_synthesis.json</code>
          </pre>
        </li>
      </ol>
    </div>
  );
}
