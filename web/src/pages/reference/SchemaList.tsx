import { useEffect, useState } from "react";
import { groupSchemas, type NamedSchema, type OpenApi } from "./openapi";
import { SchemaFields } from "./SchemaFields";

export function SchemaList({ document }: { document: OpenApi }) {
  return (
    <section id="schemas" aria-labelledby="schemas-title">
      <h2 id="schemas-title">Schemas</h2>
      <p>
        The full JSON Schema of all nodes, for validators, is at <a href="/api/v1/schema/">/api/v1/schema/</a>.
      </p>
      {groupSchemas(document).map((group) => (
        <div key={group.name} className="entries">
          <h3>{group.name}</h3>
          {group.schemas.map((schema) => (
            <SchemaEntry key={schema.name} {...schema} />
          ))}
        </div>
      ))}
    </section>
  );
}

function SchemaEntry({ name, schema }: NamedSchema) {
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
          <SchemaFields schema={schema} />
        </div>
      )}
    </details>
  );
}
