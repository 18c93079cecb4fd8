import { CodeBlock } from "../../ui/CodeBlock";
import { Inline } from "../../ui/Prose";
import { callerOf, describeSchema, exampleCurl, resolve, type Body, type OpenApi, type Parameter, type Route } from "./openapi";
import { SchemaFields } from "./SchemaFields";

export function RouteEntry({ document, route }: { document: OpenApi; route: Route }) {
  const { operation } = route;
  const body = operation.requestBody && resolve(document, operation.requestBody);
  return (
    <details className="entry" id={route.id}>
      <summary>
        <span className="entry-line route-line">
          <span className={`method method-${route.method.toLowerCase()}`}>{route.method}</span>
          <code className="route-path">{route.path}</code>
          <span className="entry-brief">{operation.summary}</span>
        </span>
      </summary>
      <div className="entry-body">
        {operation.description && (
          <p className="prose">
            <Inline text={operation.description} />
          </p>
        )}
        <ParameterTable parameters={route.parameters} />
        {body && <BodySection body={body} />}
        <Responses document={document} responses={operation.responses ?? {}} />
        {callerOf(document, route) === "session" ? (
          <p className="quiet">Only for a person who is signed in on these pages; a token cannot do this.</p>
        ) : (
          <CodeBlock title="Example" code={exampleCurl(document, route)} what={`Example for ${route.method} ${route.path}`} />
        )}
      </div>
    </details>
  );
}

function ParameterTable({ parameters }: { parameters: readonly Parameter[] }) {
  if (parameters.length === 0) return null;
  return (
    <div className="table-frame">
      <table className="data-table">
        <caption>Parameters</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">In</th>
            <th scope="col">Type</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map((parameter) => (
            <tr key={parameter.in + parameter.name}>
              <th scope="row">
                <code>{parameter.name}</code>
                {parameter.required && <span className="cell-note">required</span>}
              </th>
              <td data-label="In">{parameter.in}</td>
              <td data-label="Type">{describeSchema(parameter.schema)}</td>
              <td data-label="Meaning">
                <Inline text={parameter.description ?? "–"} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function BodySection({ body }: { body: Body }) {
  const [media] = Object.values(body.content ?? {});
  return (
    <div className="sub">
      <h3>Request body</h3>
      {body.description && (
        <p>
          <Inline text={body.description} />
        </p>
      )}
      {media?.schema && <SchemaFields schema={media.schema} />}
    </div>
  );
}

function Responses({ document, responses }: { document: OpenApi; responses: Record<string, Body> }) {
  const entries = Object.entries(responses).map(([status, response]) => ({ status, response: resolve(document, response) }));
  if (entries.length === 0) return null;
  return (
    <div className="sub">
      <h3>Answers</h3>
      <dl className="facts facts-narrow">
        {entries.map(({ status, response }) => (
          <div key={status} className="fact">
            <dt>
              <code>{status}</code>
            </dt>
            <dd>
              <Inline text={response.description ?? ""} />{" "}
              {Object.values(response.content ?? {}).map(
                (media, index) => media.schema && <SchemaFields key={index} schema={media.schema} />,
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
