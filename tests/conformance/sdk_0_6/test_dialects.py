"""Two SDKs on one graph: what one saves, the other reads and changes, and the first reads again."""

import json
import pathlib
import re
import subprocess
import unittest
import uuid

import cript

from older_records import everything
from sdk import SdkTest, forget, members_of, unique

HERE = pathlib.Path(__file__).resolve().parent
OTHER_PYTHON = HERE.parents[2] / "build" / "clients" / "sdk_2_4" / "bin" / "python"
KINDS = {"ComputationalProcess": "ComputationProcess"}
OLD = {"ComputationProcess": "ComputationalProcess"}


class OtherSdk:
    """SDK 2.4.0 in a process of its own."""

    def __init__(self, address, token):
        command = [OTHER_PYTHON, HERE / "other_sdk.py", f"http://{address}", token]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._process.stdout.close()

    def __call__(self, do, **more):
        self._process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"SDK 2.4.0 ended over {do} {str(more)[:200]}"
        answer = json.loads(line)
        assert "error" not in answer, f"SDK 2.4.0 could not {do}: {answer['error']}"
        return answer["answer"]


@unittest.skipUnless(OTHER_PYTHON.is_file(), "SDK 2.4.0 is not installed: tests/conformance/run does that")
class Dialects(SdkTest):
    def setUp(self):
        super().setUp()
        self.other = self.enterContext(OtherSdk(self.server.address, self.user.token))

    def test_each_type_goes_there_and_back(self):
        nodes = everything(self)
        project = nodes[0]
        seen = self.other("read", project=project.uid)
        for node in nodes:
            kind = type(node).__name__
            with self.subTest(kind):
                self.assertIn(node.uid, seen)
                field = {"Reference": "journal", "Software": "source", "File": "data_dictionary"}.get(kind, "notes")
                # A process has no notes here, and a file no dictionary.
                before = members_of(self.again(node))
                self.other("change", project=project.uid, uuid=node.uid, field=field, value=f"changed by the other: {kind}")
                after = members_of(self.again(node))
                if field in before:
                    before[field] = f"changed by the other: {kind}"
                self.assertEqual(after, before)

    def test_each_type_comes_from_there_and_goes_back(self):
        name = unique("from the other")
        made = self.other("save", name=name)
        for kind, made_uuid in made.items():
            old = getattr(cript, OLD.get(kind, kind), None)
            if old is None or not hasattr(old, "slug") or kind == "Reference":
                continue
            with self.subTest(kind):
                before = self.other("read", project=made["Project"])
                forget()
                node = old.get(uid=made_uuid, get_level=0)
                field = {"Process": "description", "Software": "source", "File": "extension"}.get(kind, "notes")
                setattr(node, field, ".changed")
                node.save(get_level=0)
                self.assertNotIn("errors", vars(node))
                after = self.other("read", project=made["Project"])
                before[made_uuid][field] = ".changed"
                self.assertEqual(after, before)

    def test_a_record_stands_where_it_is_listed_whatever_else_links_to_it(self):
        ids = {name: str(uuid.uuid4()) for name in ("computation", "data", "experiment")}
        # In the document, and so in the database, before the experiment; the fields have the names of its lists.
        links = {name: [{"uuid": ids[name]}] for name in ("computation", "data")}
        material = {"node": ["Material"], "name": "measured", "property": [{"node": ["Property"], "key": "density", "type": "none", **links}]}
        listed = {"computation": {"type": "MD"}, "data": {"type": "nmr_h1"}}
        lists = {name: [{"node": [name.capitalize()], "uuid": ids[name], "name": name, **more}] for name, more in listed.items()}
        experiment = {"node": ["Experiment"], "uuid": ids["experiment"], "name": "here", **lists}
        collection = {"node": ["Collection"], "name": "of it", "experiment": [experiment]}
        project = {"node": ["Project"], "name": unique("listed"), "material": [material], "collection": [collection]}
        self.assertEqual(self.ask("POST", "/api/v1/project/", project).status, 200)
        for name in listed:
            self.assertEqual(getattr(cript, name.capitalize()).get(uid=ids[name]).experiment.uid, ids["experiment"])

    def test_what_only_one_of_them_knows_survives_the_other(self):
        made = self.other("save", name=unique("both"))
        forget()
        process = cript.Process.get(uid=made["Process"], get_level=0)
        self.assertEqual(process.ingredients[0].keyword, "monomer")
        process.ingredients[0].keyword = "initiator"
        process.save(get_level=0)
        seen = self.other("read", project=made["Project"])
        self.assertEqual(seen[made["Ingredient"]]["keyword"], ["initiator", "solvent"])
        file = cript.File.get(uid=made["File"], get_level=0)
        file.update(type="calibration")
        seen = self.other("read", project=made["Project"])
        self.assertEqual((seen[made["File"]]["type"], seen[made["File"]]["data_dictionary"]), ("calibration", "columns"))
        self.assertEqual(seen[made["Collection"]]["doi"], "10.1/kept")
        # The other way round: a whole save by the other leaves what is only known here.
        nodes = {type(node).__name__: node for node in everything(self)}
        self.other("change", project=nodes["Project"].uid, uuid=nodes["Material"].uid, field="vendor", value="somebody")
        material = self.again(nodes["Material"])
        self.assertEqual((material.properties[0].set_id, material.properties[0].components_relative), (7, nodes["Material"].properties[0].components_relative))
        self.assertEqual([identifier.key for identifier in material.identifiers], ["names", "pubchem_cid", "preferred_name", "smiles", "smiles", "vendor"])


class Examples(SdkTest):
    """Graphs that the other dialect saved."""

    def etag(self, kind, uuid):
        return self.server.ask("GET", f"/api/v1/{kind}/{uuid}/", token=self.user.token).header("ETag")

    def test_what_is_loaded_and_saved_makes_no_revision(self):
        saved = 0
        for path in sorted((HERE.parents[2] / "examples").glob("*.json")):
            document = json.loads(path.read_text(encoding="utf-8"))
            if "project" not in document:
                continue
            answer = self.server.ask("POST", "/api/v1/project/", {**document["project"], "name": unique(path.stem)}, token=self.user.token)
            self.assertEqual(answer.status, 200, answer)
            uuid = answer.data["result"][0]["uuid"]
            for node in walk(self.server.ask("GET", f"/api/v1/project/{uuid}/", token=self.user.token).data[0]):
                kind = node["node"][0]
                old = getattr(cript, OLD.get(kind, kind), None)
                if not hasattr(old, "slug") or old in (cript.Reference, cript.User):  # the SDK posts a reference anew
                    continue
                name = re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower()
                with self.subTest(path.stem, kind=kind, uuid=node["uuid"]):
                    before = self.etag(name, node["uuid"])
                    forget()
                    old.get(uid=node["uuid"], get_level=0).save(get_level=0)
                    self.assertEqual(self.etag(name, node["uuid"]), before)
                saved += 1
        self.assertGreater(saved, 20)


def walk(thing):
    """The nodes of a graph that stand there in full, each once."""
    seen, waiting = set(), [thing]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            if "node" in here and "name" in here and here["uuid"] not in seen:
                seen.add(here["uuid"])
                yield here
            waiting.extend(here.values())
        elif isinstance(here, list):
            waiting.extend(here)
