"""Every method that adds something to a node or takes it away, saved and read again; and what the SDK itself cannot do."""

import pathlib
import re

import beartype.roar
import cript

from sdk import SdkTest, everything, unique

TABLE = pathlib.Path(__file__).resolve().parents[3] / "docs" / "reference" / "compatibility.md"
# Its hint names another type than the one that stands there.
DEFECTS = {("Property", "add_computation")}


def attribute_of(node, word):
    """The list that `add_WORD` adds to."""
    for name in (word, word + "s", word + "es", word[:-1] + "ies"):
        if isinstance(getattr(node, name, None), list):
            return name
    raise AssertionError(f"{type(node).__name__} has no list of {word}")


def parts_of(node, path=()):
    """The node and its sub-objects, each with the way to it."""
    yield path, node
    for name, value in vars(node).items():
        values = value if isinstance(value, list) else [value]
        for at, part in enumerate(values):
            if isinstance(part, cript.nodes.secondary.base_secondary.BaseSecondary):
                yield from parts_of(part, (*path, (name.lstrip("_"), at if isinstance(value, list) else None)))


def follow(node, path):
    for name, at in path:
        node = getattr(node, name) if at is None else getattr(node, name)[at]
    return node


class Methods(SdkTest):
    def test_what_is_taken_away_and_added_again_is_as_it_was(self):
        run = set()
        records = everything(self, manuals=False)
        by_type = {type(record): record for record in records}
        for kind in (cript.Collection, cript.Data):
            by_type[kind].add_citation(cript.Citation(reference=by_type[cript.Reference]))
        by_type[cript.Data].add_computation(by_type[cript.Computation])
        for kind in (cript.Collection, cript.Data):
            self.api.save(by_type[kind])
        for record in records:
            paths = [(path, type(part)) for path, part in parts_of(self.again(record))]
            for path, kind in paths:
                for add in sorted(name for name in vars(kind) if name.startswith("add_")):
                    if (kind.__name__, add) in run | DEFECTS:
                        continue
                    node = self.again(record, max_level=1)
                    part = follow(node, path)
                    word = add.removeprefix("add_")
                    attribute = attribute_of(part, word)
                    if not getattr(part, attribute):
                        continue
                    with self.subTest(kind=kind.__name__, method=add):
                        before = len(getattr(part, attribute))
                        taken = getattr(part, attribute)[0]
                        if isinstance(taken, str):
                            taken = self.api.get(taken)
                        remove = getattr(part, "remove_" + word, None) or getattr(part, f"remove_{word}s")
                        remove(taken)
                        self.api.save(node)
                        self.assertEqual(len(getattr(follow(self.again(node), path), attribute)), before - 1)
                        node = self.again(record, max_level=1)
                        part = follow(node, path)
                        if isinstance(taken, cript.nodes.primary.base_primary.BasePrimary):
                            taken = self.api.get(taken.url)
                        getattr(part, add)(taken)
                        self.api.save(node)
                        self.assertEqual(len(getattr(follow(self.again(node), path), attribute)), before)
                        run.add((kind.__name__, add))
        known = {(kind.__name__, name) for kind in cript.NODE_CLASSES for name in vars(kind) if name.startswith("add_")}
        self.assertEqual(known - run - DEFECTS, {("Group", "add_user")}, "not run here; groups are in test_unique")

    def test_a_node_prints_what_it_sends(self):
        project = self.project(notes="printed")
        self.assertIn('"notes": "printed"', project._to_json())
        self.assertIsNone(project.print_json())

    def test_an_inventory_gives_its_materials_by_what_they_are_called(self):
        home = self.project()
        names = ("one", "two")
        materials = [self.make(cript.Material, project=home, name=name, identifiers=[cript.Identifier("cas", f"{name}-1")]) for name in names]
        collection = self.make(cript.Collection, project=home, name="C")
        shelf = self.again(self.make(cript.Inventory, collection=collection, name="I", materials=materials), max_level=1)
        self.assertEqual((len(shelf), shelf[0].name, shelf["two"].name, shelf["one-1"].name), (2, "one", "two", "one"))

    def test_what_the_sdk_itself_cannot_do(self):
        home = self.project()
        material = self.make(cript.Material, project=home, name="M")
        with self.subTest("a search hands its limit on to nobody"):
            self.assertIsNone(self.api.search(cript.Material, {"name": "M"}, limit=1, offset=1).limit)
        with self.subTest("the first of a list is not taken away by its place"):
            other = self.make(cript.Material, project=home, name="N", components=[material])
            with self.assertRaises(AttributeError):
                other.remove_component(0)
        with self.subTest("the end of the pages is an exception that cannot be made"):
            with self.assertRaisesRegex(Exception, "currently on the last page"):
                self.api.search(cript.Material, {"name": unique("never")}).next_page()
        with self.subTest("computations of a property are not what its methods take"):
            with self.assertRaises(beartype.roar.BeartypeCallHintParamViolation):
                cript.Property(key="+x").add_computation(cript.Computation(experiment="x", name="x", type="MD", group="x"))
        collection = self.make(cript.Collection, project=home, name="C")
        with self.subTest("files of equipment are saved, and cannot be read"):
            experiment = self.make(cript.Experiment, collection=collection, name="E")
            manual = self.make(cript.File, project=home, source="https://example.org/manual.pdf")
            process = cript.Process(experiment=experiment, name="P", type="mix", equipment=[cript.Equipment(key="hot_plate", files=[manual])])
            with self.assertRaisesRegex(TypeError, "unexpected keyword argument 'url'"):
                self.api.save(process)
            self.assertEqual([file["url"] for file in self.ask("GET", process.url).json["equipment"][0]["files"]], [manual.url])
        with self.subTest("an inventory is no iterable"):
            with self.assertRaises(TypeError):
                iter(self.make(cript.Inventory, collection=collection, name="I", materials=[material]))
        with self.subTest("a refresh takes a refusal for the node"):
            self.ask("DELETE", material.url)
            self.api.refresh(material)
            self.assertEqual(material.detail, "Not found.")


class Table(SdkTest):
    """docs/reference/compatibility.md names every public method of the SDK."""

    def rows(self):
        text = TABLE.read_text(encoding="utf-8").split("## Python SDK 0.5.0", 1)[1].split("\n## ", 1)[0]
        rows = {}
        for line in text.splitlines():
            if line.startswith("| `"):
                cells = line.strip("|").split("|")
                for title in re.findall(r"`(\w+)`", cells[0]):
                    rows.setdefault(title, set()).update(re.findall(r"`(\w+)`", cells[1]))
        return rows

    def test_every_class_and_public_method_stands_in_the_table(self):
        rows = self.rows()
        for kind in (cript.API, cript.Paginator, cript.APILocal, *cript.NODE_CLASSES):
            with self.subTest(kind.__name__):
                self.assertIn(kind.__name__, rows)
                if kind is cript.APILocal:
                    continue
                names = {name for name, member in vars(kind).items() if not name.startswith("_") and callable(member)}
                self.assertEqual(names - rows[kind.__name__], set())
