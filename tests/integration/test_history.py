"""Revisions of a node: what they changed, and making a former one the present one."""

import unittest

import documents
from criptd import API, Criptd


class History(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Criptd())
        cls.user = cls.server.add_user("ada")
        cls.other = cls.server.add_user("grace")

    def ask(self, method, path, body=None, status=200, user=None):
        answer = self.server.ask(method, API + path, body, token=(user or self.user).token)
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def saved(self, **fields):
        document = documents.project(**fields)
        self.ask("POST", "/project/", document)
        return document

    def patch(self, node, **fields):
        self.ask("PATCH", f"/{node['node'][0].lower()}/{node['uuid']}/", {"node": node["node"], **fields})

    def revisions(self, node, query=""):
        return self.ask("GET", f"/{node['node'][0].lower()}/{node['uuid']}/history{query}")["data"]["result"]

    def restore(self, node, revision, status=200):
        return self.ask("POST", f"/{node['node'][0].lower()}/{node['uuid']}/history/{revision}/restore", status=status)

    def present(self, node):
        return self.ask("GET", f"/{node['node'][0].lower()}/{node['uuid']}/")["data"][0]

    def test_each_change_is_a_revision_with_the_fields_that_it_changed(self):
        node = self.saved()["material"][0]
        self.patch(node, notes="a note", vendor="somebody")
        self.patch(node, notes=None)
        found = self.revisions(node)
        self.assertEqual([entry["revision"] for entry in found], [3, 2, 1])
        self.assertEqual([entry["fields"] for entry in found], [["notes"], ["notes", "vendor"], []])
        who = self.ask("GET", "/account")["data"]["uuid"]
        self.assertEqual({entry["updated_by"]["uuid"] for entry in found}, {who})
        self.assertGreater(found[0]["updated_at"], found[2]["updated_at"])

    def test_links_are_fields_too(self):
        project = self.saved()
        self.patch(project, material=[documents.material("a third")])
        self.assertEqual(self.revisions(project)[0]["fields"], ["material"])

    def test_a_long_history_comes_by_page(self):
        node = self.saved()["material"][0]
        for number in range(60):
            self.patch(node, notes=f"note {number}")
        first = self.revisions(node)
        self.assertEqual([entry["revision"] for entry in first], list(range(61, 11, -1)))
        rest = self.revisions(node, "?before=12")
        self.assertEqual([entry["revision"] for entry in rest], list(range(11, 0, -1)))
        self.assertEqual([len(entry["fields"]) for entry in rest], [1] * 10 + [0])

    def test_a_former_revision_becomes_the_present_one(self):
        node = self.saved()["material"][0]
        before = self.present(node)
        self.patch(node, name="renamed", notes="a note", smiles="CC", names=["x1", "x2"])
        answer = self.restore(node, 1)
        self.assertEqual(answer["data"]["changed"], 1)
        after = self.present(node)
        for entry in (before, after):
            del entry["updated_at"]
        self.assertEqual(after, before)
        self.assertEqual([entry["revision"] for entry in self.revisions(node)], [3, 2, 1])
        self.restore(node, 2)
        self.assertEqual(self.present(node)["names"], ["x1", "x2"])

    def test_links_come_back_in_their_order_and_what_was_added_goes(self):
        project = self.saved()
        first, second = project["material"]
        self.ask("PATCH", f"/project/{project['uuid']}/?lists=replace", {"node": ["Project"], "material": [{"uuid": second["uuid"]}, documents.material("third")]})
        self.restore(project, 1)
        self.assertEqual([node["uuid"] for node in self.present(project)["material"]], [first["uuid"], second["uuid"]])

    def test_links_to_what_was_deleted_since_are_left_out_and_told(self):
        project = self.saved()
        extra = documents.material("deleted since")
        self.patch(project, material=[extra])
        self.ask("DELETE", f"/material/{extra['uuid']}/")
        answer = self.restore(project, 2)
        self.assertEqual([warning["code"] for warning in answer["warnings"]], ["deleted_since"])
        self.assertEqual(len(self.present(project)["material"]), 2)

    def test_a_name_that_is_taken_by_now_cannot_come_back(self):
        project = self.saved()
        self.patch(project, name="another name " + documents.new_uuid())
        self.saved(name=project["name"])
        refused = self.restore(project, 1, status=409)
        self.assertEqual(refused["errors"][0]["pointer"], "/name")

    def test_what_never_was_cannot_be_restored(self):
        node = self.saved()["material"][0]
        self.restore(node, 1, status=409)
        for revision in (2, 0, -1, "x", 2**64):
            self.restore(node, revision, status=404)
        self.ask("GET", f"/material/{node['uuid']}/history?befor=1", status=400)
        self.ask("GET", f"/collection/{node['uuid']}/history", status=404)

    def test_rights_are_those_of_the_node(self):
        node = self.saved()["material"][0]
        self.patch(node, notes="a note")
        path = f"/material/{node['uuid']}/history"
        self.ask("GET", path, status=404, user=self.other)
        self.ask("POST", f"{path}/1/restore", status=404, user=self.other)

    def test_a_locked_node_is_not_restored(self):
        node = self.saved()["material"][0]
        self.patch(node, notes="a note")
        self.patch(node, locked=True)
        self.restore(node, 1, status=403)
        self.assertEqual(self.present(node)["notes"], "a note")


if __name__ == "__main__":
    unittest.main()
