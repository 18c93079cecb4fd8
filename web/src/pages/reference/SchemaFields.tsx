import { Fragment } from "react";
import { Inline } from "../../ui/Prose";
import { describeSchema, refName, termsOf, type Schema } from "./openapi";

/** What a schema asks for: the fields of an object, the terms of a vocabulary, or a type in a few words. */
export function SchemaFields({ schema }: { schema: Schema }) {
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length > 0) return <FieldList fields={fields} required={new Set(schema.required ?? [])} />;
  const terms = termsOf(schema);
  if (terms.length > 0) return <TermList terms={terms} />;
  return <Type schema={schema} />;
}

function FieldList({ fields, required }: { fields: [string, Schema][]; required: ReadonlySet<string> }) {
  return (
    <ul className="fields">
      {fields.map(([name, field]) => (
        <li key={name}>
          <code>{name}</code> {field.properties ? <SchemaFields schema={field} /> : <Type schema={field} />}{" "}
          {required.has(name) && <span className="badge">required</span>}
          {field.description && (
            <span className="quiet">
              {" "}
              <Inline text={field.description} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function TermList({ terms }: { terms: readonly string[] }) {
  return (
    <ul className="terms">
      {terms.map((term) => (
        <li key={term}>
          <code>{term}</code>
        </li>
      ))}
    </ul>
  );
}

/** A type in a few words; what has a name of its own is a link to it. */
function Type({ schema }: { schema: Schema }) {
  if (schema.$ref) return <a href={`#schema-${refName(schema.$ref)}`}>{refName(schema.$ref)}</a>;
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) {
    const joint = schema.allOf ? " and " : " or ";
    return (
      <>
        {choices.map((choice, index) => (
          <Fragment key={index}>
            {index > 0 && joint}
            <Type schema={choice} />
          </Fragment>
        ))}
      </>
    );
  }
  if (schema.items) {
    return (
      <>
        list of <Type schema={schema.items} />
      </>
    );
  }
  return <span className="field-type">{describeSchema(schema)}</span>;
}
