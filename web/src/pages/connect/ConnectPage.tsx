import { Link, useSearchParams } from "react-router-dom";
import { CodeBlock } from "../../ui/CodeBlock";
import { PageTitle } from "../../ui/PageTitle";
import { Inline } from "../../ui/Prose";
import { kClientNames, kClients, kShellNames, kShells, snippetsFor } from "./snippets";

export function ConnectPage() {
  const [query, setQuery] = useSearchParams();
  const client = chosen(kClients, query.get("client"));
  const shell = chosen(kShells, query.get("shell"));

  function choose(name: string, value: string) {
    const next = new URLSearchParams(query);
    next.set(name, value);
    setQuery(next, { replace: true, preventScrollReset: true });
  }

  return (
    <div className="page page-reading">
      <PageTitle>Connect</PageTitle>
      <p className="lead">
        Programs reach this server at <code>{window.location.origin}</code> and prove with your API token that they work for you.
      </p>
      <p>
        Copy the token from <Link to="/security/">Security settings</Link>. Clients read it from the environment: <code>CRIPT_API_KEY</code>{" "}
        or, if that is not set, <code>CRIPT_TOKEN</code>; the first one set wins. The server’s address is in <code>CRIPT_HOST</code>.
        Nothing on this page holds the token, and no script of yours has to.
      </p>
      <div className="choices">
        <Choice legend="Client" name="client" options={kClients} names={kClientNames} value={client} onChoose={choose} />
        <Choice legend="Shell" name="shell" options={kShells} names={kShellNames} value={shell} onChoose={choose} />
      </div>
      {snippetsFor(client, shell, window.location.origin).map((snippet) => (
        <section key={snippet.title} className="snippet">
          <h2>{snippet.title}</h2>
          <p>
            <Inline text={snippet.about} />
          </p>
          <CodeBlock
            title={snippet.where}
            code={snippet.code}
            what={`${snippet.title.replace(/^\d+\. /, "")}: ${kClientNames[client]}, ${kShellNames[shell]}`}
          />
        </section>
      ))}
    </div>
  );
}

function chosen<T extends string>(options: readonly T[], wanted: string | null): T {
  const [first] = options;
  const found = options.find((option) => option === wanted) ?? first;
  if (found === undefined) throw new Error("a choice needs options");
  return found;
}

interface ChoiceProps<T extends string> {
  legend: string;
  name: string;
  options: readonly T[];
  names: Readonly<Record<T, string>>;
  value: T;
  onChoose: (name: string, value: string) => void;
}

function Choice<T extends string>({ legend, name, options, names, value, onChoose }: ChoiceProps<T>) {
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      <div className="choice-options">
        {options.map((option) => (
          <label key={option} className="choice-option">
            <input type="radio" name={name} value={option} checked={option === value} onChange={() => onChoose(name, option)} />
            <span>{names[option]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
