"""Random projects as plain values, so that two SDKs can make the same one and be held against it.

`plan(seed, side)` gives records by name; each is a dict with its `kind`, the record that it is `in`, and fields under the
names of the newer dialect. What a field links to is the name of another record; sub-objects are dicts with their own `kind`.
`side` says which dialect makes it: "older" ones hold what only that one knows, "newer" ones what only the other one does.
"""

import random

# What the other dialect has no member for.
ONLY = {
    "older": {
        "Property": {"set_id", "method_description", "components_relative"}, "Process": {"set_id"}, "Condition": {"material"},
        "Citation": {"notes"}, "Reference": {"notes"}, "Software": {"notes"},
    },
    "newer": {
        "Collection": {"doi"}, "Experiment": {"citation"}, "Material": {"parent_material"}, "Process": {"notes"}, "Reference": {"type"},
        "File": {"data_dictionary", "notes"},
    },
}  # fmt: skip
# A list of which the older dialect shows the first.
FIRST = {("Property", "data"), ("Condition", "data"), ("ComputationalForcefield", "data"), ("Data", "computation_process"), ("Ingredient", "keyword")}
# The field of a record that holds a remark in both dialects.
REMARK = {"Reference": "journal", "Software": "source", "Process": "description", "File": "extension"}

PROPERTIES = (
    ("density", ("g/ml", "kg/m**3", "kilogram / meter ** 3")), ("molar_mass", ("g/mol", "kg/mol")), ("temp_melt", ("degC", "K", "kelvin")),
    ("mw_n", ("g/mol", "kilogram / mole")), ("mw_d", (None,)), ("+hardness", ("N", None)),
)  # fmt: skip
CONDITIONS = (("temperature", ("degC", "K")), ("pressure", ("bar", "kPa", "Pa")), ("time_duration", ("min", "s")), ("+stirring", ("1/min", None)))
# The unit that the model fixes first: the newer dialect takes no other.
QUANTITIES = (("mass", ("kg", "g")), ("volume", ("m**3", "ml")), ("pressure", ("kPa", "bar")), ("mole", ("mmole", "mole")), ("number", (None,)))
WORDS = ("stirred", "Ωμ größe", "a < b | c", "tab\tand\nline", "100 %", "\"quoted\" \\ it's", "🧪")


class Maker:
    def __init__(self, seed, side):
        self.random = random.Random(f"{side} {seed}")
        self.side = side
        self.records = {}
        self.tag = f"{seed} {self.random.getrandbits(48):x}"

    def maybe(self, make, often=0.5):
        return make() if self.random.random() < often else None

    def some(self, choices, most=3):
        return self.random.sample(choices, self.random.randint(0, min(most, len(choices))))

    def names(self, *kinds):
        return [name for name, record in self.records.items() if record["kind"] in kinds]

    def one(self, *kinds):
        found = self.names(*kinds)
        return self.random.choice(found) if found else None

    def text(self):
        return self.random.choice(WORDS)

    def number(self):
        return self.random.choice((round(self.random.uniform(1, 20), 3), float(self.random.randint(1, 20)), 1 / 3 + self.random.randint(1, 9)))

    def only(self, side, make):
        """A field that the other dialect does not have."""
        return self.maybe(make) if self.side == side else None

    def listed(self, *kinds):
        """Links of which the older dialect knows one."""
        return self.some(self.names(*kinds), 2 if self.side == "newer" else 1)

    def add(self, kind, place=None, name=None, **fields):
        word = self.text()
        if self.side == "newer":
            word = word.translate({ord(letter): None for letter in "^<>|$"})  # not in its names
        name = name or f"{kind} {len(self.records)} {word}"
        self.records[name] = {"kind": kind, "in": place, **without_empty(fields)}
        return name

    # Sub-objects

    def measured(self, keys):
        key, units = self.random.choice(keys)
        unit = units[0] if keys is QUANTITIES and self.side == "newer" else self.random.choice(units)
        return {"key": key, "value": self.number(), "unit": unit}

    def citation(self):
        return without_empty({"kind": "Citation", "reference": self.one("Reference"), "type": self.random.choice(("reference", "derived_from")), "notes": self.only("older", self.text)})

    def citations(self):
        return [self.citation() for _ in range(self.random.randint(0, 2))]

    def uncertain(self):
        if self.random.random() < 0.5:
            return {}
        return {"uncertainty": 0.25, "uncertainty_type": "stdev"}

    def condition(self):
        return without_empty({
            "kind": "Condition", **self.measured(CONDITIONS), "type": "value", **self.uncertain(), "descriptor": self.maybe(self.text), "set_id": self.maybe(lambda: 3),
            "measurement_id": self.maybe(lambda: 4), "data": self.listed("Data"), "material": self.only("older", lambda: self.one("Material")),
        })  # fmt: skip

    def property(self):
        return without_empty({
            "kind": "Property", **self.measured(PROPERTIES), "type": self.random.choice(("value", "mean")), **self.uncertain(), "method": self.maybe(lambda: "nmr"),
            "structure": self.maybe(lambda: "{[][]}"), "notes": self.maybe(self.text), "component": self.some(self.names("Material"), 2),
            "sample_preparation": self.maybe(lambda: self.one("Process")), "data": self.listed("Data"), "computation": self.some(self.names("Computation"), 2),
            "condition": [self.condition() for _ in range(self.random.randint(0, 2))], "citation": self.citations(),
            "set_id": self.only("older", lambda: 7), "method_description": self.only("older", self.text), "components_relative": self.only("older", lambda: self.some(self.names("Material"), 2)),
        })  # fmt: skip

    def properties(self):
        return [self.property() for _ in range(self.random.randint(0, 3))]

    def conditions(self):
        return [self.condition() for _ in range(self.random.randint(0, 2))]

    def ingredients(self):
        words = ["monomer", "solvent", "initiator", "+own word"]
        return [
            without_empty({
                "kind": "Ingredient", "material": self.one("Material"), "keyword": self.random.sample(words, 2 if self.side == "newer" else 1),
                "quantity": [without_empty({"kind": "Quantity", **self.measured(QUANTITIES), **self.uncertain()}) for _ in range(self.random.randint(1, 2))],
            })  # fmt: skip
            for _ in range(self.random.randint(0, 2))
        ]

    def configurations(self):
        def parameter():
            return {"kind": "Parameter", **self.measured((("+tolerance", ("angstrom", "nm")), ("update_frequency", ("1/ns",))))}

        def algorithm():
            return without_empty({"kind": "Algorithm", "key": "mc_barostat", "type": "barostat", "parameter": [parameter() for _ in range(self.random.randint(0, 2))], "citation": self.citations()})

        return [
            without_empty({"kind": "SoftwareConfiguration", "software": self.one("Software"), "notes": self.maybe(self.text), "algorithm": [algorithm() for _ in range(self.random.randint(0, 2))], "citation": self.citations()})
            for _ in range(self.random.randint(0, 2))
        ]

    def equipment(self):
        return [
            without_empty({"kind": "Equipment", "key": "hot_plate", "description": self.maybe(self.text), "condition": self.conditions(), "file": self.some(self.names("File"), 1), "citation": self.citations()})
            for _ in range(self.random.randint(0, 2))
        ]

    def forcefield(self):
        return without_empty({"kind": "ComputationalForcefield", "key": "opls_aa", "building_block": "atom", "source": self.maybe(self.text), "description": self.maybe(self.text), "data": self.listed("Data"), "citation": self.citations()})

    # Records

    def project(self):
        self.add("Project", name=f"random {self.tag}", notes=self.maybe(self.text))
        for number in range(2):
            self.add("Reference", name=f"title {self.tag} {number}", journal=self.maybe(self.text), author=["A. Author", "Ö. Author"], year=1999, doi=f"10.1/{self.tag}.{number}", pages=[1, 2], type="book" if self.side == "newer" else None, notes=self.only("older", self.text))
            self.add("Software", name=f"program {self.tag} {number}", version="1.0", source=self.maybe(self.text), notes=self.only("older", self.text))
        home = self.one("Project")
        collections = [self.add("Collection", home, notes=self.maybe(self.text), citation=self.citations(), doi=self.only("newer", lambda: "10.1/x")) for _ in range(self.random.randint(1, 2))]
        places = [self.add("Experiment", self.random.choice(collections), notes=self.maybe(self.text), funding=self.some(["NSF", "DOE"]), citation=self.citations() if self.side == "newer" else None) for _ in range(self.random.randint(1, 3))]

        def place():
            return self.random.choice(places)

        for number in range(2):
            self.add("File", None, name=f"file {number}", source=f"https://example.org/{number}", type="data", extension=".csv", data_dictionary=self.only("newer", self.text))
        for file in self.names("File"):
            # In the model, a file stands in data.
            self.add("Data", place(), type="nmr_h1", file=[file], notes=self.maybe(self.text), citation=self.citations())
        for number in range(self.random.randint(2, 4)):
            words = {"names": ["one", "two"], "smiles": "CCO", "bigsmiles": "{[][]}", "chemical_id": f"{number}-1", "vendor": "somebody", "pubchem_cid": 962, "inchi_key": "X", "chem_repeat": ["C8H8"]}
            identifiers = {key: words[key] for key in self.some(list(words), 4)}
            self.add("Material", home, notes=self.maybe(self.text), component=self.some(self.names("Material"), 2), keyword=self.some(["linear", "polymer_blend", "+own"]), property=self.properties(), computational_forcefield=self.maybe(self.forcefield), parent_material=self.only("newer", lambda: self.one("Material")), **identifiers)
        for _ in range(self.random.randint(1, 3)):
            where = place()
            self.add("Process", where, type="mix", keyword=self.some(["anionic", "solution"]), description=self.maybe(self.text), prerequisite_process=self.some(self.names("Process"), 1), ingredient=self.ingredients(), equipment=self.equipment(), product=self.some(self.names("Material")), waste=self.some(self.names("Material"), 1), property=self.properties(), condition=self.conditions(), citation=self.citations(), set_id=self.only("older", lambda: 5))
            self.add("Computation", where, type="MD", input_data=self.some(self.names("Data")), output_data=self.some(self.names("Data")), software_configuration=self.configurations(), condition=self.conditions(), prerequisite_computation=self.maybe(lambda: self.one("Computation")), citation=self.citations(), notes=self.maybe(self.text))
        self.add("ComputationProcess", place(), type="+cross_linking", input_data=self.names("Data")[:1], output_data=self.some(self.names("Data")), ingredient=self.ingredients() or [{"kind": "Ingredient", "material": self.one("Material"), "keyword": ["monomer"], "quantity": [{"kind": "Quantity", "key": "mass", "value": 1.5, "unit": "kg"}]}], software_configuration=self.configurations(), property=self.properties(), condition=self.conditions(), citation=self.citations(), notes=self.maybe(self.text))
        self.add("Data", place(), type="sec_trace", sample_preparation=self.maybe(lambda: self.one("Process")), computation=self.some(self.names("Computation")), computation_process=self.listed("ComputationProcess"), file=self.names("File")[:1], citation=self.citations())
        made = self.add("Material", home, process=self.one("Process"), property=self.properties(), names=["made"])
        self.add("Inventory", self.random.choice(collections), material=[made, *self.some(self.names("Material"))[:1]] if self.random.random() < 0.8 else [made], notes=self.maybe(self.text))
        return self.records


def without_empty(fields):
    return {name: value for name, value in fields.items() if value is not None and value != [] and value != ""}


def texts_in(value):
    if isinstance(value, dict):
        value = list(value.values())
    return {text for entry in value for text in texts_in(entry)} if isinstance(value, list) else {value}


def plan(seed, side):
    """Works and programs that nothing cites belong to no project, and are left out."""
    records = Maker(seed, side).project()
    linked = texts_in(list(records.values()))
    return {name: record for name, record in records.items() if record["kind"] not in ("Reference", "Software") or name in linked}


def seen_by(value, side):
    """What of a plan the dialect of that side shows."""
    other = "newer" if side == "older" else "older"
    if isinstance(value, list):
        return [seen_by(entry, side) for entry in value]
    if not isinstance(value, dict):
        return value
    kind = value.get("kind")
    shown = {}
    for name, entry in value.items():
        if kind and name in ONLY[other].get(kind, ()):
            continue
        if side == "older" and (kind, name) in FIRST:
            entry = entry[:1]
        shown[name] = seen_by(entry, side)
    if side == "newer" and kind == "Reference":
        shown.setdefault("type", "journal_article")
    return shown


def changes(seed, records, side):
    """What the dialect of that side changes, as (name, path, value): new remarks and values; a sub-object, which is put at the
    end of the list; None, which takes the last of a list away, as only the older one can."""
    chance = random.Random(f"changes {side} {seed}")
    found = []
    for name, record in records.items():
        if record["kind"] == "Reference" and side == "older":
            continue  # that SDK posts it anew
        remark = REMARK.get(record["kind"], "notes")
        if chance.random() < 0.5:
            found.append((name, [remark], f".changed {chance.randint(0, 99)}"))
        for at, entry in enumerate(record.get("property", ())):
            if chance.random() < 0.5:
                found.append((name, ["property", at, "notes"], f"changed {chance.randint(0, 99)}"))
            if chance.random() < 0.5 and entry["key"].startswith(("+", "mw_d")):
                found.append((name, ["property", at, "value"], float(chance.randint(100, 200))))
            for below in range(len(entry.get("condition", ()))):
                if chance.random() < 0.3:
                    found.append((name, ["property", at, "condition", below, "descriptor"], f"changed {chance.randint(0, 99)}"))
        if record["kind"] in ("Material", "Process") and chance.random() < 0.5:
            found.append((name, ["property"], {"kind": "Property", "key": "density", "value": 1.25, "unit": "g/ml", "type": "mean", "notes": "new"}))
        if record["kind"] in ("Process", "Computation", "ComputationProcess"):
            if side == "older" and record.get("condition") and chance.random() < 0.5:
                found.append((name, ["condition"], None))
            if chance.random() < 0.5:
                found.append((name, ["condition"], {"kind": "Condition", "key": "temperature", "value": 25.0, "unit": "degC", "type": "value", "descriptor": "new"}))
    return found


def changed(records, orders):
    """The plan after them."""
    for name, path, value in orders:
        place = records[name]
        for step in path[:-1]:
            place = place[step]
        if isinstance(value, dict):
            place.setdefault(path[-1], []).append(dict(value))
        elif value is None:
            place[path[-1]].pop()
            if not place[path[-1]]:
                del place[path[-1]]
        else:
            place[path[-1]] = value
    return records


def differences(expected, seen, same_measure, path=""):
    """Sentences, one for each difference; whole numbers and floats of the same value are the same."""
    if isinstance(expected, dict) and isinstance(seen, dict):
        found = []
        measured = {"value", "unit", "uncertainty"} if "value" in expected and "value" in seen else set()
        if measured and not same_measure(expected, seen):
            found.append(f"{path}: {[expected.get(name) for name in sorted(measured)]} became {[seen.get(name) for name in sorted(measured)]}")
        for name in sorted((expected.keys() | seen.keys()) - measured, key=str):
            if name not in seen:
                found.append(f"{path}/{name}: {expected[name]!r} is missing")
            elif name not in expected:
                found.append(f"{path}/{name}: appeared: {seen[name]!r}")
            else:
                found += differences(expected[name], seen[name], same_measure, f"{path}/{name}")
        return found
    if isinstance(expected, list) and isinstance(seen, list) and len(expected) == len(seen):
        return [found for at, pair in enumerate(zip(expected, seen)) for found in differences(*pair, same_measure, f"{path}/{at}")]
    return [] if expected == seen and isinstance(expected, bool) == isinstance(seen, bool) else [f"{path}: {expected!r} became {seen!r}"]
