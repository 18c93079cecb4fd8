"""A random project in the words of SDK 2.4.0: made, read and changed as a whole. Runs under its Python."""

import cript

HOLDS = {"Collection": "collection", "Material": "material", "Experiment": "experiment", "Inventory": "inventory", "Process": "process", "Computation": "computation", "ComputationProcess": "computation_process", "Data": "data"}
LEFT_OUT = {"uid", "uuid", "node", "created_at", "created_by", "updated_at", "updated_by", "model_version", "locked", "public", "member", "admin"}


def make(records):
    nodes = {}

    def part(value):
        if isinstance(value, list):
            return [part(entry) for entry in value]
        if isinstance(value, dict):
            fields = {name: part(entry) for name, entry in value.items() if name != "kind"}
            if value["kind"] in ("Property", "Quantity"):
                fields.setdefault("unit", None if value["kind"] == "Property" else "")
            cited = fields.pop("citation", None) if value["kind"] == "Algorithm" else None
            made = getattr(cript, value["kind"])(**fields)
            if cited:
                made.citation = cited  # its constructor forgets them
            return made
        return nodes.get(value, value) if isinstance(value, str) else value

    for name, record in records.items():
        kind = record["kind"]
        fields = {field: part(value) for field, value in record.items() if field not in ("kind", "in")}
        nodes[name] = getattr(cript, kind)(**{"title" if kind == "Reference" else "name": name}, **fields)
        if record["in"]:
            holder = nodes[record["in"]]
            setattr(holder, HOLDS[kind], [*getattr(holder, HOLDS[kind]), nodes[name]])
    return nodes


def of_project(project):
    """Every record by its name."""
    found = {}
    for node in [project, *project]:
        if hasattr(node, "title") or isinstance(getattr(node, "name", None), str):
            found.setdefault(node.title if hasattr(node, "title") else node.name, node)
    return found


def read(project):
    places = {}
    nodes = of_project(project)
    for name, node in nodes.items():
        for kind, field in HOLDS.items():
            if type(node).__name__ in ("Project", "Collection", "Experiment") and hasattr(node, field):
                for child in getattr(node, field):
                    places[child.name] = name
    return {name: {"in": places.get(name), **seen(node)} for name, node in nodes.items()}


def plain(value):
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    if not hasattr(value, "uuid"):
        return value
    if hasattr(value, "title"):
        return value.title
    return value.name if isinstance(getattr(value, "name", None), str) and not isinstance(value, cript.User) else seen(value)


def seen(node):
    kind = type(node).__name__
    own = {"title"} if kind == "Reference" else {"name"}
    own |= set(HOLDS.values()) if kind in ("Project", "Collection", "Experiment") else set()
    shown = {"kind": kind}
    for name, value in vars(node._json_attrs).items():
        if name in LEFT_OUT | own or value is None or value == [] or value == "":
            continue
        shown[name] = plain(value)
    return shown


def change(project, orders):
    """Gives what is to be saved: the project, and data, of which its document has no more than the link."""
    nodes = of_project(project)
    for name, path, value in orders:
        place = nodes[name]
        for step in path[:-1]:
            place = place[step] if isinstance(step, int) else getattr(place, step)
        if isinstance(value, dict):
            made = getattr(cript, value["kind"])(**{field: entry for field, entry in value.items() if field != "kind"})
            setattr(place, path[-1], [*getattr(place, path[-1]), made])
        elif path[-1] == "value":
            place.set_value(value, place.unit or "")
        else:
            setattr(place, path[-1], value)
    return [project, *(nodes[name] for name in {name: None for name, *_ in orders} if isinstance(nodes[name], cript.Data))]
