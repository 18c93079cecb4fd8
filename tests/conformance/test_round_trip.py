"""What `cript push` saves, `cript pull` gives back."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from criptd import BUILD, Criptd
from graph_walk import differences

ROOT = pathlib.Path(__file__).resolve().parents[2]
CRIPT = pathlib.Path(os.environ.get("CRIPT", BUILD / "bin" / "cript"))
TYPED = BUILD.resolve() / "bin" / "typed_round_trip"
EXAMPLES = sorted((ROOT / "examples").glob("*.json"))
# Further files, to try others by hand: CRIPT_MORE_EXAMPLES=/some/folder
if "CRIPT_MORE_EXAMPLES" in os.environ:
    EXAMPLES += sorted(pathlib.Path(os.environ["CRIPT_MORE_EXAMPLES"]).glob("*.json"))


def project_of(path):
    document = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    return document.get("project", document)


class RoundTrip(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Criptd())
        cls.user = cls.server.add_user("ada")

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def cript(self, *arguments, status=0):
        return self.ran(CRIPT, *arguments, status=status)

    def ran(self, program, *arguments, status=0):
        environment = {**os.environ, "CRIPT_HOST": self.server.address, "CRIPT_API_KEY": self.user.token}
        done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, timeout=120)
        told = f"{program} {arguments}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
        self.assertEqual(done.returncode, status, told)
        self.assertNotIn(self.user.token.removeprefix("Token "), done.stdout + done.stderr)
        return done

    def copy_of(self, example, name=None):
        """The file in a folder of its own; with a project name of its own, as the names of projects are unique."""
        document = json.loads(example.read_text(encoding="utf-8"))
        project = document.get("project", document)
        project["name"] = name or f"{project['name']} of {self.id().rpartition('.')[2]}"
        path = self.folder / example.name
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    def pulled(self, project):
        path = self.folder / "pulled.json"
        self.cript("pull", project, "-o", path)
        return project_of(path)

    def test_every_example_comes_back_field_by_field(self):
        for example in EXAMPLES:
            with self.subTest(example.name):
                path = self.copy_of(example)
                self.cript("push", path)
                pushed = project_of(path)
                self.assertEqual(differences(pushed, self.pulled(pushed["name"])), [])

    def test_a_second_push_changes_nothing(self):
        for example in EXAMPLES:
            with self.subTest(example.name):
                path = self.copy_of(example)
                self.cript("push", path)
                dry = json.loads(self.cript("push", path, "--dry-run", "--json").stdout)
                self.assertEqual((dry["created"], dry["changed"]), (0, 0), dry["nodes"][:5])
                again = json.loads(self.cript("push", path, "--json").stdout)
                self.assertEqual(again["change"], "updated")
                self.assertEqual(differences(project_of(path), self.pulled(again["uuid"])), [])

    def test_what_was_pulled_can_be_pushed_again_unchanged(self):
        for example in EXAMPLES:
            with self.subTest(example.name):
                path = self.copy_of(example)
                self.cript("push", path)
                first = self.pulled(project_of(path)["name"])
                dry = json.loads(self.cript("push", self.folder / "pulled.json", "--dry-run", "--json").stdout)
                self.assertEqual((dry["created"], dry["changed"]), (0, 0), dry["nodes"][:5])
                self.cript("push", self.folder / "pulled.json")
                self.assertEqual(differences(first, self.pulled(first["uuid"])), [])

    def test_typed_nodes_hold_all_that_was_pushed(self):
        for example in EXAMPLES:
            with self.subTest(example.name):
                path = self.copy_of(example)
                self.cript("push", path)
                first = self.pulled(project_of(path)["name"])
                told = json.loads(self.ran(TYPED, first["uuid"]).stdout)
                self.assertEqual((told["created"], told["changed"]), (0, 0))
                self.assertGreater(told["unchanged"], 50)
                self.assertEqual(differences(first, told["document"]), [])
                self.assertEqual(differences(first, self.pulled(first["uuid"])), [])

    def test_a_copy_under_a_new_name_is_the_same_graph_of_new_nodes(self):
        example = EXAMPLES[0]
        path = self.copy_of(example)
        self.cript("push", path)
        original = project_of(path)
        self.cript("push", path, "--new-name", "the copy")
        copy = self.pulled("the copy")
        self.assertEqual(differences({**original, "name": "the copy"}, copy), [])
        self.assertNotEqual(copy["uuid"], self.pulled(original["name"])["uuid"])

    def test_what_is_taken_out_of_the_file_is_taken_out_of_the_project(self):
        path = self.copy_of(ROOT / "examples" / "seed_materials.json")
        self.cript("push", path)
        document = json.loads(path.read_text(encoding="utf-8"))
        taken = document["project"]["material"].pop(1)
        for inventory in document["project"]["collection"][0]["inventory"]:
            inventory["material"].remove({"uid": taken["uid"]})
        document["project"]["material"][0]["names"].pop()
        del document["project"]["material"][0]["property"][0]
        path.write_text(json.dumps(document), encoding="utf-8")
        self.cript("push", path)
        self.assertEqual(differences(document["project"], self.pulled(document["project"]["name"])), [])

    def test_a_change_by_somebody_else_is_not_overwritten_silently(self):
        path = self.copy_of(ROOT / "examples" / "seed_materials.json")
        self.cript("push", path)
        name = project_of(path)["name"]
        mine = self.pulled(name)
        answer = self.server.ask(
            "PATCH",
            f"/api/v1/project/{mine['uuid']}/",
            {"node": ["Project"], "notes": "changed elsewhere"},
            token=self.user.token,
        )
        self.assertEqual(answer.status, 200, answer)
        refused = self.cript("push", path, status=1)
        self.assertIn("--force", refused.stderr)
        self.cript("push", path, "--force")

    def test_a_pulled_file_does_not_overwrite_what_somebody_changed_since(self):
        path = self.copy_of(ROOT / "examples" / "seed_materials.json")
        self.cript("push", path)
        self.pulled(project_of(path)["name"])
        project_file = self.folder / "pulled.json"
        document = json.loads(path.read_text(encoding="utf-8"))
        document["project"]["notes"] = "changed elsewhere"
        path.write_text(json.dumps(document), encoding="utf-8")
        self.cript("push", path)
        self.assertIn("--force", self.cript("push", project_file, status=1).stderr)

    def test_a_name_that_is_taken_is_told_with_the_way_out(self):
        path = self.copy_of(ROOT / "examples" / "seed_materials.json")
        self.cript("push", path)
        other = self.folder / "other.json"
        other.write_text(json.dumps({"node": ["Project"], "name": project_of(path)["name"]}), encoding="utf-8")
        self.assertIn("--new-name", self.cript("push", other, status=1).stderr)

    def test_problems_are_told_with_their_lines(self):
        path = self.folder / "wrong.json"
        path.write_text(
            '{"node": ["Project"], "name": "wrong",\n"material": [\n{"node": ["Material"], "nam": "x"}]}\n', encoding="utf-8"
        )
        refused = self.cript("push", path, status=1)
        self.assertIn(f"{path}:3:", refused.stderr)
        self.assertIn("name", refused.stderr)
        self.cript("pull", "wrong", status=1)

    def test_a_regenerated_token_ends_the_old_one_for_the_client(self):
        user = self.server.add_user("grace")
        self.assertEqual(self.whoami(user.token).returncode, 0)
        token = self.server.regenerate_token_of("grace")
        self.assertEqual(self.whoami(user.token).returncode, 3)
        self.assertEqual(self.whoami(token).returncode, 0)

    def whoami(self, token):
        environment = {**os.environ, "CRIPT_HOST": self.server.address, "CRIPT_API_KEY": token}
        return subprocess.run([CRIPT, "whoami"], env=environment, capture_output=True, text=True, timeout=60)


if __name__ == "__main__":
    unittest.main()
