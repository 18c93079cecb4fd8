"""A random project in the words of SDK 0.6.3: made, read and changed record by record."""

import cript

from older_records import value_of

OLD_KIND = {"ComputationProcess": "ComputationalProcess"}
PARENT = {"Collection": "project", "Experiment": "collection", "Inventory": "collection", "Material": "project", "File": "project"}
OLD_NAME = {
    "component": "components", "keyword": "keywords", "property": "properties", "condition": "conditions", "citation": "citations", "ingredient": "ingredients",
    "quantity": "quantities", "prerequisite_process": "prerequisite_processes", "product": "products", "material": "materials", "file": "files",
    "computation": "computations", "computation_process": "computational_process", "software_configuration": "software_configurations", "algorithm": "algorithms",
    "parameter": "parameters", "author": "authors",
}  # fmt: skip
IDENTIFIERS = {"names": "names", "smiles": "smiles", "bigsmiles": "bigsmiles", "chemical_id": "cas", "vendor": "vendor", "pubchem_cid": "pubchem_cid", "inchi_key": "inchi_key", "chem_repeat": "chem_repeat"}
# Here one, in the model a list.
ONE = {("Property", "data"), ("Condition", "data"), ("ComputationalForcefield", "data"), ("Data", "computation_process"), ("Ingredient", "keyword")}
PLAIN = {("Ingredient", "keyword"), ("Ingredient", "material"), ("Condition", "material")}


def old_name(kind, name):
    return name if (kind, name) in PLAIN else OLD_NAME.get(name, name)


class Older:
    """The records of a plan by name, as this SDK has them."""

    def __init__(self, test):
        self.test = test
        self.url, self.nodes = {}, {}  # by name

    def make(self, records):
        for name, record in records.items():
            kind = record["kind"]
            fields = self.fields(record)
            fields["title" if kind == "Reference" else "name"] = name
            if kind == "File":
                fields.pop("name")
            if kind in ("Reference", "Software"):
                fields["group"] = self.nodes[next(iter(records))].group
            elif kind != "Project":
                fields[PARENT.get(kind, "experiment")] = self.nodes[record["in"] or next(iter(records))]
            self.nodes[name] = getattr(cript, OLD_KIND.get(kind, kind)).create(**fields)
            self.url[name] = self.nodes[name].url
            if kind == "File":
                self.nodes[name].name = name
                self.nodes[name].save()
        return self

    def fields(self, record):
        kind = record["kind"]
        fields = {}
        for name, value in record.items():
            if name in ("kind", "in"):
                continue
            if kind == "Material" and name in IDENTIFIERS:
                entry = cript.Identifier(key=IDENTIFIERS[name], value=value[0] if name == "chem_repeat" else value)
                fields.setdefault("identifiers", []).append(entry)
                continue
            made = self.part(value)
            fields[old_name(kind, name)] = made[0] if (kind, name) in ONE else made
        return fields

    def part(self, value):
        if isinstance(value, list):
            return [self.part(entry) for entry in value]
        if isinstance(value, dict):
            fields = self.fields(value)
            if value["kind"] == "Ingredient":
                fields.setdefault("quantities", [])
            return getattr(cript, value["kind"])(**fields)
        return self.nodes.get(value, value) if isinstance(value, str) else value

    # What the server has

    def read(self, kinds):
        """The records under the names of the model. `kinds` by name of record."""
        self.names = {url: name for name, url in self.url.items()}
        return {name: self.record(kind, self.test.again_at(kind, self.url[name])) for name, kind in kinds.items()}

    def record(self, kind, node):
        fields = {name.lstrip("_"): value_of(member) for name, member in vars(node).items() if "__" not in name}
        left_out = {"url", "uid", "public", "created_at", "updated_at", "can_edit", "group", "index_table", "unique_name", "checksum", "title" if kind == "Reference" else "name"}
        left_out |= {"collections", "materials", "files", "experiments", "inventories", "processes", "computations", "computational_processes", "data"} if kind in ("Project", "Collection", "Experiment") else set()
        left_out |= {"materials", "processes"} if kind == "Data" else set()
        parent = PARENT.get(kind, "experiment")
        place = self.names.get(fields.pop(parent, None)) if kind not in ("Project", "Reference", "Software") else None
        return {"kind": kind, "in": None if kind == "File" else place, **self.seen(kind, {name: value for name, value in fields.items() if name not in left_out})}

    def seen(self, kind, fields):
        new_names = {old_name(kind, name): name for name in OLD_NAME}
        seen = {}
        for name, value in fields.items():
            if value is None or value == [] or value == "":
                continue
            if name == "identifiers":
                new = {old: new for new, old in IDENTIFIERS.items()}
                for entry in value:
                    text = entry["value"]
                    seen[new[entry["key"]]] = [text] if entry["key"] == "chem_repeat" and isinstance(text, str) else text
                continue
            new = new_names.get(name, name)
            shown = self.plain(value)
            seen[new] = [shown] if (kind, new) in ONE else shown
        return seen

    def plain(self, value):
        if isinstance(value, list):
            return [self.plain(entry) for entry in value]
        if isinstance(value, dict):
            kind = value.get("", "File")
            if kind == "File":
                return self.names[value["url"]]
            return {"kind": kind, **self.seen(kind, {name: entry for name, entry in value.items() if name})}
        return self.names.get(value, value) if isinstance(value, str) else value

    def change(self, kinds, orders):
        for name in {name: None for name, *_ in orders}:
            node = self.test.again_at(kinds[name], self.url[name])
            for changed, path, value in orders:
                if changed != name:
                    continue
                place = node
                for kind_of_step in path[:-1]:
                    place = place[kind_of_step] if isinstance(kind_of_step, int) else getattr(place, OLD_NAME.get(kind_of_step, kind_of_step))
                field = OLD_NAME.get(path[-1], path[-1])
                if isinstance(value, dict):
                    getattr(place, field).append(self.part(value))
                elif value is None:
                    getattr(place, field).pop()
                else:
                    setattr(place, field, value)
            node.save(get_level=0)
            assert "errors" not in vars(node), (name, vars(node)["errors"])
