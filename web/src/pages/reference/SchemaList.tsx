import { useEffect, useState } from "react";
import type { OpenApi, Schema } from "./openapi";
import { SchemaFields } from "./SchemaFields";

export function SchemaList({ document }: { document: OpenApi }) {
  const schemas = Object.entries(document.components?.["schemas"] ?? {}) as [string, Schema][];
  return (
    <section id="schemas" aria-labelledby="schemas-title">
      <h2 id="schemas-title">Schemas</h2>
      <p>
        The full JSON Schema of all nodes, for validators, is at <a href="/api/v1/schema/">/api/v1/schema/</a>.
      </p>
      <div className="entries">
        {schemas.map(([name, schema]) => (
          <SchemaEntry key={name} document={document} name={name} schema={schema} />
        ))}
      </div>
    </section>
  );
}

function SchemaEntry({ document, name, schema }: { document: OpenApi; name: string; schema: Schema }) {
  const [isOpen, setOpen] = useState(false);
  const id = `schema-${name}`;

  useEffect(() => {
    const openWhenNamed = () => {
      if (window.location.hash === `#${id}`) setOpen(true);
    };
    openWhenNamed();
    window.addEventListener("hashchange", openWhenNamed);
    return () => window.removeEventListener("hashchange", openWhenNamed);
  }, [id]);

  return (
    <details className="entry" id={id} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <code>{name}</code>
      </summary>
      {isOpen && (
        <div className="entry-body">
          {schema.description && <p>{schema.description}</p>}
          <SchemaFields document={document} schema={schema} />
        </div>
      )}
    </details>
  );
}
