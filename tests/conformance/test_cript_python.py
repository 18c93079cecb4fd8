"""The calls of cript-python, the client of 2024 that judges by HTTP status: no slash at the end, links one at a time,
searches by POST, children by page, and DELETE with a body."""

import unittest
import urllib.parse

import documents
from criptd import API, Criptd


class CriptPython(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Criptd())
        cls.user = cls.server.add_user("ada")

    def ask(self, method, path, body=None, status=200):
        headers = [("Authorization", f"Bearer {self.user.token}"), ("Accept", "application/json")]
        answer = self.server.ask(method, API + path, body, headers=headers)
        self.assertEqual(answer.status, status, answer)
        self.assertEqual(answer.json["code"], status)
        return answer.json["data"] if status == 200 else answer.json

    def search(self, path, **query):
        data = self.ask("GET", f"{path}?{urllib.parse.urlencode(query, quote_via=urllib.parse.quote)}")
        self.assertEqual(data.keys(), {"result", "count", "limit"})
        return data

    def saved(self, **fields):
        document = documents.project(**fields)
        self.ask("POST", "/project", document)
        return document

    def project(self, document):
        return self.ask("GET", f"/project/{document['uuid']}")[0]

    # The model

    def test_the_schema_and_the_vocabularies(self):
        self.assertIn("ProjectPost", self.ask("GET", "/schema")["$defs"])
        self.assertIn("material_keyword", self.ask("GET", "/cv"))
        self.assertIn("name", self.ask("GET", "/cv/process_type")[0])

    # Nodes

    def test_a_node_is_created_and_its_uuid_is_the_answer(self):
        data = self.ask("POST", "/material", {"node": ["Material"], "name": "made by itself"})
        created = data["result"][0]
        self.assertEqual(self.ask("GET", f"/material/{created['uuid']}")[0]["name"], "made by itself")

    def test_what_is_not_there_is_404(self):
        for path in (f"/material/{documents.new_uuid()}", "/material/x", "/no_such_type/" + documents.new_uuid()):
            self.ask("GET", path, status=404)
            self.ask("DELETE", path, {}, status=404)

    def test_a_taken_name_is_409(self):
        document = self.saved()
        self.ask("POST", "/project", {"node": ["Project"], "name": document["name"]}, status=409)

    def test_my_nodes_are_listed_behind_one_of_them(self):
        document = self.saved()
        other = self.saved()
        found = self.ask("GET", f"/project?after={document['uuid']}")["result"]
        self.assertIn(other["uuid"], [node["uuid"] for node in found])
        self.assertNotIn(document["uuid"], [node["uuid"] for node in found])

    def test_a_list_of_one_child_appends_it(self):
        document = self.saved()
        link = self.ask("POST", "/material", {"node": ["Material"], "name": "appended by its uuid"})["result"][0]["uuid"]
        self.ask("PATCH", f"/project/{document['uuid']}", {"node": ["Project"], "material": [{"uuid": link}]})
        self.ask("PATCH", f"/project/{document['uuid']}", {"node": ["Project"], "material": [documents.material("appended in full")]})
        names = [node["name"] for node in self.project(document)["material"]]
        self.assertEqual(len(names), 4)
        self.assertLessEqual({"appended by its uuid", "appended in full"}, set(names))

    # DELETE

    def test_an_empty_object_deletes_the_node(self):
        document = self.saved()
        self.ask("DELETE", f"/project/{document['uuid']}", {})
        self.ask("GET", f"/project/{document['uuid']}", status=404)

    def test_a_link_is_taken_away_and_its_node_stays(self):
        document = self.saved()
        first, second = document["material"]
        for node in ("Project", ["Project"]):
            with self.subTest(node=node):
                body = {"node": node, "material": [{"uuid": first["uuid"]}]}
                self.ask("DELETE", f"/project/{document['uuid']}", body)
                self.assertEqual([entry["uuid"] for entry in self.project(document)["material"]], [second["uuid"]])
                self.ask("GET", f"/material/{first['uuid']}")
                self.ask("PATCH", f"/project/{document['uuid']}", {"node": ["Project"], "material": [{"uuid": first["uuid"]}]})

    def test_all_links_of_a_field_are_taken_away(self):
        document = self.saved()
        self.ask("DELETE", f"/project/{document['uuid']}", {"node": ["Project"], "collection": None})
        after = self.project(document)
        self.assertNotIn("collection", after)
        self.assertEqual(after["collection_count"], 0)
        self.assertEqual(len(after["material"]), 2)

    def test_an_attribute_is_cleared(self):
        document = self.saved(notes="some notes")
        self.ask("DELETE", f"/project/{document['uuid']}", {"node": "Project", "notes": None})
        self.assertNotIn("notes", self.project(document))

    def test_several_things_at_once_or_nothing(self):
        document = self.saved(notes="some notes")
        body = {"node": ["Project"], "notes": None, "material": [{"uuid": documents.new_uuid()}]}
        self.ask("DELETE", f"/project/{document['uuid']}", body, status=400)
        self.assertEqual(self.project(document)["notes"], "some notes")
        body["material"] = [{"uuid": entry["uuid"]} for entry in document["material"]]
        self.ask("DELETE", f"/project/{document['uuid']}", body)
        after = self.project(document)
        self.assertNotIn("notes", after)
        self.assertEqual(after["material_count"], 0)

    def test_what_cannot_be_taken_away_is_told_with_its_pointer(self):
        document = self.saved()
        path = f"/project/{document['uuid']}"
        elsewhere = self.saved()["material"][0]["uuid"]
        for body, pointer in (
            ({"node": ["Project"], "name": None}, ""),
            ({"node": ["Project"], "material": [{"uuid": elsewhere}]}, "/material/0"),
            ({"node": ["Project"], "nam": None}, "/nam"),
            ({"node": ["Project"], "notes": "new notes"}, ""),
            ({"node": ["Project"]}, ""),
            ({"node": ["Material"], "notes": None}, "/node"),
        ):
            with self.subTest(body=body):
                refused = self.ask("DELETE", path, body, status=400)
                self.assertIn(pointer, [problem["pointer"] for problem in refused["errors"]], refused)
        self.assertEqual(len(self.project(document)["material"]), 2)

    def test_a_link_that_a_node_cannot_be_without_stays(self):
        document = self.saved()
        ingredient = document["collection"][0]["experiment"][0]["process"][0]["ingredient"][0]
        for value in (None, {"uuid": ingredient["material"]["uuid"]}):
            with self.subTest(value=value):
                self.ask("DELETE", f"/ingredient/{ingredient['uuid']}", {"node": ["Ingredient"], "material": value}, status=400)
        self.assertIn("material", self.ask("GET", f"/ingredient/{ingredient['uuid']}")[0])

    def test_a_body_that_is_not_json_deletes_nothing(self):
        document = self.saved()
        for body in ("{", "[]", "null", "nonsense"):
            with self.subTest(body):
                self.ask("DELETE", f"/project/{document['uuid']}", body, status=400)
        self.project(document)

    # Searches

    def test_a_search_is_asked_in_json(self):
        name = documents.new_uuid()
        made = [self.ask("POST", "/material", {"node": ["Material"], "name": f"{name} Number {number}", "notes": f"note {number}"})["result"][0]["uuid"] for number in range(5)]

        def found(**body):
            return [node["uuid"] for node in self.ask("POST", "/search/material", body)["result"]]

        self.assertEqual(found(q=name.upper()), made)
        self.assertEqual(found(q=name, limit=2), made[:2])
        self.assertEqual(found(q=name, limit=2, after=made[1]), made[2:4])
        self.assertEqual(found(q=f"{name} number 3", exact=True), [made[3]])
        self.assertEqual(found(q=f"{name} number 3", exact=True, case_sensitive=True), [])
        self.assertEqual(found(q=f"{name} Number 3", exact=True, case_sensitive=True), [made[3]])
        self.assertEqual(found(q=f"{name} n", case_sensitive=True), [])
        self.assertEqual(found(q="note 4", field="notes", after=made[0], score=None), [made[4]])

    def test_a_wrong_search_is_told_with_all_its_problems(self):
        refused = self.ask("POST", "/search/material", {"limit": 0, "after": "x", "exact": "yes", "wat": 1}, status=400)
        self.assertEqual({problem["pointer"] for problem in refused["errors"]}, {"/limit", "/after", "/exact", "/wat", ""})
        self.ask("POST", "/search/material", {"q": "x", "field": "collection"}, status=400)
        self.ask("POST", "/search/nothing", {"q": "x"}, status=404)
        self.ask("POST", "/search/material", "[]", status=400)

    def test_an_exact_search_looks_in_any_field(self):
        title = f"On {documents.new_uuid()}"
        self.ask("POST", "/reference", {"node": ["Reference"], "type": "journal_article", "title": title})
        found = self.search("/search/exact/reference", q=title, field="title")
        self.assertEqual([node["title"] for node in found["result"]], [title])
        self.assertEqual(self.search("/search/exact/reference", q=title[:-1], field="title")["result"], [])
        self.ask("GET", "/search/exact/material?q=x&field=title", status=400)

    def test_an_exact_search_finds_in_lists_and_numbers(self):
        number = 10_000_000 + int(documents.new_uuid()[:6], 16)
        self.ask("POST", "/material", {"node": ["Material"], "name": "listed", "names": ["alias", f"alias {number}"], "pubchem_cid": number})
        self.assertEqual(self.search("/search/exact/material", q=f"alias {number}", field="names")["count"], 1)
        self.assertEqual(self.search("/search/exact/material", q=str(number), field="pubchem_cid")["count"], 1)

    def test_a_child_is_found_by_its_name(self):
        document = self.saved()
        path = f"/search/exact/project/{document['uuid']}/material"
        self.assertEqual(self.search(path, q="styrene", field="name")["result"][0]["uuid"], document["material"][0]["uuid"])
        self.assertEqual(self.search(path, q="styrene")["count"], 1)
        self.assertEqual(self.search(path, q="Styrene")["result"], [])
        self.assertEqual(self.search(path, q="C8H8", field="chem_formula")["count"], 1)
        self.ask("GET", f"/search/exact/project/{documents.new_uuid()}/material?q=x", status=404)
        self.ask("GET", f"/search/exact/project/{document['uuid']}/no_field?q=x", status=404)

    def test_children_come_by_page_in_their_order(self):
        materials = [documents.material(f"material {number}") for number in range(23)]
        document = self.saved(material=materials, collection=[])
        found, pages = [], 0
        while page := (data := self.search(f"/project/{document['uuid']}/material", page=pages))["result"]:
            self.assertEqual((data["count"], data["limit"]), (23, 10))
            found += page
            pages += 1
        self.assertEqual(pages, 3)
        self.assertEqual([node["uuid"] for node in found], [node["uuid"] for node in materials])
        self.assertEqual(self.ask("GET", f"/project/{document['uuid']}/material")["result"], found[:10])
        self.assertEqual(self.search(f"/project/{document['uuid']}/material", page=2**64 - 1)["result"], [])
        self.ask("GET", f"/project/{document['uuid']}/material?page=-1", status=400)
        self.ask("GET", f"/project/{document['uuid']}/name", status=400)
        self.ask("GET", f"/project/{document['uuid']}/nothing", status=404)

    def test_smiles_are_ranked_too(self):
        for smiles in ("CCCCO", "CCCO", "c1ccccc1"):
            self.ask("POST", "/material", {"node": ["Material"], "name": f"the material {smiles}", "smiles": smiles})
        found = self.search("/search/bigsmiles", q="CCCCO", field="smiles")["result"]
        self.assertEqual(found[0]["smiles"], "CCCCO")
        self.assertEqual(found[0]["score"], 1.0)
        self.assertNotIn("c1ccccc1", [node["smiles"] for node in found])
        behind = self.search("/search/bigsmiles", q="CCCCO", field="smiles", after=found[0]["uuid"], score=found[0]["score"])
        self.assertEqual(behind["result"], found[1:])
        behind = self.search("/search/bigsmiles", q="CCCCO", field="smiles", after=found[0]["uuid"])
        self.assertEqual(behind["result"], found[1:])

    def test_a_ranking_that_cannot_be_made_is_told(self):
        for query in ("", "q=", "q=C&field=vendor", f"q=C&after={documents.new_uuid()}", "q=C&score=0.5", "score=nan&q=C"):
            with self.subTest(query):
                self.ask("GET", f"/search/bigsmiles?{query}", status=400)

    def test_options_may_stand_before_the_text(self):
        self.ask("POST", "/material", {"node": ["Material"], "name": "in any order"})
        self.assertEqual(self.ask("GET", "/search/material?limit=1&q=in%20any%20order")["count"], 1)
        self.ask("GET", "/search/material?limt=1&q=x", status=400)

    def test_nobody_sees_what_is_not_theirs(self):
        document = self.saved()
        token = self.server.add_user("grace" + documents.new_uuid()[:8]).token

        def status(method, path, body=None):
            return self.server.ask(method, API + path, body, token=token).status

        path = f"/project/{document['uuid']}"
        self.assertEqual(status("GET", f"{path}/material"), 404)
        self.assertEqual(status("GET", f"/search/exact{path}/material?q=styrene"), 404)
        self.assertEqual(status("DELETE", path, {"node": ["Project"], "material": None}), 404)
        bigsmiles = urllib.parse.quote(document["material"][1]["bigsmiles"])
        found = self.server.ask("GET", f"{API}/search/bigsmiles?q={bigsmiles}", token=token).data
        self.assertEqual((found["result"], found["count"]), ([], 0))


if __name__ == "__main__":
    unittest.main()
