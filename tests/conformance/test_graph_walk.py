"""The walker itself: it must see every single changed leaf."""

import copy
import json
import pathlib
import unittest

from graph_walk import differences

EXAMPLES = sorted((pathlib.Path(__file__).resolve().parents[2] / "examples").glob("*.json"))


def project_of(path):
    document = json.loads(path.read_text(encoding="utf-8"))
    return document.get("project", document)


def leaves(value, path=()):
    """The path of every leaf that is content: below a field, and not the type or a label."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "node" and (name != "uid" or len(value) == 1):
                yield from leaves(inner, (*path, name))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from leaves(inner, (*path, position))
    else:
        yield path


def at(document, path):
    for step in path:
        document = document[step]
    return document


def mutated(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, int):
        return float(value)  # the kind alone
    return value + 1.0


class TestGraphWalk(unittest.TestCase):
    def test_there_are_examples(self):
        self.assertGreaterEqual(len(EXAMPLES), 3)

    def test_equal_documents_do_not_differ(self):
        for path in EXAMPLES:
            with self.subTest(path.name):
                self.assertEqual(differences(project_of(path), project_of(path)), [])

    def test_every_changed_leaf_is_seen(self):
        for example in EXAMPLES:
            original = project_of(example)
            for path in leaves(original):
                changed = copy.deepcopy(original)
                *way, last = path
                at(changed, way)[last] = mutated(at(original, path))
                self.assertNotEqual(differences(original, changed), [], f"{example.name}: {path}")

    def test_a_node_that_is_missing_is_seen(self):
        for example in EXAMPLES:
            original = project_of(example)
            changed = copy.deepcopy(original)
            del changed["material"][0]["property"][0]
            self.assertNotEqual(differences(original, changed), [])

    def test_the_order_of_a_list_is_seen(self):
        original = {"node": ["Project"], "material": [{"node": ["Material"], "name": "a"}, {"node": ["Material"], "name": "b"}]}
        changed = copy.deepcopy(original)
        changed["material"].reverse()
        self.assertNotEqual(differences(original, changed), [])

    def test_a_link_that_leads_to_an_equal_looking_other_node_is_seen(self):
        def project(target):
            twins = [{"node": ["Material"], "uid": f"_:{number}", "name": "twin"} for number in (1, 2)]
            mixture = {"node": ["Material"], "name": "mixture", "component": [{"uid": f"_:{target}"}]}
            return {"node": ["Project"], "material": [*twins, mixture]}

        self.assertNotEqual(differences(project(1), project(2)), [])

    def test_labels_and_uuids_may_be_other_ones(self):
        def project(first, second):
            return {
                "node": ["Project"],
                "material": [{"node": ["Material"], **first, "name": "a"}, {"node": ["Material"], "name": "b", "component": [second]}],
            }

        self.assertEqual(differences(project({"uid": "_:m1"}, {"uid": "_:m1"}), project({"uuid": "u"}, {"uuid": "u"})), [])


if __name__ == "__main__":
    unittest.main()
