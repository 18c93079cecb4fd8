"""What `cript search`, `history` and `delete` do with a server."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from criptd import BUILD, Criptd

ROOT = pathlib.Path(__file__).resolve().parents[2]
CRIPT = pathlib.Path(os.environ.get("CRIPT", BUILD / "bin" / "cript"))


class NodesByCommand(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Criptd())
        cls.user = cls.server.add_user("ada")
        folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        project = {
            "node": ["Project"],
            "name": "demo",
            "material": [{"node": ["Material"], "name": f"polymer {number:03}", "bigsmiles": "{[][$]CC[$][]}"} for number in range(120)]
            + [{"node": ["Material"], "name": "Toluene", "smiles": "Cc1ccccc1"}],
        }
        (folder / "demo.json").write_text(json.dumps(project), encoding="utf-8")
        cls.answer("push", folder / "demo.json")

    @classmethod
    def cript(cls, *arguments, text=""):
        environment = {**os.environ, "CRIPT_HOST": cls.server.address, "CRIPT_API_KEY": cls.user.token}
        return subprocess.run([CRIPT, *arguments], env=environment, input=text, capture_output=True, text=True, timeout=60)

    @classmethod
    def answer(cls, *arguments):
        done = cls.cript("--json", *arguments)
        answer = json.loads(done.stdout)
        assert answer["ok"] and done.returncode == 0, done.stdout + done.stderr
        return answer

    def names(self, *arguments):
        return [hit["name"] for hit in self.answer("search", "material", *arguments)["result"]]

    def test_a_search_goes_over_several_pages(self):
        answer = self.answer("search", "material", "POLYMER", "--limit", "1000")
        self.assertEqual(answer["count"], 120)
        self.assertEqual([hit["name"] for hit in answer["result"]], [f"polymer {number:03}" for number in range(120)])

    def test_a_search_looks_in_other_attributes(self):
        self.assertEqual(self.names("cc1ccccc1", "--field", "smiles"), ["Toluene"])
        self.assertEqual(self.names("cc1ccccc1", "--field", "smiles", "--case-sensitive"), [])
        self.assertEqual(self.names("Cc1ccccc1", "--field", "smiles", "--case-sensitive", "--exact"), ["Toluene"])

    def test_similar_materials_are_ranked_over_several_pages(self):
        answer = self.answer("search", "material", "{[][$]CC[$]}", "--similar", "--limit", "200")
        self.assertEqual(len({hit["uuid"] for hit in answer["result"]}), 120)
        scores = [hit["score"] for hit in answer["result"]]
        self.assertEqual(scores, sorted(scores, reverse=True))

    def test_what_is_wrong_with_a_search_is_told(self):
        done = self.cript("search", "material", "x", "--field", "colour")
        self.assertEqual(done.returncode, 1)
        self.assertIn("colour", done.stderr)

    def test_a_change_can_be_seen_and_taken_back(self):
        uuid = self.answer("search", "material", "polymer 007")["result"][0]["uuid"]
        changed = self.server.ask("PATCH", f"/api/v1/material/{uuid}/", {"node": ["Material"], "notes": "oops"}, token=self.user.token)
        self.assertEqual(changed.status, 200, changed)
        told = self.answer("history", "material", uuid)["revisions"]
        self.assertEqual([(revision["revision"], revision["fields"]) for revision in told], [(2, ["notes"]), (1, [])])
        self.answer("history", "material", uuid, "--restore", "1")
        self.assertEqual(len(self.answer("history", "material", uuid)["revisions"]), 3)
        node = self.server.ask("GET", f"/api/v1/material/{uuid}/", token=self.user.token).data[0]
        self.assertNotIn("notes", node)

    def test_a_node_is_deleted_after_a_question(self):
        uuid = self.answer("search", "material", "polymer 119")["result"][0]["uuid"]
        refused = self.cript("delete", "material", uuid, text="no\n")
        self.assertEqual(refused.returncode, 1)
        self.assertEqual(self.names("polymer 119"), ["polymer 119"])
        done = self.cript("delete", "material", uuid, text="y\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.names("polymer 119"), [])
        self.server.ask("POST", "/api/v1/material/", {"node": ["Material"], "name": "polymer 119", "bigsmiles": "{[][$]CC[$][]}"}, token=self.user.token)


if __name__ == "__main__":
    unittest.main()
