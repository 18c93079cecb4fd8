import { labelOf } from "../../chem/labels";
import type { Data, File, Node } from "../../graph/nodes";
import { Fact, Facts } from "../../ui/Facts";
import { safeAddress } from "./bibliography";
import { Entry } from "./Entry";
import { CitationMarks, NodeNames } from "./NodeLinks";
import { useProject } from "./ProjectContext";

export function DataEntry({ data, isOpenAtFirst }: { data: Data; isOpenAtFirst: boolean }) {
  const files = data.file?.length ?? 0;
  return (
    <Entry
      node={data}
      isOpenAtFirst={isOpenAtFirst}
      summary={
        <span className="entry-line">
          <span className="entry-name">{data.name ?? "Unnamed data"}</span>
          <span className="entry-brief">{labelOf(data.type).text}</span>
          <span className="entry-count">{files > 0 && `${files} ${files === 1 ? "file" : "files"}`}</span>
        </span>
      }
    >
      {() => <Body data={data} />}
    </Entry>
  );
}

function Body({ data }: { data: Data }) {
  const { graph } = useProject();
  const described: Node[] = [
    ...graph.followAll(data.material),
    ...graph.followAll(data.process),
    ...graph.followAll(data.computation),
    ...graph.followAll(data.computation_process),
  ];
  return (
    <>
      {data.notes && <p className="prose">{data.notes}</p>}
      <Facts>
        {data.sample_preparation && (
          <Fact label="Sample from">
            <NodeNames links={[data.sample_preparation]} />
          </Fact>
        )}
        {described.length > 0 && (
          <Fact label="About">
            <NodeNames links={described} />
          </Fact>
        )}
        {data.citation && (
          <Fact label="Cites">
            <CitationMarks citations={data.citation} />
          </Fact>
        )}
      </Facts>
      <ul className="plain-list">
        {graph.followAll(data.file).map((file, index) => (
          <FileLine key={index} file={file} />
        ))}
      </ul>
    </>
  );
}

function FileLine({ file }: { file: File }) {
  const address = safeAddress(file.source);
  const name = fileName(file);
  return (
    <li>
      {address ? (
        <a href={address} rel="noreferrer">
          {name}
        </a>
      ) : (
        <span>{name}</span>
      )}{" "}
      <span className="quiet">{labelOf(file.type).text.toLowerCase()}</span>
      {!address && file.source && <code className="breakable cell-note">{file.source}</code>}
      {file.data_dictionary && <p className="cell-note">{file.data_dictionary}</p>}
    </li>
  );
}

function fileName(file: File): string {
  const name = file.name ?? file.source?.split("/").at(-1) ?? "Unnamed file";
  const extension = file.extension ?? "";
  return name.endsWith(extension) ? name : name + extension;
}
