import { labelOf } from "../../chem/labels";
import type { Equipment, Ingredient, Link, Process } from "../../graph/nodes";
import { Fact, Facts } from "../../ui/Facts";
import { ConditionList } from "./ConditionList";
import { Entry } from "./Entry";
import { CitationMarks, NodeName, NodeNames } from "./NodeLinks";
import { useProject } from "./ProjectContext";
import { PropertyTable } from "./PropertyTable";
import { Amount, Keywords, KeyLabel } from "./Typeset";

export function ProcessEntry({ process, isOpenAtFirst }: { process: Process; isOpenAtFirst: boolean }) {
  const ingredients = process.ingredient?.length ?? 0;
  return (
    <Entry
      node={process}
      isOpenAtFirst={isOpenAtFirst}
      summary={
        <span className="entry-line">
          <span className="entry-name">{process.name ?? "Unnamed process"}</span>
          <span className="entry-brief">{labelOf(process.type).text}</span>
          <span className="entry-count">{ingredients > 0 && `${ingredients} ${ingredients === 1 ? "ingredient" : "ingredients"}`}</span>
        </span>
      }
    >
      {() => <Body process={process} />}
    </Entry>
  );
}

function Body({ process }: { process: Process }) {
  return (
    <>
      {process.description && <p className="prose">{process.description}</p>}
      {process.notes && <p className="prose">{process.notes}</p>}
      <Keywords words={process.keyword} />
      <Facts>
        {process.prerequisite_process && (
          <Fact label="After">
            <NodeNames links={process.prerequisite_process} />
          </Fact>
        )}
        {process.condition && (
          <Fact label="Conditions">
            <ConditionList conditions={process.condition} />
          </Fact>
        )}
        {process.product && (
          <Fact label="Product">
            <NodeNames links={process.product} />
          </Fact>
        )}
        {process.waste && (
          <Fact label="Waste">
            <NodeNames links={process.waste} />
          </Fact>
        )}
        {process.citation && (
          <Fact label="Cites">
            <CitationMarks citations={process.citation} />
          </Fact>
        )}
      </Facts>
      <IngredientTable ingredients={process.ingredient} of={process.name ?? "the process"} />
      <EquipmentList equipment={process.equipment} />
      <PropertyTable properties={process.property} caption={`Results of ${process.name ?? "the process"}`} />
    </>
  );
}

export function IngredientTable({ ingredients, of }: { ingredients: Link<Ingredient>[] | undefined; of: string }) {
  const { graph } = useProject();
  const rows = graph.followAll(ingredients);
  if (rows.length === 0) return null;
  return (
    <div className="table-frame">
      <table className="data-table">
        <caption className="visually-hidden">Ingredients of {of}</caption>
        <thead>
          <tr>
            <th scope="col">Ingredient</th>
            <th scope="col">Role</th>
            <th scope="col">Amount</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((ingredient, index) => (
            <IngredientRow key={index} ingredient={ingredient} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function IngredientRow({ ingredient }: { ingredient: Ingredient }) {
  const { graph } = useProject();
  const material = graph.follow(ingredient.material);
  const quantities = graph.followAll(ingredient.quantity);
  const roles = (ingredient.keyword ?? []).map((keyword) => labelOf(keyword).text.toLowerCase());
  return (
    <tr>
      <th scope="row">{material ? <NodeName node={material} /> : "a material that is not shown to you"}</th>
      <td data-label="Role">{roles.join(", ") || "–"}</td>
      <td data-label="Amount">
        {quantities.length === 0 && "–"}
        {quantities.length > 0 && (
          <ul className="amounts">
            {quantities.map((quantity, index) => (
              <li key={index}>
                <Amount of={quantity} />{" "}
                {isNamed(quantity.key) && <span className="quiet">{labelOf(quantity.key).text.toLowerCase()}</span>}
              </li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  );
}

/** The unit already says that an amount is a mass or a volume. */
function isNamed(key: string | undefined): boolean {
  return key !== "mass" && key !== "volume" && key !== "mole";
}

function EquipmentList({ equipment }: { equipment: Link<Equipment>[] | undefined }) {
  const { graph } = useProject();
  const items = graph.followAll(equipment);
  if (items.length === 0) return null;
  return (
    <div className="sub">
      <h5>Equipment</h5>
      <ul className="plain-list">
        {items.map((item, index) => (
          <li key={index}>
            <KeyLabel of={item.key} />
            {item.description && <span className="quiet">, {item.description}</span>} <CitationMarks citations={item.citation} />
            <ConditionList conditions={item.condition} />
          </li>
        ))}
      </ul>
    </div>
  );
}
