"""Every example of the project, loaded into SDK nodes and saved: read, changed and saved again, nothing is lost."""

import json
import pathlib
import uuid

import cript
from sdk import SdkTest, forget, unique

EXAMPLES = sorted((pathlib.Path(__file__).resolve().parents[3] / "examples").glob("*.json"))


class LoadableForm:
    """A document as the SDK can load it: uids of the form `_:<uuid>`, and each node in full where it is named first.

    Its loader follows `{"uid": …}` to a node that stands further down in some fields only."""

    def __init__(self, project):
        self._full, self._uuids, self._written = {}, {}, set()
        self._collect(project)
        self.project = self._rewritten(project)

    def _collect(self, value):
        for element in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
            self._collect(element)
        if isinstance(value, dict) and "node" in value and "uid" in value:
            self._full[value["uid"]] = value
            self._uuids[value["uid"]] = value.get("uuid") or str(uuid.uuid4())

    def _rewritten(self, value):
        if isinstance(value, list):
            return [self._rewritten(element) for element in value]
        if not isinstance(value, dict):
            return value
        label = value.get("uid")
        if label is None:
            return {key: self._rewritten(element) for key, element in value.items()}
        identity = {"uid": "_:" + self._uuids[label]}
        if label in self._written:
            return identity
        self._written.add(label)
        fields = {key: self._rewritten(element) for key, element in self._full[label].items()}
        return {**fields, **identity, "uuid": self._uuids[label]}


class Examples(SdkTest):
    def loaded(self, path):
        document = json.loads(path.read_text(encoding="utf-8"))
        project = document.get("project", document)
        project["name"] = unique(project["name"])
        forget()
        return cript.load_nodes_from_json(LoadableForm(project).project)

    def test_there_are_examples(self):
        self.assertGreaterEqual(len(EXAMPLES), 3)

    def test_each_is_saved_read_and_saved_again_without_a_loss(self):
        for path in EXAMPLES:
            with self.subTest(path.name):
                project = self.loaded(path)
                back = self.assert_comes_back(project)
                self.api.save(back)
                self.assert_same(project, self.read_again(back))

    def test_each_survives_as_a_file_of_the_sdk(self):
        for path in EXAMPLES:
            with self.subTest(path.name):
                project = self.loaded(path)
                self.api.save(project)
                text = self.read_again(project).get_expanded_json()
                forget()
                self.assert_same(project, cript.load_nodes_from_json(text))
