import { Inline } from "../../ui/Prose";
import { describeSchema, refName, resolve, type OpenApi, type Schema } from "./openapi";

/** The fields of an object, or the type in a few words. A schema with a name of its own is a link to it. */
export function SchemaFields({ document, schema }: { document: OpenApi; schema: Schema }) {
  if (schema.$ref) return <SchemaLink reference={schema.$ref} />;
  if (schema.allOf) {
    return (
      <>
        {schema.allOf.map((part, index) => (
          <SchemaFields key={index} document={document} schema={part} />
        ))}
      </>
    );
  }
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) return <span className="quiet"> {describeSchema(schema)}</span>;
  const required = new Set(schema.required ?? []);
  return (
    <ul className="fields">
      {fields.map(([name, field]) => (
        <li key={name}>
          <code>{name}</code> <Type document={document} schema={field} />{" "}
          {required.has(name) && <span className="badge">required</span>}
          {field.description && <span className="quiet"> <Inline text={field.description} /></span>}
        </li>
      ))}
    </ul>
  );
}

function Type({ document, schema }: { document: OpenApi; schema: Schema }) {
  if (schema.$ref) return <SchemaLink reference={schema.$ref} />;
  if (schema.items?.$ref) {
    return (
      <>
        list of <SchemaLink reference={schema.items.$ref} />
      </>
    );
  }
  if (schema.properties) return <SchemaFields document={document} schema={resolve(document, schema)} />;
  return <span className="field-type">{describeSchema(schema)}</span>;
}

function SchemaLink({ reference }: { reference: string }) {
  const name = refName(reference);
  return <a href={`#schema-${name}`}>{name}</a>;
}
