import { createContext, useContext } from "react";
import type { Graph } from "../../graph/graph";
import type { Bibliography } from "./bibliography";

export interface ProjectView {
  graph: Graph;
  bibliography: Bibliography;
  /** The fragment of the address: the entry with this id is open. */
  target: string;
  /** Changes with every visit, also when the same link is followed again. */
  visit: string;
  /** Paper cannot be unfolded, so everything is open while the page is printed. */
  isPrinting: boolean;
}

const ProjectContext = createContext<ProjectView | undefined>(undefined);

export const ProjectProvider = ProjectContext.Provider;

export function useProject(): ProjectView {
  const view = useContext(ProjectContext);
  if (!view) throw new Error("this belongs on the project page");
  return view;
}
